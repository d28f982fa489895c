package org.kopuro.accessservices;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.access.Catalogue;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.ServiceKind;
import org.kopuro.access.ServiceView;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.access.duties.NewReport;
import org.kopuro.access.duties.ReportId;
import org.kopuro.access.duties.ReportView;
import org.kopuro.access.duties.Reports;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.ObligationView;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.ProductId;
import org.kopuro.access.products.ProductView;
import org.kopuro.access.products.Products;
import org.kopuro.access.requests.Attachment;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.ProductWish;
import org.kopuro.access.requests.RequestId;
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.access.requests.ServiceWish;
import org.kopuro.access.requests.SubsystemWish;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Applicant;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Exchange;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.notices.NoticeView;
import org.kopuro.notices.Notices;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SubsystemId;
import org.kopuro.participants.SubsystemView;

/** The operations, one method each: one transaction with {@link Exchange#answerApplicant}, and one use case of the cabinet's. */
@Stateless
public class AccessServices {

    /** Of all of them, as the X-Road header names it. */
    public static final String VERSION = "v1";
    private static final int NOTICES_AT_ONCE_MAX = 100;
    /** Says what it must be; nothing else passes inspection under this name. */
    private static final String REPORT_NAME = "conformance-report.p7m";

    @Inject
    private Exchange exchange;
    @Inject
    private Requests requests;
    @Inject
    private Products products;
    @Inject
    private Reports reports;
    @Inject
    private Notices notices;
    @Inject
    private Catalogue catalogue;
    @Inject
    private Connections connections;
    @Inject
    private Agreements agreements;
    @Inject
    private Obligations obligations;
    @Inject
    private Participants participants;

