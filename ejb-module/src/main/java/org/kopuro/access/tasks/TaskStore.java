package org.kopuro.access.tasks;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.installation.Installation;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.participants.ParticipantId;

/**
 * Reads tasks from the rows that make them. {@code @name} is a parameter wherever it stands, and {@code OF(column)} a condition where one participant is asked for and nothing
 * else: so that the statement is planned for what is asked, and looks at the kinds that are asked for.
 */
@Dependent
class TaskStore {

    private static final Pattern NAME = Pattern.compile("@([a-z]+)");
    private static final Pattern OF = Pattern.compile("OF\\(([a-z_.]+)\\)");

    /** Connections that are not over. */
    private static final String LIVE = """
            with live as (
                select c.id, c.participant_id, c.procedure_code, c.state, c.announced_for, k.zone, (@moment::timestamptz at time zone k.zone)::date today
                  from access.connection c
                  join access.procedure p on p.code = c.procedure_code
                  join calendar.calendar k on k.code = p.calendar_code
                 where c.contour = @contour and c.state <> 'DISCONNECTED' OF(c.participant_id)),
            """;

    private static final String OBLIGATIONS = """
            select 'OBLIGATION' kind, 'OBLIGATION.' || o.id as key, o.participant_id, case o.about_kind when 'CONNECTION' then o.about_id else l.id end connection_id, o.procedure_code,
                   o.side owes, o.due_at, null::timestamptz effect_at, null::timestamptz told_at, o.about_kind, o.about_id, coalesce(r.number::text, g.number) subject, o.rule, o.missing_year
              from access.obligation o
              left join live l on (l.participant_id, l.procedure_code) = (o.participant_id, o.procedure_code)
              left join access.request r on o.about_kind = 'REQUEST' and r.id = o.about_id and r.contour = o.contour
              left join access.agreement g on o.about_kind = 'AGREEMENT' and g.id = o.about_id and g.contour = o.contour
             where o.contour = @contour and o.closed_at is null OF(o.participant_id)
            """;

    /** Told by any of the letters since it was announced first, as in access.told_at. */
    private static final String OF_CONNECTIONS = """
            select s.kind, s.kind || '.' || l.id as key, l.participant_id, l.id connection_id, l.procedure_code, case when t.at is null then 'AUTHORITY' end owes,
                   case when t.at is null then coalesce(t.due_at, l.announced_for) else l.announced_for end due_at, l.announced_for effect_at, t.at told_at, 'CONNECTION' about_kind,
                   l.id about_id, null subject, null rule, null::integer missing_year
              from live l
              cross join lateral (select case l.state when 'SUSPENSION_ANNOUNCED' then 'SUSPENSION' else 'TERMINATION' end kind) s
              cross join lateral (
                    select min(least(d.sent_at, n.read_at)) at, max(n.due_at) due_at
                      from access.connection_announcement x join notices.notice n on n.id = x.notice_id left join notices.delivery d on d.notice_id = n.id
                     where x.connection_id = l.id and x.number >= (
                           select max(e.number) from access.connection_event e where e.connection_id = l.id and e.event in ('ANNOUNCE_SUSPENSION', 'ANNOUNCE_TERMINATION'))) t
             where l.announced_for is not null
            """;

    /** What has begun long ago and was never told comes to an end here, too. */
    private static final String OF_SERVICES = """
            select x.kind, x.kind || '.' || x.id || '.' || l.id as key, l.participant_id, l.id connection_id, l.procedure_code, case when t.at is null then 'AUTHORITY' end owes,
                   case when t.at is null then coalesce(t.due_at, x.starts_at) else x.starts_at end due_at, x.starts_at effect_at, t.at told_at, 'ANNOUNCEMENT' about_kind, x.id about_id,
                   array_to_string(f.services, ', ') subject, null rule, null::integer missing_year
              from access.announcement x
              join access.announcement_affected f on f.announcement_id = x.id OF(f.participant_id)
              join live l on l.participant_id = f.participant_id and l.procedure_code = x.procedure_code
              left join (select n.about_id, n.participant_id, min(least(d.sent_at, n.read_at)) at, min(n.due_at) due_at
                           from notices.notice n left join notices.delivery d on d.notice_id = n.id
                          where n.about_kind = 'announcement' and n.kind in ('N16', 'N17', 'N18') OF(n.participant_id)
                            and n.about_id in (select c.id from access.announcement c where c.contour = @contour and c.starts_at > @moment::timestamptz - interval '92 days')
                          group by n.about_id, n.participant_id) t on t.about_id = x.id and t.participant_id = f.participant_id
             where x.contour = @contour and x.starts_at > @moment::timestamptz - interval '92 days' and (x.ends_at is null or x.ends_at > @moment::timestamptz)
               and not exists (select from access.announcement_end e where e.announcement_id = x.id)
               and (t.at is null or coalesce(x.ends_at, x.starts_at) > @moment::timestamptz)
            """;

