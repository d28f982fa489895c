package org.kopuro.access.requests;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.letters.MailAddress;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Particulars;

/**
 * What an applicant asks for (ACC-41 to ACC-46).
 *
 * @param letter        by which it came; empty when it was filed in the cabinet
 * @param answerEmail   where the answer goes (ACC-81)
 * @param confirmations codes of what the applicant declares (ACC-50)
 * @param desiredDay    of a DISCONNECT
 * @param previous      the refused request that this one follows (ACC-T10)
 * @param products      that a CONNECT or CHANGE is for (ACC-41, ACC-46)
 * @param day           of a CHANGE that tells of something: on which it changed, so that it is known whether it was told in time (ACC-46)
 * @param particulars   what it states of its participant: a CONNECT INN and OGRN, a CHANGE whatever is otherwise now; of a CHANGE {@code contacts} are the participant's new ones (ACC-46)
 * @param confirmedVersion of the procedure, which the applicant confirms to have read (ACC-22)
 * @param answers       to the causes for which {@code previous} was refused (ACC-T10)
 * @param subsystems    that a CHANGE adds or drops (ACC-46)
 * @param underDecrees  which decrees a CONNECT or DISCONNECT is for, and its action, where the procedure connects under decrees (ACC-42)
 */
public record NewRequest(RequestKind kind, ParticipantId participant, Contour contour, String procedure, Optional<Letter> letter, String answerEmail, String body,
        List<ServiceWish> services, List<NewContact> contacts, Set<String> confirmations, Optional<LocalDate> desiredDay, Optional<RequestId> previous,
        List<ProductWish> products, Optional<LocalDate> day, Particulars particulars, Optional<Integer> confirmedVersion, List<CauseAnswer> answers, List<SubsystemWish> subsystems,
        UnderDecrees underDecrees) {

    private static final int SERVICES_MAX = 100;
    private static final int PRODUCTS_MAX = 20;
    private static final int SUBSYSTEMS_MAX = 20;
    private static final int BODY_MAX = 10_000;

    /** That names no products and tells of no day. */
    public NewRequest(RequestKind kind, ParticipantId participant, Contour contour, String procedure, Optional<Letter> letter, String answerEmail, String body,
            List<ServiceWish> services, List<NewContact> contacts, Set<String> confirmations, Optional<LocalDate> desiredDay, Optional<RequestId> previous) {
        this(kind, participant, contour, procedure, letter, answerEmail, body, services, contacts, confirmations, desiredDay, previous, List.of(), Optional.empty(), Particulars.NONE);
    }

    /** That confirms to have read no version, and answers nothing. */
    public NewRequest(RequestKind kind, ParticipantId participant, Contour contour, String procedure, Optional<Letter> letter, String answerEmail, String body,
            List<ServiceWish> services, List<NewContact> contacts, Set<String> confirmations, Optional<LocalDate> desiredDay, Optional<RequestId> previous,
            List<ProductWish> products, Optional<LocalDate> day, Particulars particulars) {
        this(kind, participant, contour, procedure, letter, answerEmail, body, services, contacts, confirmations, desiredDay, previous, products, day, particulars, Optional.empty(), List.of(), List.of(), UnderDecrees.NONE);
    }

    /** The same, for these products. */
    public NewRequest naming(List<ProductWish> wanted) {
        return new NewRequest(kind, participant, contour, procedure, letter, answerEmail, body, services, contacts, confirmations, desiredDay, previous, wanted, day, particulars, confirmedVersion, answers, subsystems,
                underDecrees);
    }

    public NewRequest {
        procedure = Input.text(procedure, "procedure", 32);
        answerEmail = Input.text(answerEmail, "answerEmail", 254);
        if (!MailAddress.plausible(answerEmail)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "answerEmail");
        }
        body = Input.lines(body, "body", BODY_MAX);
        services = List.copyOf(services);
        contacts = List.copyOf(contacts);
        confirmations = Set.copyOf(confirmations);
        boolean named = kind == RequestKind.CONNECT;
        if (named && services.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "services");
        }
        if (!services.isEmpty() && !named && kind != RequestKind.JOINT_TEST && kind != RequestKind.CHANGE || kind != RequestKind.CHANGE && services.stream().anyMatch(ServiceWish::drops)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "services");
        }
        if (services.size() > SERVICES_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "services", SERVICES_MAX);
        }
        // A joint test asks for no access.
        if (kind != RequestKind.JOINT_TEST && services.stream().anyMatch(one -> !one.drops() && one.purpose().isEmpty())) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "services.purpose");
        }
        Set<String> once = new HashSet<>();
        if (services.stream().anyMatch(one -> !once.add(one.subsystem().value() + " " + one.service()))) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "services");
        }
        underDecrees.refuseUnfit(kind);
        refuseUnfitSubsystems(kind, subsystems);
        subsystems = List.copyOf(subsystems);
        refuseUnfitProducts(kind, products);
        products = List.copyOf(products);
        if (contacts.size() > 2 || named && contacts.isEmpty()) {
            throw Refusal.of(contacts.isEmpty() ? InputRefusal.FIELD_MISSING : InputRefusal.FIELD_INVALID, "contacts");
        }
        if (desiredDay.isPresent() && kind != RequestKind.DISCONNECT) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "desiredDay");
        }
        if (day.isPresent() && kind != RequestKind.CHANGE) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "day");
        }
        refuseUnfitParticulars(kind, particulars);
        answers = List.copyOf(answers);
        if (answers.stream().map(CauseAnswer::code).distinct().count() < answers.size() || !answers.isEmpty() && previous.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "answers");
        }
        if (kind == RequestKind.JOINT_TEST && contour != Contour.TEST) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "kind");
        }
    }

    /** All services that it names, for subsystems that it adds, too. */
    List<String> serviceCodes() {
        return Stream.concat(services.stream().map(ServiceWish::service), subsystems.stream().flatMap(added -> added.services().stream()).map(SubsystemWish.Called::code)).toList();
    }

    private static void refuseUnfitParticulars(RequestKind kind, Particulars particulars) {
        boolean fit = kind == RequestKind.CHANGE || particulars.fullName().isEmpty() && particulars.noticeEmail().isEmpty() && (kind == RequestKind.CONNECT || particulars.ogrn().isEmpty());
        fit &= kind == RequestKind.CONNECT || particulars.inn().isEmpty() && (kind == RequestKind.CHANGE || particulars.russianInn().isEmpty());
        if (!fit) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "particulars");
        }
        if (particulars.noticeEmail().filter(address -> !MailAddress.plausible(address)).isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "particulars.noticeEmail");
        }
    }

    private static void refuseUnfitSubsystems(RequestKind kind, List<SubsystemWish> subsystems) {
        if (!subsystems.isEmpty() && kind != RequestKind.CHANGE || subsystems.stream().map(SubsystemWish::code).distinct().count() < subsystems.size()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "subsystems");
        }
        if (subsystems.size() > SUBSYSTEMS_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "subsystems", SUBSYSTEMS_MAX);
        }
    }

    private static void refuseUnfitProducts(RequestKind kind, List<ProductWish> products) {
        boolean fit = kind == RequestKind.CHANGE || kind == RequestKind.CONNECT && products.stream().noneMatch(ProductWish::drops);
        if (!products.isEmpty() && !fit || products.stream().map(ProductWish::product).distinct().count() < products.size()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "products");
        }
        if (products.size() > PRODUCTS_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "products", PRODUCTS_MAX);
        }
    }

    /** The same, which states this of its participant. */
    public NewRequest stating(Particulars stated) {
        return new NewRequest(kind, participant, contour, procedure, letter, answerEmail, body, services, contacts, confirmations, desiredDay, previous, products, day, stated, confirmedVersion, answers, subsystems,
                underDecrees);
    }

    /** The same, which tells of a day. */
    public NewRequest on(LocalDate changed) {
        return new NewRequest(kind, participant, contour, procedure, letter, answerEmail, body, services, contacts, confirmations, desiredDay, previous, products, Optional.of(changed), particulars, confirmedVersion, answers, subsystems,
                underDecrees);
    }

    /** The same, whose applicant confirms to have read this version. */
    public NewRequest reading(Optional<Integer> version) {
        return new NewRequest(kind, participant, contour, procedure, letter, answerEmail, body, services, contacts, confirmations, desiredDay, previous, products, day, particulars, version, answers, subsystems,
                underDecrees);
    }

    /** The same, which adds or drops subsystems. */
    public NewRequest with(List<SubsystemWish> wanted) {
        return new NewRequest(kind, participant, contour, procedure, letter, answerEmail, body, services, contacts, confirmations, desiredDay, previous, products, day, particulars, confirmedVersion, answers, wanted,
                underDecrees);
    }

    /** The same, which answers the causes for which its previous one was refused. */
    public NewRequest answering(List<CauseAnswer> causes) {
        return new NewRequest(kind, participant, contour, procedure, letter, answerEmail, body, services, contacts, confirmations, desiredDay, previous, products, day, particulars, confirmedVersion, causes, subsystems,
                underDecrees);
    }

    /** The same, for these decrees. */
    public NewRequest under(UnderDecrees named) {
        return new NewRequest(kind, participant, contour, procedure, letter, answerEmail, body, services, contacts, confirmations, desiredDay, previous, products, day, particulars, confirmedVersion, answers, subsystems,
                named);
    }
}
