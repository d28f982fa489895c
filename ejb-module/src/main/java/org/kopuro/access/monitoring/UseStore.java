package org.kopuro.access.monitoring;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/** Counted use. Who called what, and how it ended, comes from the usage entries, so that it cannot differ from them. */
@Dependent
class UseStore {

    /** In the order of the key, so that two nodes that add to the same rows do not wait for each other in a circle. */
    private static final String COUNT = """
            insert into access.service_use as s (contour, participant_id, subsystem_id, hour, service_code, outcome, calls, latency_ms, latency_ms_max,
                                                 within_100_ms, within_300_ms, within_1_s, within_3_s, octets_in, octets_out)
            select u.contour, u.participant_id, u.subsystem_id, date_trunc('hour', u.at, 'UTC') h, c.code, u.outcome, count(*), sum(m.ms), max(m.ms),
                   count(*) filter (where m.ms <= 100), count(*) filter (where m.ms <= 300), count(*) filter (where m.ms <= 1000), count(*) filter (where m.ms <= 3000),
                   sum(m.octets_in), sum(m.octets_out)
              from unnest(?::uuid[], ?::text[]::integer[], ?::text[]::bigint[], ?::text[]::bigint[]) m (occurrence, ms, octets_in, octets_out)
              join consent.usage u on u.occurrence = m.occurrence
              left join access.service c on c.code = u.service_code
             group by u.contour, u.participant_id, u.subsystem_id, h, c.code, u.outcome
             order by u.contour, u.subsystem_id, h, c.code, u.outcome
            on conflict on constraint service_use_unique do update set
                   calls = s.calls + excluded.calls, latency_ms = s.latency_ms + excluded.latency_ms, latency_ms_max = greatest(s.latency_ms_max, excluded.latency_ms_max),
                   within_100_ms = s.within_100_ms + excluded.within_100_ms, within_300_ms = s.within_300_ms + excluded.within_300_ms,
                   within_1_s = s.within_1_s + excluded.within_1_s, within_3_s = s.within_3_s + excluded.within_3_s,
                   octets_in = s.octets_in + excluded.octets_in, octets_out = s.octets_out + excluded.octets_out
            """;

    private static final String RATES = """
            with counted as (
                select participant_id, service_code, sum(calls) calls, coalesce(sum(calls) filter (where outcome = any (?)), 0) unavailable,
                       sum(calls) filter (where outcome = 'DISCLOSED') disclosed, sum(calls - within_3_s) slow
                  from access.service_use
                 where contour = ? and hour >= ? and hour < ? and (?::text is null or service_code = ?) %s
                 group by participant_id, service_code),
            judged as (
                select participant_id, service_code, calls, unavailable, calls - unavailable - coalesce(disclosed, 0) errors, slow from counted),
            worst as (
                select participant_id, sum(calls) calls, sum(errors) / sum(calls) share from judged
                 group by participant_id having sum(calls) >= ? order by share desc, calls desc, participant_id limit ?)
            select participant_id, service_code, j.calls, j.errors, j.unavailable, j.slow from worst w join judged j using (participant_id)
             order by w.share desc, w.calls desc, participant_id, service_code nulls last
            """;

    @Inject
    private Sql sql;

    void count(List<MeasuredCall> calls) {
        if (!calls.isEmpty()) {
            sql.update(COUNT, calls.stream().map(MeasuredCall::occurrence).toList(), numbers(calls, MeasuredCall::latencyMillis), numbers(calls, MeasuredCall::octetsIn),
                    numbers(calls, MeasuredCall::octetsOut));
        }
    }

    private static List<String> numbers(List<MeasuredCall> calls, Function<MeasuredCall, Integer> number) {
        return calls.stream().map(number).map(String::valueOf).toList();
    }

    List<UseView> list(UseFilter filter, long after, int limit) {
        return sql.list("""
                select * from access.service_use
                 where contour = ? and hour >= ? and hour < ? and participant_id = coalesce(?::uuid, participant_id) and (?::text is null or service_code = ?) and id > ?
                 order by id limit ?""", UseStore::use, filter.contour(), filter.from(), filter.to(), filter.participant(), filter.service(), filter.service(), after, limit);
    }

    List<ParticipantRates> rates(UseFilter filter, int atLeast, int limit) {
        Map<ParticipantId, List<ParticipantRates.ServiceRate>> found = new LinkedHashMap<>();
        sql.each(rates(filter), row -> found.computeIfAbsent(new ParticipantId(row.uuid("participant_id")), id -> new ArrayList<>()).add(
                new ParticipantRates.ServiceRate(row.maybe("service_code", row::text),
                        new Rate(row.large("calls"), row.large("errors"), row.large("unavailable"), row.large("slow")))), parameters(filter, atLeast, limit));
        return found.entrySet().stream().map(one -> new ParticipantRates(one.getKey(), one.getValue())).toList();
    }

    /** The participant is named in the statement or is not in it: so that its index serves, whichever plan is kept. */
    static String rates(UseFilter filter) {
        return RATES.formatted(filter.participant().map(one -> "and participant_id = ?").orElse(""));
    }

    static Object[] parameters(UseFilter filter, int atLeast, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(Uses.SWITCHED_OFF, filter.contour(), filter.from(), filter.to(), filter.service(), filter.service()));
        filter.participant().ifPresent(parameters::add);
        parameters.addAll(List.of(atLeast, limit));
        return parameters.toArray();
    }

    private static UseView use(Row row) {
        return new UseView(row.large("id"), row.instant("hour"), new ParticipantId(row.uuid("participant_id")), new SubsystemId(row.uuid("subsystem_id")),
                row.maybe("service_code", row::text), row.text("outcome"), row.large("calls"), row.large("latency_ms"), row.number("latency_ms_max"),
                row.large("within_100_ms"), row.large("within_300_ms"), row.large("within_1_s"), row.large("within_3_s"), row.large("octets_in"), row.large("octets_out"));
    }
}