    private static final String AGREEMENTS = """
            select 'AGREEMENT_ENDS' kind, 'AGREEMENT_ENDS.' || g.id as key, g.participant_id, l.id connection_id, g.procedure_code, 'PARTICIPANT' owes,
                   (g.last_day + 1)::timestamp at time zone k.zone due_at, (g.last_day + 1)::timestamp at time zone k.zone effect_at, (
                       select min(least(d.sent_at, n.read_at)) from notices.notice n left join notices.delivery d on d.notice_id = n.id
                        where n.about_kind = 'agreement' and n.about_id = g.id and n.kind = 'N19' and n.participant_id = g.participant_id
                          and starts_with(n.dedup_key, 'N19:agreement:' || g.id || ':' || to_char(g.last_day, 'YYYY-MM-DD') || ':')) told_at,
                   'AGREEMENT' about_kind, g.id about_id, g.number subject, null rule, null::integer missing_year
              from access.agreement g
              join access.procedure p on p.code = g.procedure_code
              join calendar.calendar k on k.code = p.calendar_code
              left join live l on (l.participant_id, l.procedure_code) = (g.participant_id, g.procedure_code)
             where g.contour = @contour and g.state in ('IN_FORCE', 'TERMINATION_ANNOUNCED') OF(g.participant_id)
               and exists (select from access.agreement_warning w where (w.agreement_id, w.last_day) = (g.id, g.last_day))
               and not exists (select from access.agreement n where n.participant_id = g.participant_id and n.procedure_code = g.procedure_code and n.state = 'IN_FORCE'
                                   and n.first_day = g.last_day + 1)
            """;

    private static final String DOCUMENTS = """
            select 'DOCUMENT_ENDS' kind, 'DOCUMENT_ENDS.' || d.document_id || '.' || l.id as key, l.participant_id, l.id connection_id, l.procedure_code, 'PARTICIPANT' owes,
                   (d.valid_to + 1)::timestamp at time zone l.zone due_at, (d.valid_to + 1)::timestamp at time zone l.zone effect_at, (
                       select min(least(v.sent_at, n.read_at)) from notices.notice n left join notices.delivery v on v.notice_id = n.id
                        where n.about_kind = 'product' and n.about_id = d.product_id and n.kind = 'N19' and starts_with(n.dedup_key, 'N19:product:' || d.document_id || ':')) told_at,
                   'PRODUCT' about_kind, d.product_id about_id, d.number subject, null rule, null::integer missing_year
              from (select distinct l.id, l.participant_id, l.procedure_code, l.zone, l.today, q.product_id, q.document_kind
                      from live l join access.product_requirement q on q.connection_id = l.id) l
              join access.product_document d on d.product_id = l.product_id and d.kind = l.document_kind and d.withdrawn_at is null
             where exists (select from access.product_document_warning w where w.document_id = d.document_id and w.procedure_code = l.procedure_code)
               and not exists (select from access.product_document f where f.product_id = d.product_id and f.kind = d.kind and f.withdrawn_at is null
                                   and coalesce(f.valid_to, 'infinity') > d.valid_to and f.valid_from <= greatest(d.valid_to + 1, l.today))
            """;

    private static final String DECREES = """
            select 'DECREE_CHANGED' kind, 'DECREE_CHANGED.' || m.decree_code || '.' || m.edition || '.' || l.id as key, l.participant_id, l.id connection_id, l.procedure_code, 'AUTHORITY' owes,
                   m.starts_at due_at, m.starts_at effect_at, null::timestamptz told_at, 'CONNECTION' about_kind, l.id about_id, m.decree_code subject, null rule, null::integer missing_year
              from access.decree_matter m join live l on l.id = m.connection_id
            """;

