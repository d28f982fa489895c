package org.kopuro.access.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.agreements.AgreementTerms;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.access.agreements.ConfirmedDuty;
import org.kopuro.access.agreements.NewAgreement;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.ChecklistItem;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.access.procedures.ProductDocumentKind;
import org.kopuro.access.procedures.ProductRole;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.NewProduct;
import org.kopuro.access.products.NewProductDocument;
import org.kopuro.access.products.ProductId;
import org.kopuro.access.products.ProductKind;
import org.kopuro.access.products.ProductView;
import org.kopuro.access.products.Products;
import org.kopuro.access.requests.Attachment;
import org.kopuro.access.requests.Cause;
import org.kopuro.access.requests.CauseAnswer;
import org.kopuro.access.requests.DueDates;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.ProductWish;
import org.kopuro.access.requests.ProposalView;
import org.kopuro.access.requests.Proposals;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.access.requests.ServiceWish;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.NewToken;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.Tokens;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.loans.LoanScene;
import org.kopuro.notices.PostOffice;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.FaultDialect;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.NewParticipant;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.ParticipantKind;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;
import org.kopuro.participants.SubsystemView;
import org.kopuro.registers.RegisterRows;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestCertificates;

/** One participant on its way under one procedure, the officials who decide, the taxpayer who allows, and a clock that runs through the nights. */
final class Journey implements AutoCloseable {

    /** What the forms of the RU procedures name. */
    private static final Particulars NUMBERS = new Particulars(Optional.empty(), Optional.empty(), Optional.of(new Ogrn("1027700132195")), Optional.empty(),
            Optional.of(new RussianInn("7707083893")));

    private final PostOffice post = new PostOffice();
    private final TestApplication application;
    private final String procedure;
    private final ZoneId zone;
    private final String service;
    private final String office;
    private final ParticipantView participant;
    private final SubsystemView subsystem;
    private final Map<Contour, CertificateView> certificates = new EnumMap<>(Contour.class);
    private final Inn taxpayer = new Inn("2300219800%04d".formatted(7777));

