package org.kopuro.consent.complaints;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.duties.IncidentId;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.TokenId;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Complaints and their answers. The database closes a complaint when its answer is added, and in no other way. */
@Dependent
class ComplaintStore {

    private static final String VIEW = """
            select c.*, p.full_name, a.text answer
              from consent.complaint c
              join participants.participant p on p.id = c.participant_id
              left join consent.complaint_answer a on a.complaint_id = c.id
            """;

    @Inject
    private Sql sql;

    /** Makes filing of one taxpayer follow one another on all nodes, so that the day's limit holds exactly. */
    void lock(Taxpayer taxpayer) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(?, 0))", "consent.complaint " + taxpayer.contour() + " " + taxpayer.inn().digits());
    }

    int filedSince(Taxpayer taxpayer, Instant start) {
        return sql.one("select count(*) complaints from consent.complaint where contour = ? and taxpayer_inn = ? and filed_at >= ?", row -> row.number("complaints"),
                taxpayer.contour(), taxpayer.inn().digits(), start);
    }

    /** A token that the taxpayer gave the participant, whatever became of it: the one named, else the newest. */
    Optional<TokenId> given(Taxpayer taxpayer, ParticipantId to, Optional<TokenId> named) {
        return sql.first("""
                select id from consent.token where contour = ? and taxpayer_inn = ? and participant_id = ? and id = coalesce(?::uuid, id)
                 order by issued_at desc, id limit 1""", row -> new TokenId(row.uuid("id")), taxpayer.contour(), taxpayer.inn().digits(), to, named.map(TokenId::value));
    }

    void add(ComplaintId id, Taxpayer taxpayer, ParticipantId about, TokenId token, IncidentId incident, String text, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into consent.complaint (id, contour, taxpayer_inn, participant_id, token_id, incident_id, filed_at, actor, actor_role, text)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, taxpayer.contour(), taxpayer.inn().digits(), about, token, incident, at, by.account(), by.role(), text);
        } catch (SqlFailure e) {
            throw e.constraint().equals("complaint_open_unique") ? Refusal.of(ComplaintRefusal.COMPLAINT_WAITS_ALREADY, "participant") : e;
        }
    }

    void addAnswer(ComplaintId id, String text, Instant at, Actor by) {
        try {
            sql.update("insert into consent.complaint_answer (complaint_id, at, actor, actor_role, text) values (?, ?, ?, ?, ?)", id, at, by.account(), by.role(), text);
        } catch (SqlFailure e) {
            // Another officer was faster.
            throw e.constraint().equals("complaint_answer_pk") ? Refusal.of(ComplaintRefusal.COMPLAINT_ANSWERED_ALREADY, "complaint") : e;
        }
    }

    Optional<ComplaintView> find(ComplaintId id, Contour contour) {
        return sql.first(VIEW + " where c.id = ? and c.contour = ?", ComplaintStore::view, id, contour);
    }

    List<ComplaintView> of(Taxpayer taxpayer, int limit) {
        return sql.list(VIEW + " where c.contour = ? and c.taxpayer_inn = ? order by c.filed_at desc, c.id desc limit ?", ComplaintStore::view, taxpayer.contour(), taxpayer.inn().digits(), limit);
    }

    /** The newest first; {@code before} is the last one of the page before. */
    List<ComplaintView> list(Contour contour, Optional<ComplaintState> state, Optional<UUID> before, int limit) {
        return sql.list(VIEW + """
                 where c.contour = ? and (?::text is null or (c.answered_at is not null) = (?::text = 'ANSWERED'))
                   and (?::uuid is null or (c.filed_at, c.id) < (select filed_at, id from consent.complaint where id = ?::uuid))
                 order by c.filed_at desc, c.id desc limit ?""", ComplaintStore::view, contour, state.map(Enum::name), state.map(Enum::name), before, before, limit);
    }

    private static ComplaintView view(Row row) {
        return new ComplaintView(new ComplaintId(row.uuid("id")), row.as(Contour.class, "contour"), row.maybe("taxpayer_inn", row::text), new ParticipantId(row.uuid("participant_id")),
                row.text("full_name"), new TokenId(row.uuid("token_id")), new IncidentId(row.uuid("incident_id")), row.instant("filed_at"), row.maybe("text", row::text).orElse(""),
                row.maybe("answered_at", row::instant).map(at -> new Answer(at, row.maybe("answer", row::text).orElse(""))));
    }
}
