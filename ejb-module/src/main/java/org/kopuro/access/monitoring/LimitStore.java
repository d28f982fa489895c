package org.kopuro.access.monitoring;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;

/** What the nodes tell each other. */
@Dependent
class LimitStore {

    @Inject
    private Sql sql;

    void add(List<AdmittedCalls> calls) {
        if (!calls.isEmpty()) {
            // In the order of the key, so that two nodes do not wait for each other in a circle.
            sql.update("""
                    insert into access.admitted as a (hour, contour, subsystem_id, service_code, calls)
                    select * from unnest(?::text[]::timestamptz[], ?::text[], ?::uuid[], ?::text[], ?::text[]::bigint[]) order by 1, 2, 3, 4
                    on conflict on constraint admitted_pk do update set calls = a.calls + excluded.calls""",
                    calls.stream().map(one -> one.hour().toString()).toList(), calls.stream().map(one -> one.caller().contour().name()).toList(),
                    calls.stream().map(one -> one.caller().subsystem()).toList(), calls.stream().map(one -> one.caller().service()).toList(),
                    calls.stream().map(one -> String.valueOf(one.calls())).toList());
        }
    }

    /** Each node has rows of its own. */
    void addUnknownTokens(List<UnknownTokenCount> counts, Instant since) {
        sql.batch("""
                insert into access.unknown_token as u (node, minute, contour, subsystem_id, tokens) values (?, ?, ?, ?, ?)
                on conflict on constraint unknown_token_pk do update set tokens = excluded.tokens where u.tokens < excluded.tokens""",
                counts.stream().map(one -> new Object[] {one.node(), one.minute(), one.contour(), one.subsystem(), one.tokens()}).toList());
        sql.update("delete from access.unknown_token where minute < ?", since.minus(UnknownTokens.FORGIVEN_IN));
    }

    List<UnknownTokenCount> unknownTokens(Instant since) {
        return sql.list("select node, minute, contour, subsystem_id, tokens from access.unknown_token where minute >= ?", row -> new UnknownTokenCount(row.uuid("node"),
                row.instant("minute"), row.as(Contour.class, "contour"), row.uuid("subsystem_id"), row.number("tokens")), since);
    }

    Map<Caller, LimitReading.Total> totals(Instant day, Instant hour, Instant nextDay) {
        Map<Caller, LimitReading.Total> totals = new HashMap<>();
        sql.each("""
                select contour, subsystem_id, service_code, sum(calls) today, coalesce(sum(calls) filter (where hour = ?), 0) this_hour
                  from access.admitted where hour >= ? and hour < ? group by contour, subsystem_id, service_code""",
                row -> totals.put(caller(row), new LimitReading.Total(row.large("this_hour"), row.large("today"))), hour, day, nextDay);
        return totals;
    }

    /** Of whom the services named have disclosed something. */
    Map<Caller, List<Long>> taxpayers(List<String> services, Instant from, Instant to) {
        Map<Caller, List<Long>> taxpayers = new HashMap<>();
        sql.each("""
                select distinct contour, subsystem_id, service_code, asked_inn::text inn from consent.usage
                 where at >= ? and at < ? and service_code = any(?) and asked_inn is not null and outcome = 'DISCLOSED'""",
                row -> taxpayers.computeIfAbsent(caller(row), one -> new ArrayList<>()).add(Long.valueOf(row.text("inn"))), from, to, services);
        return taxpayers;
    }

    private static Caller caller(Row row) {
        return new Caller(row.as(Contour.class, "contour"), row.uuid("subsystem_id"), row.text("service_code"));
    }
}
