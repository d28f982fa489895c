package org.kopuro.access.requests;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.duties.NewReport;
import org.kopuro.access.duties.ReportId;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.access.duties.Reports;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.ChecklistItem;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.DeadlineTerm;
import org.kopuro.access.procedures.Decree;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;

/** Takes a request in, or says why it cannot be filed so (ACC-T01). */
@Dependent
class Filing {

    /** A letter is registered within this time; an older one is a mistake in the year. */
    private static final Period OLDEST_LETTER = Period.ofYears(1);
    private static final String PROCEDURE_READ = "PROCEDURE_READ";
    /** Who files for itself; everybody else registers a letter. */
    private static final String PARTICIPANT = "PARTICIPANT";

    @Inject
    private RequestStore store;
    @Inject
    private WishStore wishes;
    @Inject
    private RequestSteps steps;
    @Inject
    private Decisions decisions;
    @Inject
    private Resubmission resubmission;
    @Inject
    private Reports reports;
    @Inject
    private Participants participants;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private Clock clock;

    /** Files a request; the clocks start at its receipt (ACC-33). */
    RequestView submit(NewRequest request, Actor by) {
        Instant at = clock.instant();
        Instant receivedAt = request.letter().map(Letter::receivedAt).orElse(at);
        if (receivedAt.isAfter(at)) {
            throw Refusal.of(RequestRefusal.RECEIVED_IN_THE_FUTURE, "letter.receivedAt");
        }
        if (receivedAt.isBefore(at.atZone(Installation.ZONE).minus(OLDEST_LETTER).toInstant())) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "letter.receivedAt");
        }
        ParticipantView participant = participants.get(request.participant());
        Procedure procedure = procedures.inForce(request.procedure(), receivedAt);
        request.particulars().refuseOfAnotherKind(participant.kind());
        Numbers.refuseOfAnotherCountry(request.particulars(), procedure);
        request.particulars().refuseAnotherInn(participant);
        refuseUnfit(request, procedure, receivedAt);
        decisions.requireSituation(request);
        UUID id = UUID.randomUUID();
        Optional<String> subjectExpected = request.letter().flatMap(letter -> LetterSubjects.missed(letter.subject(), procedure, participant,
                Numbers.inn(procedure, participant, request.particulars()), request.particulars().ogrn().or(participant::ogrn), request.kind(), request.contour()));
        store.add(id, request, procedure, subjectExpected, receivedAt, at, request.day().map(day -> told(request, day, by)), by);
        RequestView submitted = store.find(id).orElseThrow();
        submitted.previous().ifPresent(previous -> resubmission.requireNews(store.find(previous.value()).orElseThrow(), submitted));
        steps.open(submitted, procedure, DeadlineRule.CONFIRM_REQUEST, receivedAt);
        if (procedure.deadline(RequestSteps.decisionRule(submitted)).filter(DeadlineTerm::fromAgreement).isPresent()) {
            store.queueForAgreement(submitted.participant(), procedure.code());
        }
        steps.openDecision(submitted, procedure, receivedAt);
        steps.tell(submitted, RequestEvent.SUBMIT, by);
        return submitted;
    }

    /** The day of a change is kept, and judged, as a report of it (ACC-46). */
    private ReportId told(NewRequest request, LocalDate day, Actor by) {
        Optional<Letter> letter = by.role().equals(PARTICIPANT) || by.isSubsystem() ? Optional.empty()
                : request.letter().or(() -> Optional.of(new Letter(request.answerEmail(), clock.instant())));
        return reports.file(new NewReport(ReportKind.PARTICULARS_CHANGED, request.participant(), request.procedure(), letter, Optional.of(day), Optional.empty(), Optional.empty(), request.body()),
                request.contour(), by).id();
    }

    private void refuseUnfit(NewRequest request, Procedure procedure, Instant receivedAt) {
        // Whoever is in a contour that a later version leaves out gets away from there, too.
        if ((request.kind() == RequestKind.CONNECT || request.kind() == RequestKind.JOINT_TEST) && !procedure.contours().contains(request.contour())) {
            throw Refusal.of(RequestRefusal.CONTOUR_OF_NO_PROCEDURE, "contour", request.contour());
        }
        List<String> elsewhere = wishes.offeredElsewhere(request.serviceCodes(), procedure.code());
        if (!elsewhere.isEmpty()) {
            throw Refusal.of(RequestRefusal.SERVICE_OF_ANOTHER_PROCEDURE, "services.service", String.join(", ", elsewhere));
        }
        Set<String> declarable = Requests.codes(procedure.items(request.kind(), request.contour(), ChecklistItem.Side.CONFIRMATION));
        if (!declarable.containsAll(request.confirmations())) {
            throw Refusal.of(RequestRefusal.CONFIRMATION_UNKNOWN, "confirmations");
        }
        if (!request.confirmations().containsAll(declarable)) {
            throw Refusal.of(RequestRefusal.CONFIRMATION_MISSING, "confirmations", String.join(", ", declarable.stream().sorted().toList()));
        }
        // ACC-46: what a CHANGE states of its participant has happened, and it is to be known whether it was told in time.
        if (request.kind() == RequestKind.CHANGE && request.day().isEmpty() && !(request.particulars().isEmpty() && request.contacts().isEmpty())) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "day");
        }
        refuseUnread(request, procedure);
        refuseOtherDecrees(request, procedure);
        request.previous().ifPresent(previous -> store.find(previous.value())
                .filter(former -> (former.state() == RequestState.REFUSED || former.state() == RequestState.NOT_ACCEPTED) && former.kind() == request.kind()
                        && former.contour() == request.contour() && former.participant().equals(request.participant()) && former.procedure().equals(procedure.code()))
                .orElseThrow(() -> Refusal.of(RequestRefusal.PREVIOUS_NOT_REFUSED, "previous")));
        request.desiredDay().ifPresent(day -> refuseLateExit(day, procedure, receivedAt));
    }

    /** ACC-22: who confirms that he has read the procedure says which version, and it is the one that he is judged by. */
    private static void refuseUnread(NewRequest request, Procedure procedure) {
        if (request.confirmedVersion().isEmpty() && request.confirmations().contains(PROCEDURE_READ)) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "confirmedVersion");
        }
        if (request.confirmedVersion().filter(version -> version != procedure.version()).isPresent()) {
            throw Refusal.of(RequestRefusal.VERSION_NOT_IN_FORCE, "confirmedVersion", procedure.version());
        }
    }

    /** ACC-42: decrees are those of the version; and a connection ends whole, so that nobody loses what he did not name. What is not named is found later, as a shortcoming. */
    private void refuseOtherDecrees(NewRequest request, Procedure procedure) {
        List<String> named = request.underDecrees().decrees();
        List<String> own = procedure.decrees().stream().map(Decree::code).toList();
        if (!own.containsAll(named)) {
            throw Refusal.of(RequestRefusal.DECREE_OF_NO_PROCEDURE, "decrees", String.join(", ", own));
        }
        if (request.kind() == RequestKind.DISCONNECT && !named.isEmpty()) {
            List<String> left = new ArrayList<>(decisions.live(request.participant(), request.contour(), request.procedure()).map(wishes::decrees).orElse(List.of()));
            left.retainAll(own);
            left.removeAll(named);
            if (!left.isEmpty()) {
                throw Refusal.of(RequestRefusal.DECREES_NOT_ALL, "decrees", String.join(", ", left));
            }
        }
    }

    /** ACC-45: the day that a participant would like lies within the deadline. */
    private void refuseLateExit(LocalDate day, Procedure procedure, Instant receivedAt) {
        WorkingCalendar calendar = calendars.get(procedure.calendar());
        DeadlineTerm term = procedure.deadline(DeadlineRule.DISCONNECT_ON_REQUEST).orElseThrow();
        LocalDate last = calendar.due(receivedAt, term.workingDays()).orRefuse().day();
        if (day.isBefore(calendar.dayOf(clock.instant())) || day.isAfter(last)) {
            throw Refusal.of(RequestRefusal.DESIRED_DAY_TOO_LATE, "desiredDay", last.toString());
        }
    }
}
