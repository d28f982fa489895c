package org.kopuro.access.requests;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.ProductId;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Particulars;

/**
 * A request as its newest event left it.
 *
 * @param number  for people; never used twice
 * @param version of the procedure, in force on the day of its receipt
 * @param subject         of the letter that it came by
 * @param subjectExpected how that should have been headed, where it was not: a warning for the official, nothing more (ACC-24)
 * @param contacts who answer for it, as its applicant named them (ACC-42)
 * @param ticked  codes of the checklist's items that an official has ticked
 * @param causes  why it was refused
 * @param day     on which what a CHANGE tells of changed
 * @param late    whether that was told too late; empty where it tells of no day, or the time is not known
 * @param particulars what it states of its participant
 * @param confirmedVersion of the procedure, which its applicant confirmed to have read
 * @param answers to the causes for which the request that it follows was refused
 * @param subsystems that it adds or drops
 * @param underDecrees which decrees it is for, and its action
 */
public record RequestView(RequestId id, long number, RequestKind kind, ParticipantId participant, Contour contour, String procedure, int version, RequestState state,
        Instant since, int events, Instant receivedAt, String answerEmail, Optional<String> sender, Optional<String> subject,
        Optional<String> subjectExpected, String body, Optional<LocalDate> desiredDay, Optional<RequestId> previous,
        List<ServiceWish> services, List<NewContact> contacts, Set<String> confirmations, Set<String> ticked, List<Cause> causes, List<ProductWish> products,
        Optional<LocalDate> day, Optional<Boolean> late, Particulars particulars, Optional<Integer> confirmedVersion, List<CauseAnswer> answers, List<SubsystemWish> subsystems,
        UnderDecrees underDecrees) {

    /** The products that it wants access for. */
    List<ProductId> addedProducts() {
        return products.stream().filter(wanted -> !wanted.drops()).map(ProductWish::product).toList();
    }

    List<ProductId> droppedProducts() {
        return products.stream().filter(ProductWish::drops).map(ProductWish::product).toList();
    }

    /** The services that it wants, for whichever subsystem. */
    List<String> addedServices() {
        return Stream.concat(services.stream().filter(wanted -> !wanted.drops()).map(ServiceWish::service),
                subsystems.stream().flatMap(added -> added.services().stream()).map(SubsystemWish.Called::code)).toList();
    }
}
