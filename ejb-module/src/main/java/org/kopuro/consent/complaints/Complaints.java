package org.kopuro.consent.complaints;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.duties.IncidentId;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.access.duties.IncidentSource;
import org.kopuro.access.duties.IncidentState;
import org.kopuro.access.duties.Incidents;
import org.kopuro.access.duties.NewIncident;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.Tidings;
import org.kopuro.consent.TokenId;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/** “I was asked for a form although I had given a token” (CON-158). */
@Stateless
public class Complaints {

    /** [data] */
    static final int A_DAY_MAX = 5;
    private static final int TEXT_MAX = 2000;
    /** As long as what a taxpayer is told. */
    private static final int ANSWER_MAX = 1000;
    private static final int PAGE_MAX = 200;
    private static final String INCIDENT_KIND = "FORM_DEMANDED";

    @Inject
    private ComplaintStore store;
    @Inject
    private Participants participants;
    @Inject
    private Incidents incidents;
    @Inject
    private Tidings tidings;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /**
     * Refuses a participant that nobody knows, and one that the taxpayer never gave a token: then there is nothing that a form was demanded instead of.
     *
     * @param token that was given; the newest of that participant, where none is named
     */
    public ComplaintView file(Taxpayer taxpayer, ParticipantId about, Optional<TokenId> token, String text, Actor by) {
        String what = Input.lines(text, "text", TEXT_MAX);
        participants.get(about);
        store.lock(taxpayer);
        Instant now = clock.instant();
        TokenId given = store.given(taxpayer, about, token).orElseThrow(() -> Refusal.of(ComplaintRefusal.COMPLAINT_WITHOUT_TOKEN, token.isPresent() ? "token" : "participant"));
        Instant today = LocalDate.ofInstant(now, Installation.ZONE).atStartOfDay(Installation.ZONE).toInstant();
        if (store.filedSince(taxpayer, today) >= A_DAY_MAX) {
            throw Refusal.of(ComplaintRefusal.COMPLAINTS_TOO_MANY, "text", A_DAY_MAX);
        }
        ComplaintId id = new ComplaintId(UUID.randomUUID());
        IncidentId incident = incidents.open(new NewIncident(IncidentSource.TAXPAYER, IncidentSeverity.MEDIUM, INCIDENT_KIND, Optional.of(about), "Complaint " + id.value()),
                taxpayer.contour(), by).id();
        store.add(id, taxpayer, about, given, incident, what, now, by);
        ledger.record(LedgerEvent.itself("consent.complaint_filed", 1, Optional.of(taxpayer.contour()), "complaint", id.value(), now).personal("subject", taxpayer.inn().digits())
                .personal("participant", about.value()).personal("token", given.value()).personal("text", what));
        return get(id, taxpayer.contour());
    }

    /** The taxpayer's own, the newest first. */
    public List<ComplaintView> of(Taxpayer taxpayer) {
        return store.of(taxpayer, PAGE_MAX);
    }

    /** For the authority's staff, the newest first; {@code before} is the last one of the page that was read. */
    public List<ComplaintView> list(Contour contour, Optional<ComplaintState> state, Optional<UUID> before, int limit) {
        return store.list(contour, state, before, Math.max(1, Math.min(limit, PAGE_MAX)));
    }

    /** The taxpayer is told, and the incident is closed where nobody has done so. */
    public ComplaintView answer(ComplaintId id, Contour contour, String text, Actor by) {
        String answer = Input.lines(text, "text", ANSWER_MAX);
        ComplaintView complaint = get(id, contour);
        Instant now = clock.instant();
        store.addAnswer(id, answer, now, by);
        if (incidents.get(complaint.incident(), contour).state() == IncidentState.OPEN) {
            incidents.close(complaint.incident(), contour, "Complaint " + id.value() + " is answered", by);
        }
        tidings.complaintAnswered(complaint.token(), id.value(), answer, now);
        ledger.record(LedgerEvent.of("consent.complaint_answered", 1, contour, "complaint", id.value(), now).with("actorRole", by.role()).personal("actor", by.account()).personal("text", answer));
        return get(id, contour);
    }

    private ComplaintView get(ComplaintId id, Contour contour) {
        return store.find(id, contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "complaint"));
    }
}
