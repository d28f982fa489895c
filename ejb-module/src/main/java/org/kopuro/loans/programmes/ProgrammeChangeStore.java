package org.kopuro.loans.programmes;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Proposed changes of programmes. */
@Dependent
class ProgrammeChangeStore {

    private static final String SELECT = """
            select id, programme, duplicate_policy, regulator_code, sector, entry_point, active_to, reason, proposed_at, proposed_by, outcome, decided_at, decided_by, remark from loans.programme_change
            """;

    /** A lock that was waited for too long, or one in a circle. */
    private static final Set<String> LOCKED = Set.of("55P03", "40P01");

    @Inject
    private Sql sql;

    List<ProgrammeChangeView> of(String programme, int limit) {
        return sql.list(SELECT + "where programme = ? order by proposed_at desc, id limit ?", ProgrammeChangeStore::view, programme, limit);
    }

    Optional<ProgrammeChangeView> find(String programme, UUID id) {
        return sql.first(SELECT + "where programme = ? and id = ?", ProgrammeChangeStore::view, programme, id);
    }

    UUID add(String programme, ProgrammeChange change, String reason, Instant at, Actor by) {
        UUID id = UUID.randomUUID();
        try {
            sql.update("""
                    insert into loans.programme_change (id, programme, duplicate_policy, regulator_code, sector, entry_point, active_to, reason, proposed_at, proposed_by, proposer_role)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, programme, change.duplicatePolicy(), change.regulator(), change.sector(), change.entryPoint(), change.activeTo(), reason, at,
                    by.account().orElseThrow(), by.role());
            return id;
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "programme_change_open_unique" -> Refusal.of(ProgrammeRefusal.PROGRAMME_CHANGE_PROPOSED_ALREADY, "programme");
                case "programme_change_regulator_fk" -> Refusal.of(ProgrammeRefusal.PROGRAMME_REFERS_TO_NOTHING, "regulator");
                default -> e;
            };
        }
    }

    void decide(UUID id, RuleSetView.Outcome outcome, Optional<String> remark, Instant at, Actor by) {
        try {
            sql.update("update loans.programme_change set outcome = ?, decided_at = ?, decided_by = ?, decider_role = ?, remark = ? where id = ?", outcome, at, by.account().orElseThrow(), by.role(),
                    remark, id);
        } catch (SqlFailure e) {
            throw e.constraint().equals("programme_change_decided_once") ? Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", "DECIDED", outcome) : e;
        }
    }

    /** Whoever counts applicants follows in the same statement, or breaks (decision 0037). */
    void apply(UUID id) {
        try {
            // Entries that are under way keep it waiting, and it keeps those that come.
            sql.call("select set_config('lock_timeout', '5s', true)");
            sql.update("""
                    update loans.programme p
                       set duplicate_policy = coalesce(c.duplicate_policy, p.duplicate_policy), regulator_code = coalesce(c.regulator_code, p.regulator_code), sector = coalesce(c.sector, p.sector),
                           entry_point = coalesce(c.entry_point, p.entry_point), active_to = coalesce(c.active_to, p.active_to)
                      from loans.programme_change c where c.id = ? and p.code = c.programme""", id);
        } catch (SqlFailure e) {
            if (e.constraint().equals("applicant_blocked")) {
                throw Refusal.of(ProgrammeRefusal.DUPLICATES_THERE_ALREADY, "duplicatePolicy");
            }
            throw LOCKED.contains(e.state()) ? Refusal.of(ProgrammeRefusal.PROGRAMME_BUSY, "programme") : e;
        }
    }

    private static ProgrammeChangeView view(Row row) {
        return new ProgrammeChangeView(row.uuid("id"), row.text("programme"), new ProgrammeChange(row.maybe(DuplicatePolicy.class, "duplicate_policy"), row.maybe("regulator_code", row::text),
                row.maybe("sector", row::text), row.maybe(EntryPoint.class, "entry_point"), row.maybe("active_to", row::day)), row.text("reason"), row.instant("proposed_at"), row.uuid("proposed_by"),
                row.maybe(RuleSetView.Outcome.class, "outcome"), row.maybe("decided_at", row::instant), row.maybe("decided_by", row::uuid), row.maybe("remark", row::text));
    }
}