    /**
     * @param service offered under the procedure; what does not ship takes a token, and is added
     * @param mailZone of the participant's mail
     */
    Journey(String procedure, String service, String mailZone, Instant start) {
        this.procedure = procedure;
        this.service = service;
        application = new TestApplication("TEST,PRODUCTION", start, post.settings());
        zone = procedure.startsWith("KG") ? ZoneId.of("Asia/Bishkek") : ZoneId.of("Europe/Moscow");
        office = "office@" + UUID.randomUUID().toString().substring(0, 8) + ".example." + mailZone;
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'x', 'x', 'x', ?) on conflict do nothing", service, procedure);
        Rows.change("""
                insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call) select code, '2024-09-07', true, 'REQUIRED', false from access.service
                 where code = ? and kind = 'EXCHANGE' on conflict do nothing""", service);
        participant = application.with(Participants.class, participants -> participants.register(new NewParticipant("central-server", "COM",
                "6" + UUID.randomUUID().toString().substring(0, 12), ParticipantKind.LEGAL_PERSON, "Newcomer", Optional.empty(), office, Language.EN, FaultDialect.CAMEL_CASE,
                List.of(contact())), Scene.OFFICIAL));
        subsystem = application.with(Participants.class, participants -> participants.addSubsystem(participant.id(), "app", "Application", Scene.OFFICIAL));
        for (Contour contour : Contour.values()) {
            RegisterRows.aTaxpayer(contour, taxpayer);
            certificates.put(contour, application.with(Participants.class,
                    participants -> participants.registerCertificate(Scene.letter(subsystem, contour, TestCertificates.elliptic(start)), Scene.OFFICIAL)));
        }
    }

    private NewContact contact() {
        return new NewContact("A Person", "IT", "Engineer", office.replace("office", "duty"), "+996 312 000000");
    }

    // The clock

    /** The night by night passage to a moment of a day; each midnight the system looks at what is due. */
    void until(String day, String time) {
        Instant moment = LocalDate.parse(day).atTime(LocalTime.parse(time)).atZone(zone).toInstant();
        for (Instant midnight = nextMidnight(); !midnight.isAfter(moment); midnight = nextMidnight()) {
            lookAt(midnight);
        }
        lookAt(moment);
    }

    /** What other tests have left may be due, too, and a look takes so much at once. */
    private void lookAt(Instant moment) {
        application.clock().set(moment);
        for (int looks = 0; application.with(DueDates.class, DueDates::look) > 0 && looks < 20; looks++) {
            Thread.onSpinWait();
        }
    }

    /** Whoever acts takes a second, and letters keep their order. */
    private <F> void act(Class<F> facade, Consumer<F> action) {
        ask(facade, bean -> {
            action.accept(bean);
            return null;
        });
    }

    private <F, T> T ask(Class<F> facade, Function<F, T> action) {
        application.clock().advance(Duration.ofSeconds(1));
        return application.with(facade, action);
    }

    private Instant nextMidnight() {
        return application.clock().instant().atZone(zone).truncatedTo(ChronoUnit.DAYS).plusDays(1).toInstant();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(application.clock().instant(), zone);
    }

    // What the participant does

    RequestView files(RequestKind kind, Contour contour) {
        return files(kind, contour, Optional.empty(), usual(kind));
    }

    private List<ServiceWish> usual(RequestKind kind) {
        return kind == RequestKind.CONNECT || kind == RequestKind.JOINT_TEST ? List.of(Scene.wish(subsystem.id(), service)) : List.of();
    }

    /** That another of its systems may use the service, too. */
    RequestView filesChangeFor(SubsystemView system, Contour contour) {
        return files(RequestKind.CHANGE, contour, Optional.empty(), List.of(Scene.wish(system.id(), service)));
    }

    /** What follows a refused request. */
    RequestView filesAgain(RequestView refused) {
        return files(refused.kind(), refused.contour(), Optional.of(read(refused)), usual(refused.kind()));
    }

    private RequestView files(RequestKind kind, Contour contour, Optional<RequestView> previous, List<ServiceWish> wanted) {
        Procedure rules = application.with(Procedures.class, procedures -> procedures.inForce(procedure, application.clock().instant()));
        Set<String> declared = new HashSet<>();
        rules.items(kind, contour, ChecklistItem.Side.CONFIRMATION).forEach(item -> declared.add(item.code()));
        boolean connects = kind == RequestKind.CONNECT;
        if (connects && contour == Contour.PRODUCTION && !rules.stoppingProofWaived() && takesTokens()) {
            Scene.showStopping(application, subsystem, taxpayer);
        }
        List<ProductWish> products = connects ? List.of(new ProductWish(product(), false)) : List.of();
        return ask(Requests.class, requests -> requests.submit(new NewRequest(kind, participant.id(), contour, procedure,
                Optional.of(new Letter(office, Optional.empty(), Optional.empty(), application.clock().instant())), office, "As the subject says.",
                wanted, connects ? List.of(contact()) : List.of(), declared, Optional.empty(), previous.map(RequestView::id)).naming(products)
                .reading(declared.contains("PROCEDURE_READ") ? Optional.of(rules.version()) : Optional.empty())
                .answering(previous.stream().flatMap(refused -> refused.causes().stream()).map(Cause::code).distinct().map(code -> new CauseAnswer(code, "It is there now.")).toList())
                .stating(connects && rules.innRequired() ? NUMBERS : Particulars.NONE), Scene.OFFICIAL));
    }

    private boolean takesTokens() {
        return !Rows.of("select service_code from access.service_rule where service_code = ? and token_rule <> 'NOT_USED'", service).isEmpty();
    }

    /** Its own, registered: the same at every request. */
    private ProductId product() {
        List<ProductView> products = application.with(Products.class, all -> all.of(participant.id()));
        if (!products.isEmpty()) {
            return products.get(0).id();
        }
        ProductId product = application.with(Products.class, all -> all.add(new NewProduct(participant.id(), "The app", ProductKind.MOBILE_APPLICATION, "Newcomer", "Newcomer",
                ProductRole.OWNER_DEVELOPER), Scene.OFFICIAL)).id();
        upload("registration.txt", upload -> application.with(Products.class, all -> all.attach(product, new NewProductDocument(ProductDocumentKind.REGISTRATION, "1", today().minusDays(30),
                "Kyrgyzpatent", today().minusDays(30), Optional.empty()), upload, Contour.PRODUCTION, Scene.OFFICIAL)));
        return product;
    }

    private static <T> T upload(String fileName, Function<Upload, T> use) {
        try (Upload upload = Upload.receive(fileName, new ByteArrayInputStream("As the name says.".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            return use.apply(upload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void attaches(RequestView request, Attachment.Kind kind) {
        upload("shown.txt", upload -> ask(Requests.class, requests -> requests.attach(request.id(), request.contour(),
                new Attachment(kind, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), upload, Scene.OFFICIAL)));
    }

    void answers(RequestView request, String answers) {
        act(Requests.class, requests -> requests.supply(request.id(), request.contour(), answers, Scene.OFFICIAL));
    }

    // What officials do

    void confirm(RequestView request) {
        act(Requests.class, requests -> requests.confirm(request.id(), request.contour(), Scene.OFFICIAL));
    }

    void decline(RequestView request, String cause) {
        act(Requests.class, requests -> requests.decline(request.id(), request.contour(), List.of(new Cause(cause, "as the code says")), Scene.OFFICIAL));
    }

    void ask(RequestView request, String question) {
        act(Requests.class, requests -> requests.ask(request.id(), request.contour(), question, Scene.OFFICIAL));
    }

    void refuse(RequestView request, String cause) {
        act(Requests.class, requests -> requests.refuse(request.id(), request.contour(), List.of(new Cause(cause, "as the code says")), Scene.OFFICIAL));
    }

    /** Every item ticked, and decided by as many people as it takes. */
    void grant(RequestView request) {
        Procedure rules = application.with(Procedures.class, procedures -> procedures.get(request.procedure(), request.version()));
        rules.items(request.kind(), request.contour(), ChecklistItem.Side.CHECK)
                .forEach(item -> act(Requests.class, requests -> requests.check(request.id(), request.contour(), item.code(), true, "", Scene.OFFICIAL)));
        if (ask(Requests.class, requests -> requests.needsApproval(request))) {
            ProposalView proposal = ask(Proposals.class, proposals -> proposals.proposeGrant(request.id(), request.contour(), "in order", Scene.OFFICIAL));
            act(Proposals.class, proposals -> proposals.approve(proposal.id(), request.contour(), Scene.APPROVER));
        } else {
            act(Requests.class, requests -> requests.grant(request.id(), request.contour(), "in order", Scene.OFFICIAL));
        }
    }

    AgreementView sign(String lastDay) {
        AgreementView draft = ask(Agreements.class, agreements ->
                agreements.draft(new NewAgreement(participant.id(), procedure, UUID.randomUUID().toString(), false), Scene.OFFICIAL));
        AgreementTerms terms = new AgreementTerms(today(), today(), Optional.of(LocalDate.parse(lastDay)), "As the contract of tax-v1 says.", "On paper.", 60, "A scan.", "An Official, head",
                "A Person, director", new TreeSet<>(Set.of(service)), signedDocument(draft), Set.of(ConfirmedDuty.values()),
                Optional.of(office), Optional.of("An incident, 7.1."));
        return ask(Agreements.class, agreements -> agreements.sign(draft.id(), Contour.PRODUCTION, terms, Scene.OFFICIAL));
    }

    private UUID signedDocument(AgreementView draft) {
        return upload("agreement.txt", upload -> application.with(Agreements.class, agreements -> agreements.attach(draft.id(), Contour.PRODUCTION, upload, Scene.OFFICIAL))).document();
    }

    AgreementView agreement() {
        return application.with(Agreements.class, agreements -> agreements.of(participant.id(), Contour.PRODUCTION)).get(0);
    }

    /** By one official, or proposed by one and approved by another. */
    void measure(Contour contour, ConnectionEvent event, String ground) {
        measure(contour, ConnectionChange.of(event, Scene.OFFICIAL, "because of that").on(ground));
    }

    void announce(Contour contour, ConnectionEvent event, String ground, String day) {
        measure(contour, ConnectionChange.of(event, Scene.OFFICIAL, "because of that").on(ground).from(LocalDate.parse(day)));
    }

    private void measure(Contour contour, ConnectionChange change) {
        ConnectionView connection = connection(contour);
        if (Scene.PROPOSED.contains(change.event())) {
            ProposalView proposal = ask(Proposals.class, proposals -> proposals.proposeMeasure(connection.id(), contour, change));
            act(Proposals.class, proposals -> proposals.approve(proposal.id(), contour, Scene.APPROVER));
        } else {
            act(Connections.class, connections -> connections.apply(connection.id(), contour, change));
        }
    }

    /** Whoever was disconnected signs with other keys from then on. */
    void registersAnotherCertificate(Contour contour) {
        certificates.put(contour, application.with(Participants.class, participants ->
                participants.registerCertificate(Scene.letter(subsystem, contour, TestCertificates.elliptic(application.clock().instant())), Scene.OFFICIAL)));
    }

    // The taxpayer, and calls

    IssuedToken token(Contour contour) {
        return application.with(Tokens.class, tokens -> tokens.issue(new Taxpayer(contour, taxpayer), new NewToken(subsystem.id(), today().plusDays(90), Set.of(service), Language.EN), Scene.TAXPAYER));
    }

    void assertAnswered(Contour contour, IssuedToken token) {
        assertInstanceOf(Answer.Disclosed.class, call(contour, token));
    }

    void assertRefused(String code, Contour contour, IssuedToken token) {
        assertEquals(code, assertInstanceOf(Answer.Refused.class, call(contour, token)).refusal().code().name());
    }

    private Answer<?> call(Contour contour, IssuedToken token) {
        XRoadClient client = new XRoadClient(participant.instance(), participant.memberClass(), participant.memberCode(), subsystem.code());
        Call call = new Call(client, Scene.service(service), UUID.randomUUID().toString(), Optional.of("clerk"), Optional.empty(), Optional.of(token.text()),
                Credential.signature(Scene.thumbprint(certificates.get(contour)), Scene.freshDigest()), "127.0.0.1");
        return application.with(TaxServices.class, services -> services.tpDataByINN(call, taxpayer.digits()));
    }

    /** What it enters into the register of loans. */
    LoanScene lending(Contour contour, String programme) {
        return LoanScene.of(application, contour, participant.id(), programme);
    }

    SubsystemView subsystem() {
        return subsystem;
    }

    SubsystemView anotherSubsystem() {
        return application.with(Participants.class, participants -> participants.addSubsystem(participant.id(), "other", "Another application", Scene.OFFICIAL));
    }

    // What can be seen

    ConnectionView connection(Contour contour) {
        return application.with(Connections.class, connections -> connections.of(participant.id(), contour)).get(0);
    }

    RequestView read(RequestView request) {
        return application.with(Requests.class, requests -> requests.get(request.id(), request.contour()));
    }

    /** Rules and last days of what either side owes the other. */
    Set<String> owed() {
        return new TreeSet<>(Rows.of("""
                select rule || ' ' || coalesce(((due_at - interval '1 second') at time zone ?)::date::text, '?') from access.obligation
                 where participant_id = ? and closed_at is null""", zone.getId(), participant.id().value()));
    }

    /** The kinds of the letters that the participant's office has got since the last look; copies to its contacts are left out. */
    List<String> letters() {
        return post.arrived(application).stream().filter(letter -> letter.endsWith(" " + office)).map(letter -> letter.substring(0, 3)).toList();
    }

    @Override
    public void close() {
        post.close();
    }
}
