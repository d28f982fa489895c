package org.kopuro.accessservices;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.CauseAnswer;
import org.kopuro.access.requests.RequestId;
import org.kopuro.access.requests.SubsystemWish;
import org.kopuro.access.requests.UnderDecrees;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Particulars;

/**
 * What a system asks for in its participant's name; who that is and in which contour, its credential says.
 *
 * @param day      of a CHANGE that tells of something: on which it changed
 * @param previous the refused request that this one follows
 * @param confirmedVersion of the procedure, which the applicant confirms to have read (ACC-22)
 * @param answers to the causes for which {@code previous} was refused (ACC-T10)
 * @param underDecrees which decrees a CONNECT or DISCONNECT is for, and its action (ACC-42)
 * @param subsystems that a CHANGE adds or drops; what one that is added is to call stands among the wishes, under its code
 * @param particulars what it states of the participant: a CONNECT the OGRN, a CHANGE whatever is otherwise now
 */
public record Application(RequestKind kind, String procedure, String answerEmail, String body, List<Wish> wishes, List<Product> products, List<NewContact> contacts,
        Set<String> confirmations, Optional<LocalDate> desiredDay, Optional<LocalDate> day, Optional<RequestId> previous, Particulars particulars,
        Optional<Integer> confirmedVersion, List<CauseAnswer> answers, List<SubsystemWish> subsystems, UnderDecrees underDecrees) {

    /** That confirms to have read no version, and answers nothing. */
    public Application(RequestKind kind, String procedure, String answerEmail, String body, List<Wish> wishes, List<Product> products, List<NewContact> contacts,
            Set<String> confirmations, Optional<LocalDate> desiredDay, Optional<LocalDate> day, Optional<RequestId> previous, Particulars particulars) {
        this(kind, procedure, answerEmail, body, wishes, products, contacts, confirmations, desiredDay, day, previous, particulars, Optional.empty(), List.of(), List.of(), UnderDecrees.NONE);
    }

    /** The same, whose applicant confirms to have read this version. */
    public Application reading(Optional<Integer> version) {
        return new Application(kind, procedure, answerEmail, body, wishes, products, contacts, confirmations, desiredDay, day, previous, particulars, version, answers, subsystems, underDecrees);
    }

    /** The same, which adds or drops subsystems. */
    public Application with(List<SubsystemWish> wanted) {
        return new Application(kind, procedure, answerEmail, body, wishes, products, contacts, confirmations, desiredDay, day, previous, particulars, confirmedVersion, answers, wanted, underDecrees);
    }

    /** The same, which answers the causes for which its previous one was refused. */
    public Application answering(List<CauseAnswer> causes) {
        return new Application(kind, procedure, answerEmail, body, wishes, products, contacts, confirmations, desiredDay, day, previous, particulars, confirmedVersion, causes, subsystems, underDecrees);
    }

    /** The same, for these decrees. */
    public Application under(UnderDecrees named) {
        return new Application(kind, procedure, answerEmail, body, wishes, products, contacts, confirmations, desiredDay, day, previous, particulars, confirmedVersion, answers, subsystems, named);
    }

    /**
     * A service that is wanted, or of a CHANGE no longer wanted.
     *
     * @param subsystem its X-Road code; empty: the subsystem that asks
     * @param purpose   what its data will be used for (ACC-O20)
     */
    public record Wish(Optional<String> subsystem, String service, boolean drops, Optional<String> purpose) {

        public Wish(Optional<String> subsystem, String service, boolean drops) {
            this(subsystem, service, drops, Optional.empty());
        }
    }

    /** A product of the participant's, by its name, that the services are for; or of a CHANGE no longer used. */
    public record Product(String name, boolean drops) {
    }

    /** Without services and people: all that most kinds need. */
    public static Application plain(RequestKind kind, String procedure, String answerEmail, String body, Set<String> confirmations, Optional<LocalDate> desiredDay, Optional<RequestId> previous) {
        return new Application(kind, procedure, answerEmail, body, List.of(), List.of(), List.of(), confirmations, desiredDay, Optional.empty(), previous, Particulars.NONE);
    }
}
