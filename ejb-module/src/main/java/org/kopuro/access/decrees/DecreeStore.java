package org.kopuro.access.decrees;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Decrees, their editions, and what was decided of connections that these touch. */
@Dependent
class DecreeStore {

    @Inject
    private Sql sql;

    void add(NewDecree decree) {
        try {
            sql.update("insert into access.decree (code, adopted_on, title_ru, title_ky, title_en, source) values (?, ?, ?, ?, ?, ?)", decree.code(), decree.adoptedOn(),
                    decree.titles().get(Language.RU), decree.titles().get(Language.KY), decree.titles().get(Language.EN), decree.source());
        } catch (SqlFailure e) {
            throw e.constraint().equals("decree_pk") ? Refusal.of(DecreeRefusal.DECREE_REGISTERED_ALREADY, "code") : e;
        }
    }

    void add(UUID id, String decree, int number, LocalDate firstDay, String text, String source, Instant at, Actor by) {
        try {
            sql.update("insert into access.decree_edition (id, decree_code, number, first_day, text, source, registered_at, actor, actor_role) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", id, decree,
                    number, firstDay, text, source, at, by.account().orElseThrow(), by.role());
        } catch (SqlFailure e) {
            throw e.constraint().equals("decree_edition_pk") || e.constraint().equals("decree_edition_follows") ? Refusal.of(DecreeRefusal.DECREE_EDITION_OUT_OF_ORDER, "firstDay") : e;
        }
    }

    List<DecreeView> list() {
        return sql.list("select code, adopted_on, title_ru, title_ky, title_en, source from access.decree order by adopted_on, code", this::decree);
    }

    Optional<DecreeView> find(String code) {
        return sql.first("select code, adopted_on, title_ru, title_ky, title_en, source from access.decree where code = ?", this::decree, code);
    }

    private DecreeView decree(Row row) {
        List<DecreeView.Edition> editions = sql.list("select number, first_day, text, source, registered_at from access.decree_edition where decree_code = ? order by number desc",
                one -> new DecreeView.Edition(one.number("number"), one.day("first_day"), one.text("text"), one.text("source"), one.instant("registered_at")), row.text("code"));
        return new DecreeView(row.text("code"), row.day("adopted_on"), Map.of(Language.RU, row.text("title_ru"), Language.KY, row.text("title_ky"), Language.EN, row.text("title_en")),
                row.text("source"), editions);
    }

    List<DecreeMatter> matters(Contour contour, int limit) {
        return sql.list("""
                select decree_code, edition, first_day, registered_at, text, connection_id, participant_id, procedure_code from access.decree_matter where contour = ?
                 order by first_day, decree_code, edition, connection_id limit ?""", row -> new DecreeMatter(row.text("decree_code"), row.number("edition"), row.day("first_day"),
                row.instant("registered_at"), row.text("text"), new ConnectionId(row.uuid("connection_id")), new ParticipantId(row.uuid("participant_id")), row.text("procedure_code")), contour, limit);
    }

    boolean open(String decree, int edition, ConnectionId connection, Contour contour) {
        return sql.exists("select from access.decree_matter where decree_code = ? and edition = ? and connection_id = ? and contour = ?", decree, edition, connection, contour);
    }

    void decide(String decree, int edition, ConnectionId connection, Contour contour, DecreeOutcome outcome, Optional<UUID> proposal, String reason, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into access.decree_decision (decree_code, edition, connection_id, number, contour, outcome, proposal_id, reason, at, actor, actor_role)
                    values (?, ?, ?, (select coalesce(max(number), 0) + 1 from access.decree_decision where decree_code = ? and edition = ? and connection_id = ?), ?, ?, ?, ?, ?, ?, ?)""", decree,
                    edition, connection, decree, edition, connection, contour, outcome, proposal, reason, at, by.account().orElseThrow(), by.role());
        } catch (SqlFailure e) {
            throw e.constraint().equals("decree_matter_open") || e.constraint().equals("decree_decision_pk") ? Refusal.of(DecreeRefusal.DECREE_MATTER_NOT_OPEN, "connection") : e;
        }
    }
}
