package org.kopuro.access.exemptions;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.procedures.Ground;
import org.kopuro.access.procedures.Measure;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.calendar.Calendars;
import org.kopuro.documents.DocumentView;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/** Records who is outside a procedure, and answers whether somebody is (ACC-10). */
@Stateless
public class Exemptions {

    @Inject
    private ExemptionStore store;
    @Inject
    private Documents documents;
    @Inject
    private Participants participants;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Records the written basis; nothing follows from it until a second official confirms it. */
    public ExemptionView record(NewExemption exemption, Upload basis, Actor by) {
        participants.get(exemption.participant());
        Instant at = clock.instant();
        Procedure procedure = procedures.inForce(exemption.procedure(), at);
        if (procedure.ground(Measure.EXEMPTION, exemption.ground()).isEmpty()) {
            throw Refusal.of(ExemptionRefusal.EXEMPTION_GROUND_NOT_LISTED, "ground",
                    String.join(", ", procedure.grounds().stream().filter(listed -> listed.measure() == Measure.EXEMPTION).map(Ground::code).toList()));
        }
        if (exemption.issuedOn().isAfter(calendars.get(procedure.calendar()).dayOf(at))) {
            throw Refusal.of(ExemptionRefusal.EXEMPTION_ISSUED_IN_THE_FUTURE, "issuedOn");
        }
        DocumentView document = documents.store(basis, by.account().map(UUID::toString).orElse(by.role()));
        ExemptionId id = new ExemptionId(UUID.randomUUID());
        store.add(id, exemption, procedure, document, at, by);
        return told(id, ExemptionEvent.RECORD, exemption.text(), by);
    }

    /** By an approver who has not recorded it: from now on nothing of the procedure's preconditions is demanded of the participant. */
    public ExemptionView confirm(ExemptionId id, String reason, Actor by) {
        return apply(id, ExemptionEvent.CONFIRM, reason, by);
    }

    public ExemptionView reject(ExemptionId id, String reason, Actor by) {
        return apply(id, ExemptionEvent.REJECT, reason, by);
    }

    /** What was granted under it stays; what is asked for from now on meets the procedure. */
    public ExemptionView end(ExemptionId id, String reason, Actor by) {
        return apply(id, ExemptionEvent.END, reason, by);
    }

    private ExemptionView apply(ExemptionId id, ExemptionEvent event, String reason, Actor by) {
        ExemptionView before = store.findForChange(id).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "exemption"));
        ExemptionState after = before.state().on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", before.state(), event));
        String said = Input.text(reason, "reason", 1000);
        store.addEvent(before, event, after, clock.instant(), by, said);
        return told(id, event, said, by);
    }

    private ExemptionView told(ExemptionId id, ExemptionEvent event, String reason, Actor by) {
        ExemptionView exemption = store.find(id).orElseThrow();
        ledger.record(LedgerEvent.of("access.exemption_changed", 1, "exemption", id.value(), exemption.since()).with("participant", exemption.recorded().participant().value())
                .with("procedure", exemption.recorded().procedure()).with("version", exemption.version()).with("ground", exemption.recorded().ground()).with("event", event)
                .with("state", exemption.state()).with("document", exemption.document()).with("sha256", exemption.sha256()).with("actor", by.account())
                .with("actorRole", by.role()).personal("reason", reason));
        return exemption;
    }

    /** Whether nothing of the procedure's preconditions is demanded of the participant; that does not end before the caller's transaction. */
    public boolean exempt(ParticipantId participant, String procedure) {
        return store.exempt(participant, procedure);
    }

    public ExemptionView get(ExemptionId id) {
        return store.find(id).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "exemption"));
    }

    /** A participant's, the newest first; of nobody in particular, those that wait for a second official. */
    public List<ExemptionView> list(Optional<ParticipantId> participant) {
        return participant.map(store::of).orElseGet(store::recorded);
    }
}