    /** Files a request in the contour of the credential. A joint test has its own operation, which brings the report along. */
    public Answer<RequestStanding> apply(Call call, Supplier<Application> asked) {
        return one(call, applicant -> {
            Application application = asked.get();
            if (application.kind() == RequestKind.JOINT_TEST) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, "kind");
            }
            return file(applicant, applicant.contour(), application);
        });
    }

    /** Files the CONNECT request of PRODUCTION, from TEST: whoever asks for the first time has no other credential. */
    public Answer<RequestStanding> requestProduction(Call call, Supplier<Application> asked) {
        return one(call, applicant -> {
            if (applicant.contour() != Contour.TEST) {
                throw Refusal.of(RequestRefusal.PRODUCTION_ASKED_FROM_THERE, "xrd:service");
            }
            return file(applicant, Contour.PRODUCTION, asked.get());
        });
    }

    /** Files the joint test that the signed report shows (ACC-43). Nothing is filed when the report is not taken. */
    public Answer<RequestStanding> submitTestReport(Call call, Supplier<Application> asked, byte[] report) {
        return one(call, applicant -> {
            RequestView filed = submit(applicant, applicant.contour(), asked.get());
            // In memory already: inspecting it holds the transaction no longer than a statement does.
            try (Upload upload = Upload.receive(REPORT_NAME, new ByteArrayInputStream(report), DocumentLimits.SIGNED_TEXT)) {
                requests.attach(filed.id(), filed.contour(), new Attachment(Attachment.Kind.CONFORMANCE_REPORT, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                        upload, applicant.actor());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return standing(applicant, requests.get(filed.id(), filed.contour()));
        });
    }

    public Answer<RequestStanding> requestStatus(Call call, Supplier<RequestId> asked) {
        return one(call, applicant -> standing(applicant, own(applicant, asked)));
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    public Answer<RequestPage> listRequests(Call call, Optional<Long> before, int limit) {
        return exchange.answerApplicant(call, VERSION, applicant -> new RequestPage(requests.list(applicant.contour(), Optional.of(applicant.participant()), before, limit),
                codes(applicant.participant())), page -> page.requests().size());
    }

    /** Answers what was asked (ACC-T05). */
    public Answer<RequestStanding> supplyInformation(Call call, Supplier<RequestId> asked, String answers) {
        return one(call, applicant -> standing(applicant, requests.supply(own(applicant, asked).id(), applicant.contour(), answers, applicant.actor())));
    }

    /** Wants it no longer (ACC-T08). */
    public Answer<RequestStanding> retractRequest(Call call, Supplier<RequestId> asked) {
        return one(call, applicant -> standing(applicant, requests.retract(own(applicant, asked).id(), applicant.contour(), applicant.actor())));
    }

    /** Tells what the participant has to tell (ACC-O10 to ACC-O12). */
    public Answer<ReportView> report(Call call, Supplier<NewsOfParticipant> told) {
        return one(call, applicant -> {
            NewsOfParticipant news = told.get();
            return reports.file(new NewReport(news.kind(), applicant.participant(), news.procedure(), Optional.empty(), news.day(), news.start(), news.end(), news.text()),
                    applicant.contour(), applicant.actor());
        });
    }

    /** Tells the end of an outage that was told without one. */
    public Answer<ReportView> endOutage(Call call, Supplier<ReportId> told, Supplier<Instant> end) {
        return one(call, applicant -> {
            ReportId id = reports.get(told.get(), applicant.contour(), Optional.of(applicant.participant())).id();
            return reports.endOutage(id, applicant.contour(), end.get(), applicant.actor());
        });
    }

    /** The catalogue, and what of it the subsystem may call now: by a right, while the connection under its procedure passes calls. What is used at addresses of its own is asked for here, and not called. */
    public Answer<List<CatalogueOffer>> listServices(Call call) {
        return exchange.answerApplicant(call, VERSION, applicant -> {
            Set<String> passing = connections.of(applicant.participant(), applicant.contour()).stream().filter(connection -> connection.state().passesCalls())
                    .map(ConnectionView::procedure).collect(Collectors.toSet());
            Set<String> callable = catalogue.servicesOf(applicant.subsystem(), applicant.contour()).stream().filter(service -> passing.contains(service.procedure()) && service.kind() == ServiceKind.EXCHANGE)
                    .map(ServiceView::code).collect(Collectors.toSet());
            return catalogue.services().stream().map(service -> new CatalogueOffer(service.as(applicant.contour()), callable.contains(service.code()))).toList();
        }, List::size);
    }

    /** What nobody of the participant has opened yet, oldest first. */
    public Answer<List<NoticeView>> notices(Call call, int limit) {
        return exchange.answerApplicant(call, VERSION, applicant -> notices.unread(applicant.participant().value(), applicant.contour(), limit), List::size);
    }

    /** All of them, or none. */
    public Answer<Integer> markNoticesRead(Call call, Supplier<List<UUID>> read) {
        return exchange.answerApplicant(call, VERSION, applicant -> {
            List<UUID> ids = read.get();
            if (ids.size() > NOTICES_AT_ONCE_MAX) {
                throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "notice", NOTICES_AT_ONCE_MAX);
            }
            ids.stream().sorted().forEach(id -> notices.markRead(applicant.participant().value(), applicant.contour(), id));
            return ids.size();
        }, count -> count);
    }

    /** How the participant stands in the contour of the credential. */
    public Answer<Standing> connectionStatus(Call call) {
        return exchange.answerApplicant(call, VERSION, applicant -> new Standing(connections.of(applicant.participant(), applicant.contour()),
                agreements.of(applicant.participant(), applicant.contour())), standing -> standing.connections().size() + standing.agreements().size());
    }

    private <T> Answer<T> one(Call call, Function<Applicant, T> work) {
        return exchange.answerApplicant(call, VERSION, work, told -> 1);
    }

    private RequestView own(Applicant applicant, Supplier<RequestId> asked) {
        return requests.get(asked.get(), applicant.contour(), Optional.of(applicant.participant()));
    }

    private RequestStanding file(Applicant applicant, Contour contour, Application application) {
        return standing(applicant, submit(applicant, contour, application));
    }

    private RequestView submit(Applicant applicant, Contour contour, Application application) {
        Map<String, SubsystemId> own = subsystems(applicant.participant()).stream().collect(Collectors.toMap(SubsystemView::code, SubsystemView::id));
        List<SubsystemWish> subsystems = application.subsystems().stream().map(wanted -> wanted.drops() ? wanted : wanted.calling(services(wanted, application))).toList();
        List<ServiceWish> wishes = application.wishes().stream().filter(wish -> addedBy(wish, application).isEmpty()).map(wish -> new ServiceWish(subsystem(applicant, wish, own), wish.service(), wish.drops(), wish.purpose())).toList();
        return requests.submit(new NewRequest(application.kind(), applicant.participant(), contour, application.procedure(), Optional.empty(), application.answerEmail(), application.body(),
                wishes, application.contacts(), application.confirmations(), application.desiredDay(), application.previous(), products(applicant, application), application.day(),
                application.particulars(), application.confirmedVersion(), application.answers(), subsystems, application.underDecrees()), applicant.actor());
    }

    /** Whether the same change adds the subsystem that is to call it. */
    private static Optional<SubsystemWish> addedBy(Application.Wish wish, Application application) {
        return wish.subsystem().flatMap(code -> application.subsystems().stream().filter(wanted -> !wanted.drops() && wanted.code().equals(code)).findFirst());
    }

    private static List<SubsystemWish.Called> services(SubsystemWish added, Application application) {
        return application.wishes().stream().filter(wish -> addedBy(wish, application).equals(Optional.of(added))).map(wish -> {
            if (wish.drops()) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, "services.drops");
            }
            return new SubsystemWish.Called(wish.service(), wish.purpose().orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "services.purpose")));
        }).toList();
    }

    /** Names are the participant's own, too. */
    private List<ProductWish> products(Applicant applicant, Application application) {
        if (application.products().isEmpty()) {
            return List.of();
        }
        Map<String, ProductId> own = products.of(applicant.participant()).stream().collect(Collectors.toMap(product -> product.told().name(), ProductView::id));
        return application.products().stream().map(product -> new ProductWish(Optional.ofNullable(own.get(product.name())).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "products")),
                product.drops())).toList();
    }

    /** Codes are the participant's own: another's subsystem is as unknown as one that does not exist. */
    private static SubsystemId subsystem(Applicant applicant, Application.Wish wish, Map<String, SubsystemId> own) {
        return wish.subsystem().map(code -> Optional.ofNullable(own.get(code))
                .orElseThrow(() -> Refusal.of(RequestRefusal.SUBSYSTEM_OF_ANOTHER_PARTICIPANT, "services.subsystem"))).orElse(applicant.subsystem());
    }

    private RequestStanding standing(Applicant applicant, RequestView request) {
        Stream<RequestStanding.Gap> unticked = requests.checklist(request).stream().filter(item -> !request.ticked().contains(item.code()))
                .map(item -> new RequestStanding.Gap(item.code(), item.texts().get(applicant.language()), item.source()));
        Stream<RequestStanding.Gap> notShown = requests.facts(request).stream().filter(fact -> !fact.shown())
                .map(fact -> new RequestStanding.Gap(fact.code(), fact.subsystem().map(of -> of + ": ").orElse("") + fact.texts().get(applicant.language()), fact.source()));
        List<RequestStanding.Gap> gaps = Stream.concat(unticked, notShown).toList();
        List<RequestStanding.Lack> lacking = requests.lacking(request).stream().map(one -> new RequestStanding.Lack(one.code(), one.texts().get(applicant.language()))).toList();
        Optional<Instant> deadline = obligations.of(About.request(request.id().value())).stream().filter(owed -> owed.closedAt().isEmpty())
                .map(ObligationView::dueAt).flatMap(Optional::stream).min(Instant::compareTo);
        return new RequestStanding(request, codes(request.participant()), gaps, lacking, requests.questions(request), deadline);
    }

    private Map<SubsystemId, String> codes(ParticipantId participant) {
        return subsystems(participant).stream().collect(Collectors.toMap(SubsystemView::id, SubsystemView::code));
    }

    private List<SubsystemView> subsystems(ParticipantId participant) {
        return participants.get(participant).subsystems();
    }
}
