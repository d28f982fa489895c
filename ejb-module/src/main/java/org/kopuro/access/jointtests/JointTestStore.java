package org.kopuro.access.jointtests;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.kopuro.access.conformance.ConformanceRefusal;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.ScenarioResult;
import org.kopuro.access.conformance.Verdict;
import org.kopuro.installation.Installation;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/** Accepted reports and passes. */
@Dependent
class JointTestStore {

    @Inject
    private Sql sql;

    /** A service under a procedure at a major version that TEST serves, and since when. */
    record Offered(TestedVersion tested, Instant since) {
    }

    /** What is served longest first; a report is of calls through the exchange. */
    List<Offered> offered(String service, String procedure) {
        // An instant of Java knows no -infinity.
        return sql.list("""
                select s.code, m.major_version major, greatest(m.since, '0001-01-01 00:00Z') since
                  from access.service s join access.served_major m on m.service_code = s.code and m.contour = 'TEST'
                 where s.code = ? and s.procedure_code = ? and s.kind = 'EXCHANGE' order by m.since, m.major_version""",
                row -> new Offered(new TestedVersion(row.text("code"), row.text("major")), row.instant("since")), service, procedure);
    }

    /** By the rule of the moment's day; what the catalogue does not know takes none. */
    boolean takesToken(String service, Instant at) {
        return sql.first("select token_rule <> 'NOT_USED' taken from access.service_rule where service_code = ? and effective_from <= ? order by effective_from desc limit 1",
                row -> row.flag("taken"), service, LocalDate.ofInstant(at, Installation.ZONE)).orElse(false);
    }

    /** Of the subsystem in TEST, as the ledger tells them; entries of others are as if they were not there. */
    List<LedgerCall> calls(SubsystemId subsystem, Collection<UUID> entries) {
        return entries.isEmpty() ? List.of() : sql.list("""
                select e.id, e.content::json -> 'data' ->> 'service' service,
                       case e.content::json -> 'data' ->> 'outcome' when 'DISCLOSED' then ? else e.content::json -> 'data' ->> 'outcome' end outcome,
                       u.message_id, (e.content::json ->> 'at')::timestamptz as at, o.protocol, access.major_version(e.content::json -> 'data' ->> 'serviceVersion') major
                  from ledger.entry e join consent.usage u on (u.occurrence, u.contour) = (e.id, e.contour)
                  left join exchange.operation o on (o.occurrence, o.contour) = (e.id, e.contour)
                 where e.id = any (?) and e.contour = ? and u.subsystem_id = ? and e.content::json -> 'data' ->> 'subsystem' = u.subsystem_id::text""",
                row -> new LedgerCall(row.uuid("id"), row.text("service"), row.text("outcome"), row.text("message_id"), row.instant("at"),
                        row.maybe(MessageProtocol.class, "protocol"), row.maybe("major", row::text)),
                ForwardedCall.ANSWERED, entries, Contour.TEST, subsystem);
    }

