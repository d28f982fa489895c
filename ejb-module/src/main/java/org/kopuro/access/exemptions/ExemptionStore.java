package org.kopuro.access.exemptions;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.documents.DocumentView;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Exemptions and their events. The database changes an exemption when an event of it is added, and in no other way. */
@Dependent
class ExemptionStore {

    private static final String SELECT = """
            select e.id, e.participant_id, e.procedure_code, e.version, e.ground, e.number, e.issued_on, e.text, e.document_id, d.file_name, e.sha256, e.state, e.since, e.events
              from access.exemption e join documents.document d on d.id = e.document_id
            """;

    @Inject
    private Sql sql;

    void add(ExemptionId id, NewExemption exemption, Procedure procedure, DocumentView document, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into access.exemption (id, participant_id, procedure_code, version, ground, number, issued_on, text, document_id, sha256, state, since, events)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'RECORDED', ?, 1)""", id, exemption.participant(), procedure.code(), procedure.version(), exemption.ground(),
                    exemption.number(), exemption.issuedOn(), exemption.text(), document.id(), document.sha256(), at);
        } catch (SqlFailure e) {
            throw e.constraint().equals("exemption_live_unique") ? Refusal.of(ExemptionRefusal.EXEMPTION_RECORDED_ALREADY, "participant") : e;
        }
        addEvent(id, 1, "NONE", ExemptionEvent.RECORD, ExemptionState.RECORDED, at, by, exemption.text());
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(ExemptionView from, ExemptionEvent event, ExemptionState to, Instant at, Actor by, String reason) {
        addEvent(from.id(), from.events() + 1, from.state().name(), event, to, at, by, reason);
    }

    private void addEvent(ExemptionId id, int number, String from, ExemptionEvent event, ExemptionState to, Instant at, Actor by, String reason) {
        try {
            sql.update("""
                    insert into access.exemption_event (exemption_id, number, from_state, event, to_state, at, actor, actor_role, reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    id, number, from, event, to, at, by.account(), by.role(), reason);
        } catch (SqlFailure e) {
            throw e.constraint().equals("exemption_four_eyes") ? Refusal.of(ExemptionRefusal.EXEMPTION_SECOND_OFFICIAL, "event") : e;
        }
    }

    Optional<ExemptionView> find(ExemptionId id) {
        return sql.first(SELECT + "where e.id = ?", ExemptionStore::exemption, id);
    }

    /** Locked until the end of the transaction: two events of one exemption follow one another. */
    Optional<ExemptionView> findForChange(ExemptionId id) {
        return sql.first(SELECT + "where e.id = ? for no key update of e", ExemptionStore::exemption, id);
    }

    List<ExemptionView> of(ParticipantId participant) {
        return sql.list(SELECT + "where e.participant_id = ? order by e.since desc, e.id limit 200", ExemptionStore::exemption, participant);
    }

    /** Those that wait for a second official. */
    List<ExemptionView> recorded() {
        return sql.list(SELECT + "where e.state = 'RECORDED' order by e.since, e.id limit 200", ExemptionStore::exemption);
    }

    boolean exempt(ParticipantId participant, String procedure) {
        return sql.one("select access.exempt(?, ?) found", row -> row.flag("found"), participant, procedure);
    }

    private static ExemptionView exemption(Row row) {
        return new ExemptionView(new ExemptionId(row.uuid("id")), new NewExemption(new ParticipantId(row.uuid("participant_id")), row.text("procedure_code"), row.text("ground"),
                row.text("number"), row.day("issued_on"), row.text("text")), row.number("version"), row.uuid("document_id"), row.text("file_name"), row.text("sha256"),
                row.as(ExemptionState.class, "state"), row.instant("since"), row.number("events"));
    }
}
