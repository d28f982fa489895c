package org.kopuro.access.monitoring;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.AccessRefusal;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;

@Dependent
class ThresholdStore {

    @Inject
    private Sql sql;

    void add(UUID id, NewThreshold threshold, Contour contour, Instant effectiveFrom, Instant at, Actor by) {
        try {
            Ceilings ceilings = threshold.ceilings();
            sql.update("""
                    insert into access.threshold (id, contour, service_code, subsystem_id, effective_from, calls_per_second, calls_per_hour, calls_per_day, taxpayers_per_day,
                                                  reason, set_at, actor, actor_role)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, contour, threshold.service(), threshold.subsystem(), effectiveFrom, ceilings.callsPerSecond(),
                    ceilings.callsPerHour(), ceilings.callsPerDay(), ceilings.taxpayersPerDay(), threshold.reason(), at, by.account(), by.role());
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "threshold_unique" -> Refusal.of(InputRefusal.FIELD_INVALID, "effectiveFrom");
                case "service_of_exchange" -> Refusal.of(AccessRefusal.SERVICE_NOT_OF_THE_EXCHANGE, "service", threshold.service());
                default -> e;
            };
        }
    }

    ThresholdView get(UUID id) {
        return sql.one("select * from access.threshold where id = ?", ThresholdStore::threshold, id);
    }

    /** The newest first. */
    List<ThresholdView> list(Contour contour, Optional<String> service, long before, int limit) {
        return sql.list("select * from access.threshold where contour = ? and (?::text is null or service_code = ?) and number < ? order by number desc limit ?",
                ThresholdStore::threshold, contour, service, service, before, limit);
    }

    /** Of each service and subsystem the one that holds at a moment: what an official set or, where nobody has set a default, the one that ships. */
    List<ThresholdView> inForce(Instant at) {
        return sql.list("""
                with chosen as (
                    select distinct on (contour, service_code, subsystem_id) * from access.threshold where effective_from <= ?
                     order by contour, service_code, subsystem_id, effective_from desc)
                select id, number, contour::text contour, service_code, subsystem_id, effective_from, calls_per_second, calls_per_hour, calls_per_day, taxpayers_per_day, reason, set_at from chosen
                union all
                select u.id, 0, c.contour, x.service_code, null, u.effective_from, u.calls_per_second, u.calls_per_hour, u.calls_per_day, null, '', u.effective_from
                  from (select distinct on (kind) * from access.usual_threshold where effective_from <= ? order by kind, effective_from desc) u
                  join (select code, 'SERVICE' from access.service where kind = 'EXCHANGE' union all select kind, kind from (values ('*applicants'), ('*transfers')) v (kind)) x (service_code, kind) on x.kind = u.kind
                 cross join (values ('TEST'), ('PRODUCTION')) c (contour)
                 where not exists (select from chosen h where h.contour = c.contour and h.service_code = x.service_code and h.subsystem_id is null)""",
                ThresholdStore::threshold, at, at);
    }

    private static ThresholdView threshold(Row row) {
        return new ThresholdView(row.uuid("id"), row.large("number"), row.as(Contour.class, "contour"), row.text("service_code"),
                row.maybe("subsystem_id", row::uuid).map(SubsystemId::new), row.instant("effective_from"),
                new Ceilings(row.maybe("calls_per_second", row::number), row.maybe("calls_per_hour", row::number), row.maybe("calls_per_day", row::number),
                        row.maybe("taxpayers_per_day", row::number)), row.text("reason"), row.instant("set_at"));
    }
}
