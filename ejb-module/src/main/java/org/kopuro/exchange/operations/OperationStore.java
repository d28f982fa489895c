package org.kopuro.exchange.operations;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;

/** Operations, and what is read of them. */
@Dependent
class OperationStore {

    /** Rows in memory at once. */
    private static final int FETCHED = 500;

    /** Health in the order of its key, so that two nodes that write the same rows do not wait for each other in a circle. */
    private static final String ADD = """
            with seen as (
                select u.occurrence, u.contour, u.subsystem_id, c.code, u.outcome = 'DISCLOSED' and m.fault_code is null as answered, m.*
                  from unnest(?::uuid[], ?::text[]::timestamptz[], ?::text[]::timestamptz[], ?::text[], ?::text[], ?::text[]::bigint[], ?::text[]::integer[],
                              ?::text[]::bigint[], ?::text[]::integer[], ?::text[], ?::text[]::integer[], ?::text[], ?::text[])
                       m (call, request_in, response_out, rest_method, rest_path, request_octets, request_attachments, response_octets, response_attachments, fault_code, status_code,
                          represented_class, represented_code)
                  join consent.usage u on u.occurrence = m.call
                  left join access.service c on c.code = u.service_code),
            added as (
                insert into exchange.operation (occurrence, contour, subsystem_id, service_code, recorded_at, request_in, response_out, protocol, rest_method, rest_path,
                                                request_octets, request_attachments, response_octets, response_attachments, fault_code, status_code,
                                                represented_class, represented_code, answered)
                select occurrence, contour, subsystem_id, code, date_trunc('second', ?::timestamptz), request_in, response_out, case when rest_method is null then 'SOAP' else 'REST' end,
                       rest_method, rest_path, request_octets, request_attachments, response_octets, response_attachments, fault_code, status_code,
                       represented_class, represented_code, answered
                  from seen
                on conflict do nothing)
            insert into exchange.service_health as h (contour, service_code, last_success)
            select contour, code, max(response_out) from seen where code is not null and answered group by contour, code order by contour, code
            on conflict on constraint service_health_pk do update set last_success = greatest(h.last_success, excluded.last_success)
            """;

    /** In the same order. */
    private static final String ADD_FAILED = """
            with seen as (
                select m.occurrence, k.contour, s.code, m.at
                  from unnest(?::uuid[], ?::bytea[], ?::text[], ?::text[]::timestamptz[]) m (occurrence, thumbprint, code, at)
                  join (select thumbprint, contour from participants.certificate union select thumbprint, contour from exchange.gateway) k on k.thumbprint = m.thumbprint
                  join access.service s on s.code = m.code),
            added as (
                insert into exchange.failed_call (occurrence, contour, service_code, at) select occurrence, contour, code, at from seen on conflict do nothing)
            insert into exchange.service_health as h (contour, service_code, last_failure)
            select contour, code, max(at) from seen group by contour, code order by contour, code
            on conflict on constraint service_health_pk do update set last_failure = greatest(h.last_failure, excluded.last_failure)
            """;

    private static final String RECORDS = """
            select extract(epoch from o.recorded_at)::bigint as second, (select jsonb_object_agg(f.key, f.value) from jsonb_each(jsonb_build_object(
                       'monitoringDataTs', extract(epoch from o.recorded_at)::bigint, 'securityServerType', 'Producer',
                       'requestInTs', (extract(epoch from o.request_in) * 1000)::bigint, 'responseOutTs', (extract(epoch from o.response_out) * 1000)::bigint,
                       'clientXRoadInstance', p.instance, 'clientMemberClass', p.member_class, 'clientMemberCode', p.member_code, 'clientSubsystemCode', nullif(s.code, ''),
                       'serviceXRoadInstance', ?::text, 'serviceMemberClass', ?::text, 'serviceMemberCode', ?::text, 'serviceSubsystemCode', ?::text,
                       'serviceCode', left(u.service_code, 255), 'serviceVersion', u.service_version, 'restMethod', o.rest_method, 'restPath', o.rest_path,
                       'representedPartyClass', o.represented_class, 'representedPartyCode', o.represented_code,
                       'messageId', left(u.message_id, 255), 'messageUserId', left(u.user_id, 255), 'messageIssue', left(u.issue, 255),
                       'messageProtocolVersion', case o.protocol when 'SOAP' then '4.0' else '1' end,
                       'requestSize', o.request_octets, 'requestAttachmentCount', o.request_attachments, 'responseSize', o.response_octets,
                       'responseAttachmentCount', o.response_attachments, 'succeeded', o.fault_code is null,
                       'serviceType', case o.protocol when 'SOAP' then 'WSDL' else 'OPENAPI3' end,
                       'faultCode', o.fault_code, 'faultString', case when o.fault_code is not null then u.outcome end, 'statusCode', o.status_code)) f
                   where f.value <> 'null' and (?::text[] = '{}' or f.key = any(?::text[])))::text as record
              from exchange.operation o
              join consent.usage u on u.occurrence = o.occurrence
              join participants.subsystem s on s.id = o.subsystem_id
              join participants.participant p on p.id = s.participant_id
             where o.contour = ? and o.recorded_at between date_trunc('second', ?::timestamptz) and ? and p.id = coalesce(?::uuid, p.id) and s.code = coalesce(?::text, s.code)
             order by o.recorded_at fetch first ? rows with ties""";

