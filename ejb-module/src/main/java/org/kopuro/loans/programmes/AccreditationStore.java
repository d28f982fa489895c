package org.kopuro.loans.programmes;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Which bank is accredited to what, and when. */
@Dependent
class AccreditationStore {

    private static final String SELECT = """
            select a.id, a.bank_id, p.full_name bank_name, a.programme, a.first_day, a.last_day, a.reason, a.given_at, a.given_by, a.ended_at, a.ended_by, a.end_reason
              from loans.accreditation a join participants.participant p on p.id = a.bank_id
            """;

    @Inject
    private Sql sql;

    Map<String, List<Period>> of(UUID bank, Contour contour) {
        Map<String, List<Period>> all = new HashMap<>();
        sql.each("select programme, first_day, last_day from loans.accreditation where bank_id = ? and contour = ? and (last_day is null or last_day >= first_day) order by first_day",
                row -> all.computeIfAbsent(row.text("programme"), code -> new ArrayList<>()).add(period(row)), bank, contour);
        return all;
    }

    List<AccreditationView> list(String programme, Contour contour, int limit) {
        return sql.list(SELECT + "where a.programme = ? and a.contour = ? order by a.first_day desc, a.id limit ?", AccreditationStore::view, programme, contour, limit);
    }

    List<AccreditableBank> banks(Contour contour, int limit) {
        return sql.list("""
                select p.id, p.full_name from participants.participant p
                 where exists (select from access.connection c where c.participant_id = p.id and c.contour = ? and c.procedure_code in (select g.procedure_code from loans.programme g))
                 order by p.full_name, p.id limit ?""", row -> new AccreditableBank(row.uuid("id"), row.text("full_name")), contour, limit);
    }

    Optional<AccreditationView> find(UUID id, String programme, Contour contour) {
        return sql.first(SELECT + "where a.id = ? and a.programme = ? and a.contour = ?", AccreditationStore::view, id, programme, contour);
    }

    UUID add(UUID bank, String programme, Contour contour, Period period, String reason, Instant at, Actor by) {
        UUID id = UUID.randomUUID();
        try {
            sql.update("""
                    insert into loans.accreditation (id, contour, bank_id, programme, first_day, last_day, reason, given_at, given_by, giver_role) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, contour,
                    bank, programme, period.from(), period.to(), reason, at, by.account().orElseThrow(), by.role());
            return id;
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "accreditation_once" -> Refusal.of(ProgrammeRefusal.ACCREDITATION_OVERLAPS, "from");
                case "accreditation_bank_fk" -> Refusal.of(ProgrammeRefusal.BANK_UNKNOWN, "bank");
                default -> e;
            };
        }
    }

    void end(UUID id, Contour contour, LocalDate lastDay, String reason, Instant at, Actor by) {
        try {
            sql.update("update loans.accreditation set last_day = ?, ended_at = ?, ended_by = ?, ender_role = ?, end_reason = ? where id = ? and contour = ?", lastDay, at, by.account().orElseThrow(),
                    by.role(), reason, id, contour);
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "accreditation_ended_once" -> Refusal.of(ProgrammeRefusal.ACCREDITATION_ENDED_ALREADY, "accreditation");
                case "accreditation_period_check" -> Refusal.of(InputRefusal.FIELD_INVALID, "lastDay");
                default -> e;
            };
        }
    }

    private static Period period(Row row) {
        return new Period(row.day("first_day"), row.maybe("last_day", row::day));
    }

    private static AccreditationView view(Row row) {
        return new AccreditationView(row.uuid("id"), row.uuid("bank_id"), row.text("bank_name"), row.text("programme"), period(row), row.text("reason"), row.instant("given_at"),
                row.uuid("given_by"), row.maybe("ended_at", row::instant), row.maybe("ended_by", row::uuid), row.maybe("end_reason", row::text));
    }
}