    void add(UUID request, ParticipantId participant, String procedure, AcceptedReport report, List<ScenarioResult> results) {
        sql.update("""
                insert into access.conformance_report (document_id, request_id, contour, participant_id, subsystem_id, thumbprint, harness, catalogue, started_at, finished_at, accepted_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", report.document(), request, Contour.TEST, participant, report.subsystem(), HexFormat.of().parseHex(report.thumbprint()),
                report.harness(), report.catalogue(), report.startedAt(), report.finishedAt(), report.acceptedAt());
        sql.batch("insert into access.conformance_scenario (document_id, scenario, verdict, calls) values (?, ?, ?, ?)", report.scenarios().stream()
                .map(one -> new Object[] {report.document(), one.scenario().id(), one.verdict(), one.calls()}).toList());
        sql.batch("insert into access.conformance_service (document_id, procedure_code, service_code, major_version, answered) values (?, ?, ?, ?, ?)", report.services().stream()
                .map(one -> new Object[] {report.document(), procedure, one.tested().service(), one.tested().majorVersion(), one.answered()}).toList());
        addCalls(report.document(), results);
    }

    private void addCalls(UUID document, List<ScenarioResult> results) {
        List<Object[]> rows = new ArrayList<>();
        for (ScenarioResult result : results) {
            for (ForwardedCall call : result.calls()) {
                call.ledgerEntry().ifPresent(entry ->
                        rows.add(new Object[] {UUID.fromString(entry), Contour.TEST, document, result.scenario().id(), call.service(), call.outcome()}));
            }
        }
        // In one order, so that of two reports with the same entries one waits and none dies.
        rows.sort((one, other) -> ((UUID) one[0]).compareTo((UUID) other[0]));
        try {
            sql.batch("insert into access.conformance_call (ledger_entry, contour, document_id, scenario, service_code, outcome) values (?, ?, ?, ?, ?, ?)", rows);
        } catch (SqlFailure e) {
            throw e.constraint().equals("conformance_call_pk") ? Refusal.of(ConformanceRefusal.REPORT_REUSED, "report") : e;
        }
    }

    List<AcceptedReport> reports(UUID request) {
        return sql.list("""
                select document_id, subsystem_id, thumbprint, harness, catalogue, started_at, finished_at, accepted_at,
                       -- The entry that was written with it says it; those of before there was REST do not.
                       coalesce((select e.content::json -> 'data' ->> 'protocol' from ledger.entry e where e.record_id = r.request_id and e.record_id <> e.id
                                    and e.content::json ->> 'type' = 'access.conformance_report_accepted' and e.content::json -> 'data' ->> 'document' = r.document_id::text), 'SOAP') protocol
                  from access.conformance_report r where request_id = ? order by accepted_at, document_id""",
                row -> new AcceptedReport(row.uuid("document_id"), new SubsystemId(row.uuid("subsystem_id")), row.as(MessageProtocol.class, "protocol"),
                        HexFormat.of().formatHex(row.octets("thumbprint")), row.text("harness"),
                        row.number("catalogue"), row.instant("started_at"), row.instant("finished_at"), row.instant("accepted_at"), scenarios(row.uuid("document_id")),
                        services(row.uuid("document_id"))), request);
    }

    private List<AcceptedReport.OfScenario> scenarios(UUID document) {
        return sql.list("select scenario, verdict, calls from access.conformance_scenario where document_id = ? order by scenario",
                row -> new AcceptedReport.OfScenario(Scenario.of(row.text("scenario")).orElseThrow(), row.as(Verdict.class, "verdict"), row.number("calls")), document);
    }

    private List<AcceptedReport.Shown> services(UUID document) {
        return sql.list("select service_code, major_version, answered from access.conformance_service where document_id = ? order by service_code, major_version",
                row -> new AcceptedReport.Shown(new TestedVersion(row.text("service_code"), row.text("major_version")), row.number("answered")), document);
    }

    boolean anythingShown(UUID request) {
        return sql.exists("select from access.conformance_report where request_id = ?", request)
                || sql.exists("select from access.request_document where request_id = ? and kind = 'SCREEN_FORM'", request);
    }

    boolean shownServicesNamed(UUID request) {
        return sql.exists("select from access.conformance_report where request_id = ?", request) || sql.exists("select from access.request_service where request_id = ?", request);
    }

    /** Of services that only screen forms show: those whose shown major version TEST does not serve any more, or has served only since the request was filed. */
    List<String> superseded(UUID request) {
        return sql.list("""
                select distinct w.service_code from access.request_service w join access.request q on q.id = w.request_id
                 where q.id = ? and not exists (select from access.shown_major(q.id, w.subsystem_id, w.service_code))
                   and exists (select from access.request_document d where d.request_id = q.id and d.kind = 'SCREEN_FORM')
                   and not exists (select from access.conformance_report r join access.conformance_service t on t.document_id = r.document_id
                                    where r.request_id = q.id and r.subsystem_id = w.subsystem_id and t.service_code = w.service_code)
                 order by 1""", row -> row.text("service_code"), request);
    }

    /** What reports have shown, and what screen forms have shown beyond that. */
    List<TestedVersion> pass(UUID request, Instant at) {
        return sql.list("""
                with shown as (
                    select q.id request_id, q.participant_id, q.procedure_code, r.subsystem_id, t.service_code, t.major_version, r.document_id
                      from access.request q join access.conformance_report r on r.request_id = q.id join access.conformance_service t on t.document_id = r.document_id
                     where q.id = ?),
                passed as (
                    select distinct on (subsystem_id, service_code, major_version) * from (
                        select * from shown
                        union all
                        select q.id, q.participant_id, q.procedure_code, w.subsystem_id, w.service_code, m.major_version, null
                          from access.request q join access.request_service w on w.request_id = q.id cross join lateral access.shown_major(q.id, w.subsystem_id, w.service_code) m
                         where q.id = ? and exists (select from access.request_document d where d.request_id = q.id and d.kind = 'SCREEN_FORM')
                           and not exists (select from shown where (shown.subsystem_id, shown.service_code) = (w.subsystem_id, w.service_code))) every
                     order by subsystem_id, service_code, major_version, document_id)
                insert into access.joint_test_pass (request_id, participant_id, procedure_code, subsystem_id, service_code, major_version, document_id, passed_at)
                select request_id, participant_id, procedure_code, subsystem_id, service_code, major_version, document_id, ?::timestamptz from passed
                returning service_code, major_version""",
                row -> new TestedVersion(row.text("service_code"), row.text("major_version")), request, request, at);
    }

    List<TestedVersion> passed(UUID request) {
        return sql.list("select distinct service_code, major_version from access.joint_test_pass where request_id = ? order by 1, 2",
                row -> new TestedVersion(row.text("service_code"), row.text("major_version")), request);
    }

    /** Those services that were passed at no major version that PRODUCTION serves, with the newest of these. */
    List<TestedVersion> missing(ParticipantId participant, String procedure, Collection<String> services) {
        return sql.list("""
                select s.code, coalesce(n.major_version, access.major_version(s.version)) major from access.service s
                  left join lateral access.newest_major(s.code, 'PRODUCTION') n on true
                 where s.code = any (?) and not exists (select from access.joint_test_pass t
                       join access.served_major m on m.service_code = t.service_code and m.contour = 'PRODUCTION' and m.major_version = t.major_version
                       where t.participant_id = ? and t.procedure_code = ? and t.service_code = s.code)
                 order by s.code""", row -> new TestedVersion(row.text("code"), row.text("major")), services, participant, procedure);
    }
}
