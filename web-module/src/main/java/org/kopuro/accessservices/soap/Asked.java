package org.kopuro.accessservices.soap;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.duties.ReportId;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.CauseAnswer;
import org.kopuro.access.requests.RequestId;
import org.kopuro.access.requests.SubsystemWish;
import org.kopuro.access.requests.UnderDecrees;
import org.kopuro.accessservices.Application;
import org.kopuro.accessservices.NewsOfParticipant;
import org.kopuro.contract.access.v1.AnswerToCause;
import org.kopuro.contract.access.v1.ApplicationForm;
import org.kopuro.contract.access.v1.ChangeNews;
import org.kopuro.contract.access.v1.ContactPerson;
import org.kopuro.contract.access.v1.ExitWish;
import org.kopuro.contract.access.v1.NoticeReferences;
import org.kopuro.contract.access.v1.OutageNews;
import org.kopuro.contract.access.v1.ParticipantParticulars;
import org.kopuro.contract.access.v1.ProductionWish;
import org.kopuro.contract.access.v1.TestReport;
import org.kopuro.contract.access.v1.WantedProduct;
import org.kopuro.contract.access.v1.WantedService;
import org.kopuro.contract.access.v1.WantedSubsystem;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;

/** Types of the contract as what the facade is asked; refuses what cannot be read. */
final class Asked {

    /** More than any rule allows; counted before anything is made of them. */
    private static final int ITEMS_MAX = 1000;

    private Asked() {
    }

    static Application application(ApplicationForm form) {
        return new Application(Input.oneOf(RequestKind.class, form.getKind(), "kind"), form.getProcedure(), form.getAnswerEmail(), form.getBody(), wishes(form.getService()), products(form.getProduct()),
                contacts(form.getContact()), confirmations(form.getConfirmation()), Optional.ofNullable(form.getDesiredDay()).map(day -> Input.day(day, "desiredDay")),
                Optional.ofNullable(form.getDay()).map(day -> Input.day(day, "day")), previous(form.getPrevious()), particulars(form.getParticulars()))
                .reading(Optional.ofNullable(form.getConfirmedVersion())).answering(answers(form.getAnswer())).with(subsystems(form.getSubsystem()))
                .under(UnderDecrees.of(bounded(form.getDecree(), "decrees"), Optional.ofNullable(form.getAction())));
    }

    static Application application(ProductionWish wish) {
        return new Application(RequestKind.CONNECT, wish.getProcedure(), wish.getAnswerEmail(), wish.getBody(), wishes(wish.getService()), products(wish.getProduct()), contacts(wish.getContact()),
                confirmations(wish.getConfirmation()), Optional.empty(), Optional.empty(), previous(wish.getPrevious()), particulars(wish.getParticulars()))
                .reading(Optional.ofNullable(wish.getConfirmedVersion())).answering(answers(wish.getAnswer()))
                .under(UnderDecrees.of(bounded(wish.getDecree(), "decrees"), Optional.ofNullable(wish.getAction())));
    }

    static Application application(TestReport report) {
        return Application.plain(RequestKind.JOINT_TEST, report.getProcedure(), report.getAnswerEmail(), report.getBody(), confirmations(report.getConfirmation()), Optional.empty(),
                previous(report.getPrevious())).answering(answers(report.getAnswer()));
    }

    static Application application(ExitWish exit) {
        return Application.plain(RequestKind.DISCONNECT, exit.getProcedure(), exit.getAnswerEmail(), exit.getBody(), Set.of(),
                Optional.ofNullable(exit.getDesiredDay()).map(day -> Input.day(day, "desiredDay")), Optional.empty())
                .under(UnderDecrees.of(bounded(exit.getDecree(), "decrees"), Optional.ofNullable(exit.getAction())));
    }

    static RequestId request(String id) {
        return new RequestId(Input.uuid(id, "id"));
    }

    static ReportId report(String id) {
        return new ReportId(Input.uuid(id, "id"));
    }

    static List<UUID> notices(NoticeReferences references) {
        return bounded(references.getNotice(), "notice").stream().map(id -> Input.uuid(id, "notice")).distinct().toList();
    }

    static NewsOfParticipant news(ChangeNews news) {
        return new NewsOfParticipant(oneOf(news.getKind(), EnumSet.of(ReportKind.PARTICULARS_CHANGED, ReportKind.LIQUIDATION, ReportKind.REORGANISATION)), news.getProcedure(),
                Optional.of(Input.day(news.getDay(), "day")), Optional.empty(), Optional.empty(), news.getText());
    }

    static NewsOfParticipant news(OutageNews news) {
        return new NewsOfParticipant(oneOf(news.getKind(), EnumSet.of(ReportKind.OUTAGE, ReportKind.BREACH)), news.getProcedure(), Optional.empty(),
                Optional.of(Input.instant(news.getStart(), "start")), Optional.ofNullable(news.getEnd()).map(end -> Input.instant(end, "end")), news.getText());
    }

    private static ReportKind oneOf(String text, Set<ReportKind> permitted) {
        ReportKind kind = Input.oneOf(ReportKind.class, text, "kind");
        if (!permitted.contains(kind)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "kind");
        }
        return kind;
    }

    private static List<Application.Wish> wishes(List<WantedService> services) {
        return bounded(services, "services").stream().map(service -> new Application.Wish(Optional.ofNullable(service.getSubsystem()).map(String::strip), service.getService(),
                Boolean.TRUE.equals(service.isDrops()), Optional.ofNullable(service.getPurpose()))).toList();
    }

    private static List<Application.Product> products(List<WantedProduct> products) {
        return bounded(products, "products").stream().map(product -> new Application.Product(product.getName().strip(), Boolean.TRUE.equals(product.isDrops()))).toList();
    }

    private static List<NewContact> contacts(List<ContactPerson> contacts) {
        return bounded(contacts, "contacts").stream()
                .map(person -> new NewContact(person.getFullName(), person.getUnit(), person.getPost(), person.getEmail(), person.getPhone())).toList();
    }

    private static Particulars particulars(ParticipantParticulars told) {
        return told == null ? Particulars.NONE : new Particulars(Optional.ofNullable(told.getFullName()), Optional.ofNullable(told.getNoticeEmail()),
                Optional.ofNullable(told.getOgrn()).map(ogrn -> Ogrn.of(ogrn, "particulars.ogrn")), Optional.ofNullable(told.getInn()).map(inn -> Inn.of(inn, "particulars.inn")),
                Optional.ofNullable(told.getRussianInn()).map(inn -> RussianInn.of(inn, "particulars.russianInn")));
    }

    private static List<SubsystemWish> subsystems(List<WantedSubsystem> subsystems) {
        return bounded(subsystems, "subsystems").stream()
                .map(wanted -> new SubsystemWish(wanted.getCode(), Optional.ofNullable(wanted.getName()), Boolean.TRUE.equals(wanted.isDrops()))).toList();
    }

    private static List<CauseAnswer> answers(List<AnswerToCause> answers) {
        return bounded(answers, "answers").stream().map(answer -> new CauseAnswer(answer.getCode(), answer.getText())).toList();
    }

    private static Set<String> confirmations(List<String> codes) {
        return new HashSet<>(bounded(codes, "confirmations").stream().map(String::strip).toList());
    }

    private static Optional<RequestId> previous(String id) {
        return Optional.ofNullable(id).map(text -> new RequestId(Input.uuid(text, "previous")));
    }

    private static <T> List<T> bounded(List<T> items, String field) {
        if (items.size() > ITEMS_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, field, ITEMS_MAX);
        }
        return items;
    }
}