    private static final String HEALTH = """
            select h.service_code, h.last_success, h.last_failure, count(o.*) filter (where o.answered) as successes,
                   (select count(*) from exchange.failed_call f where f.contour = h.contour and f.service_code = h.service_code and f.at > ?::timestamptz) as failures,
                   min(m.ms) as duration_min, avg(m.ms) as duration_avg, max(m.ms) as duration_max, stddev_pop(m.ms) as duration_dev,
                   min(m.octets_in) as request_min, avg(m.octets_in) as request_avg, max(m.octets_in) as request_max, stddev_pop(m.octets_in) as request_dev,
                   min(m.octets_out) as response_min, avg(m.octets_out) as response_avg, max(m.octets_out) as response_max, stddev_pop(m.octets_out) as response_dev
              from exchange.service_health h
              left join exchange.operation o on o.contour = h.contour and o.service_code = h.service_code and o.recorded_at > ?::timestamptz
              left join lateral (select extract(epoch from o.response_out - o.request_in) * 1000 as ms, o.request_octets as octets_in, o.response_octets as octets_out
                                  where o.answered) m on true
             where h.contour = ?
             group by h.contour, h.service_code, h.last_success, h.last_failure order by h.service_code""";

    @Inject
    private Sql sql;

    void add(List<Operation> operations, Instant at) {
        if (!operations.isEmpty()) {
            sql.update(ADD, operations.stream().map(Operation::occurrence).toList(), texts(operations, Operation::requestIn), texts(operations, Operation::responseOut),
                    maybes(operations, one -> one.rest().map(Operation.RestCall::method)), maybes(operations, one -> one.rest().map(Operation.RestCall::path)),
                    texts(operations, one -> one.request().octets()), texts(operations, one -> one.request().attachments()),
                    texts(operations, one -> one.response().octets()), texts(operations, one -> one.response().attachments()),
                    maybes(operations, Operation::faultCode), texts(operations, Operation::status),
                    maybes(operations, one -> one.represented().flatMap(Operation.Represented::partyClass)), maybes(operations, one -> one.represented().map(Operation.Represented::partyCode)), at);
        }
    }

    void addFailed(List<FailedCall> calls) {
        if (!calls.isEmpty()) {
            sql.update(ADD_FAILED, calls.stream().map(FailedCall::occurrence).toList(), calls.stream().map(FailedCall::thumbprint).toArray(byte[][]::new),
                    calls.stream().map(FailedCall::service).toList(), calls.stream().map(call -> call.at().toString()).toList());
        }
    }

    void addStops(List<Stop> stops) {
        sql.batch("insert into exchange.stop_time (contour, kind, at, millis) values (?, ?, ?, ?)",
                stops.stream().map(stop -> new Object[] {stop.contour(), stop.kind(), stop.at(), Math.max(0, stop.millis())}).toList());
    }

    List<StopTimes> stopTimes(Contour contour, Instant since) {
        return sql.list("""
                select kind, count(*) as stops, percentile_disc(0.5) within group (order by millis) as p50, percentile_disc(0.99) within group (order by millis) as p99, max(millis) as most,
                       count(*) filter (where millis <= 100) as within_100, count(*) filter (where millis <= 300) as within_300,
                       count(*) filter (where millis <= 1000) as within_1000, count(*) filter (where millis <= 3000) as within_3000
                  from exchange.stop_time where contour = ? and at > ? group by kind order by kind""",
                row -> new StopTimes(row.as(StopKind.class, "kind"), row.large("stops"), row.number("p50"), row.number("p99"), row.number("most"), row.large("within_100"),
                        row.large("within_300"), row.large("within_1000"), row.large("within_3000")), contour, since);
    }

    private static List<String> texts(List<Operation> operations, Function<Operation, Object> value) {
        return operations.stream().map(value).map(String::valueOf).toList();
    }

    private static String[] maybes(List<Operation> operations, Function<Operation, Optional<String>> value) {
        return operations.stream().map(value).map(maybe -> maybe.orElse(null)).toArray(String[]::new);
    }

    /** @param until the newest second that may be read */
    Operations.Page read(OperationFilter filter, Provider provider, Instant until, int most, Consumer<String> record) {
        String[] fields = filter.fields().toArray(String[]::new);
        long[] last = new long[1];
        int[] count = new int[1];
        sql.each(FETCHED, RECORDS, row -> {
            last[0] = row.large("second");
            count[0]++;
            record.accept(row.text("record"));
        }, provider.instance(), provider.memberClass(), provider.memberCode(), provider.subsystem(), fields, fields, filter.contour(), filter.from(),
                filter.to().isBefore(until) ? filter.to() : until, filter.participant(), filter.subsystem(), most);
        return new Operations.Page(count[0], count[0] < most ? Optional.empty() : Optional.of(Instant.ofEpochSecond(last[0] + 1)));
    }

    /** As whose the services are offered. */
    record Provider(String instance, String memberClass, String memberCode, String subsystem) {
    }

    List<ServiceHealth> health(Contour contour, Instant since, Duration period) {
        return sql.list(HEALTH, row -> new ServiceHealth(row.text("service_code"), row.maybe("last_success", row::instant), row.maybe("last_failure", row::instant), period,
                row.large("successes"), row.large("failures"), spread(row, "duration"), spread(row, "request"), spread(row, "response")), since, since, contour);
    }

    private static Optional<ServiceHealth.Spread> spread(Row row, String of) {
        return row.maybe(of + "_min", column -> new ServiceHealth.Spread(Math.round(number(row, column)), number(row, of + "_avg"), Math.round(number(row, of + "_max")), number(row, of + "_dev")));
    }

    private static double number(Row row, String column) {
        return Double.parseDouble(row.text(column));
    }

    int forget(Instant before, int most) {
        sql.update("delete from exchange.failed_call where occurrence in (select occurrence from exchange.failed_call where at < ? limit ?)", before, most);
        sql.update("delete from exchange.stop_time where id in (select id from exchange.stop_time where at < ? limit ?)", before, most);
        return sql.update("delete from exchange.operation where occurrence in (select occurrence from exchange.operation where recorded_at < ? limit ?)", before, most);
    }
}