    private static final String STALE = """
            select s.code, s.procedure_code, e.due_at
              from access.service s
              left join lateral (
                    select greatest(e.at, (select max(c.at) from access.catalogue_confirmation c where c.service_code = e.service_code and c.revision = e.revision))
                           + e.confirm_within_days * interval '24 hours' due_at
                      from access.catalogue_entry e where e.service_code = s.code order by e.revision desc limit 1) e on true
             where e.due_at is null or e.due_at <= @moment::timestamptz
            """;
    private static final String ENTRIES = """
            select 'ENTRY_STALE' kind, 'ENTRY_STALE.' || s.code as key, null::uuid participant_id, null::uuid connection_id, s.procedure_code, 'AUTHORITY' owes, s.due_at,
                   null::timestamptz effect_at, null::timestamptz told_at, 'SERVICE' about_kind, null::uuid about_id, s.code subject, null rule, null::integer missing_year
              from (""" + STALE + ") s\n";
    /** Days of rights are those of this zone, whatever the procedure counts by. */
    private static final String ENTRIES_OF_ONE = """
            select distinct 'ENTRY_STALE' kind, 'ENTRY_STALE.' || s.code || '.' || l.id as key, l.participant_id, l.id connection_id, s.procedure_code, 'AUTHORITY' owes, s.due_at,
                   null::timestamptz effect_at, null::timestamptz told_at, 'SERVICE' about_kind, null::uuid about_id, s.code subject, null rule, null::integer missing_year
              from live l
              join access.access_right r on r.connection_id = l.id and r.revoked_at is null and @day::date between r.valid_from and coalesce(r.valid_to, 'infinity')
              join (""" + STALE + ") s on s.code = r.service_code\n";

    @Inject
    private Sql sql;

    /** @param official whoever sees what is only the authority's to decide */
    List<TaskView> open(TaskFilter filter, boolean official, Optional<ParticipantId> participant, Instant now, Optional<TaskPosition> after, int limit) {
        Map<String, Object> parameters = new HashMap<>(Map.of("contour", filter.contour(), "moment", now, "day", LocalDate.ofInstant(now, Installation.ZONE), "limit", limit));
        List<String> wanted = new ArrayList<>();
        participant.ifPresent(one -> parameters.put("participant", one));
        filter.connection().ifPresent(one -> want(wanted, parameters, "t.connection_id = @connection", "connection", one));
        filter.kind().ifPresent(one -> want(wanted, parameters, "t.kind = @kind", "kind", one));
        filter.owes().ifPresent(one -> want(wanted, parameters, "t.owes = @owes", "owes", one));
        filter.late().ifPresent(one -> want(wanted, parameters, "(t.owes is not null and coalesce(t.due_at <= @moment::timestamptz, false)) = @late", "late", one));
        after.ifPresent(one -> {
            parameters.put("due", one.dueAt());
            want(wanted, parameters, "(coalesce(t.due_at, '-infinity'), t.key) > (coalesce(@due::timestamptz, '-infinity'), @key)", "key", one.key());
        });
        String statement = LIVE + "task as (" + String.join("union all\n", branches(filter.kind(), official, participant.isPresent())) + ") select * from task t"
                + (wanted.isEmpty() ? "" : " where " + String.join(" and ", wanted)) + " order by coalesce(t.due_at, '-infinity'), t.key limit @limit";
        String named = OF.matcher(statement).replaceAll(participant.isPresent() ? "and $1 = @participant" : "");
        List<Object> values = NAME.matcher(named).results().map(name -> parameters.get(name.group(1))).toList();
        return sql.list(NAME.matcher(named).replaceAll("?"), TaskStore::task, values.toArray());
    }

    private static void want(List<String> wanted, Map<String, Object> parameters, String condition, String name, Object value) {
        wanted.add(condition);
        parameters.put(name, value);
    }

    private static Set<String> branches(Optional<TaskKind> kind, boolean official, boolean ofOne) {
        return kind.map(EnumSet::of).orElse(EnumSet.allOf(TaskKind.class)).stream().map(one -> switch (one) {
            case OBLIGATION -> OBLIGATIONS;
            case SUSPENSION, TERMINATION -> OF_CONNECTIONS;
            case OUTAGE, CHANGE -> OF_SERVICES;
            case AGREEMENT_ENDS -> AGREEMENTS;
            case DOCUMENT_ENDS -> DOCUMENTS;
            case DECREE_CHANGED -> official ? DECREES : DECREES + " where false\n";
            case ENTRY_STALE -> ofOne ? ENTRIES_OF_ONE : ENTRIES;
        }).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static TaskView task(Row row) {
        return new TaskView(row.as(TaskKind.class, "kind"), new TaskPosition(row.maybe("due_at", row::instant), row.text("key")), row.maybe("participant_id", row::uuid).map(ParticipantId::new),
                row.maybe("connection_id", row::uuid).map(ConnectionId::new), row.text("procedure_code"), row.maybe(DeadlineRule.Side.class, "owes"), row.maybe("effect_at", row::instant),
                row.maybe("told_at", row::instant), row.as(TaskView.AboutKind.class, "about_kind"), row.maybe("about_id", row::uuid), row.maybe("subject", row::text),
                row.maybe(DeadlineRule.class, "rule"), row.maybe("missing_year", row::number));
    }
}
