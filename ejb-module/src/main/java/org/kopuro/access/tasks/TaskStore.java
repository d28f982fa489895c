package org.kopuro.access.tasks;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.participants.ParticipantId;

/** Reads tasks from the rows that make them. */
@Dependent
class TaskStore {

    /** What is asked, named once. */
    private static final String ASKED = """
            with asked as (
                select ?::text contour, ?::uuid participant, ?::uuid connection, ?::text kind, ?::text owes, ?::boolean late, ?::timestamptz as moment, ?::boolean later, ?::timestamptz after_due,
                       ?::text after_key),
            live as (
                select c.id, c.participant_id, c.procedure_code, c.state, c.announced_for, k.zone, (a.moment at time zone k.zone)::date today
                  from asked a
                  join access.connection c on c.contour = a.contour and c.state <> 'DISCONNECTED' and (a.participant is null or c.participant_id = a.participant)
                  join access.procedure p on p.code = c.procedure_code
                  join calendar.calendar k on k.code = p.calendar_code),
            """;

    private static final String OBLIGATIONS = """
            select 'OBLIGATION' kind, 'OBLIGATION ' || o.id as key, o.participant_id, case o.about_kind when 'CONNECTION' then o.about_id else l.id end connection_id, o.procedure_code,
                   o.side owes, o.due_at, null::timestamptz effect_at, null::timestamptz told_at, o.about_kind, o.about_id, coalesce(r.number::text, g.number) subject, o.rule, o.missing_year
              from asked a
              join access.obligation o on o.contour = a.contour and o.closed_at is null and (a.participant is null or o.participant_id = a.participant)
              left join live l on (l.participant_id, l.procedure_code) = (o.participant_id, o.procedure_code)
              left join access.request r on o.about_kind = 'REQUEST' and r.id = o.about_id and r.contour = o.contour
              left join access.agreement g on o.about_kind = 'AGREEMENT' and g.id = o.about_id and g.contour = o.contour
            """;

    /** Told by any of the letters since it was announced first, as in access.told_at. */
    private static final String OF_CONNECTIONS = """
            select s.kind, s.kind || ' ' || l.id, l.participant_id, l.id, l.procedure_code, case when t.at is null then 'AUTHORITY' end,
                   case when t.at is null then coalesce(t.due_at, l.announced_for) else l.announced_for end, l.announced_for, t.at, 'CONNECTION', l.id, null, null, null
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
    private static final String ANNOUNCED = """
            announced as (
                select x.id, x.kind, x.procedure_code, x.starts_at, coalesce(x.ends_at, x.starts_at) over_at
                  from asked a
                  join access.announcement x on x.contour = a.contour and x.starts_at > a.moment - interval '92 days' and (x.ends_at is null or x.ends_at > a.moment)
                 where not exists (select from access.announcement_end e where e.announcement_id = x.id)),
            told as (
                select n.about_id, n.participant_id, min(least(d.sent_at, n.read_at)) at, min(n.due_at) due_at
                  from asked a
                  cross join announced x
                  join notices.notice n on n.about_kind = 'announcement' and n.about_id = x.id and n.kind in ('N16', 'N17', 'N18')
                       and (a.participant is null or n.participant_id = a.participant)
                  left join notices.delivery d on d.notice_id = n.id
                 group by n.about_id, n.participant_id),
            """;
    private static final String OF_SERVICES = """
            select x.kind, x.kind || ' ' || x.id || ' ' || l.id, l.participant_id, l.id, l.procedure_code, case when t.at is null then 'AUTHORITY' end,
                   case when t.at is null then coalesce(t.due_at, x.starts_at) else x.starts_at end, x.starts_at, t.at, 'ANNOUNCEMENT', x.id, array_to_string(f.services, ', '), null, null
              from asked a
              cross join announced x
              join access.announcement_affected f on f.announcement_id = x.id and (a.participant is null or f.participant_id = a.participant)
              join live l on l.participant_id = f.participant_id and l.procedure_code = x.procedure_code
              left join told t on t.about_id = x.id and t.participant_id = f.participant_id
             where t.at is null or x.over_at > a.moment
            """;

    private static final String AGREEMENTS = """
            select 'AGREEMENT_ENDS', 'AGREEMENT_ENDS ' || g.id, g.participant_id, l.id, g.procedure_code, 'PARTICIPANT', (g.last_day + 1)::timestamp at time zone k.zone,
                   (g.last_day + 1)::timestamp at time zone k.zone, (
                       select min(least(d.sent_at, n.read_at)) from notices.notice n left join notices.delivery d on d.notice_id = n.id
                        where n.about_kind = 'agreement' and n.about_id = g.id and n.kind = 'N19' and n.participant_id = g.participant_id
                          and starts_with(n.dedup_key, 'N19:agreement:' || g.id || ':' || to_char(g.last_day, 'YYYY-MM-DD') || ':')),
                   'AGREEMENT', g.id, g.number, null, null
              from asked a
              join access.agreement g on g.contour = a.contour and g.state in ('IN_FORCE', 'TERMINATION_ANNOUNCED') and (a.participant is null or g.participant_id = a.participant)
              join access.procedure p on p.code = g.procedure_code
              join calendar.calendar k on k.code = p.calendar_code
              left join live l on (l.participant_id, l.procedure_code) = (g.participant_id, g.procedure_code)
             where exists (select from access.agreement_warning w where (w.agreement_id, w.last_day) = (g.id, g.last_day))
               and not exists (select from access.agreement n where n.participant_id = g.participant_id and n.procedure_code = g.procedure_code and n.state = 'IN_FORCE'
                                   and n.first_day = g.last_day + 1)
            """;

    private static final String DOCUMENTS = """
            select 'DOCUMENT_ENDS', 'DOCUMENT_ENDS ' || d.document_id || ' ' || l.id, l.participant_id, l.id, l.procedure_code, 'PARTICIPANT',
                   (d.valid_to + 1)::timestamp at time zone l.zone, (d.valid_to + 1)::timestamp at time zone l.zone, (
                       select min(least(v.sent_at, n.read_at)) from notices.notice n left join notices.delivery v on v.notice_id = n.id
                        where n.about_kind = 'product' and n.about_id = d.product_id and n.kind = 'N19' and starts_with(n.dedup_key, 'N19:product:' || d.document_id || ':')),
                   'PRODUCT', d.product_id, d.number, null, null
              from (select distinct l.id, l.participant_id, l.procedure_code, l.zone, l.today, q.product_id, q.document_kind
                      from live l join access.product_requirement q on q.connection_id = l.id) l
              join access.product_document d on d.product_id = l.product_id and d.kind = l.document_kind and d.withdrawn_at is null
             where exists (select from access.product_document_warning w where w.document_id = d.document_id and w.procedure_code = l.procedure_code)
               and not exists (select from access.product_document f where f.product_id = d.product_id and f.kind = d.kind and f.withdrawn_at is null
                                   and coalesce(f.valid_to, 'infinity') > d.valid_to and f.valid_from <= greatest(d.valid_to + 1, l.today))
            """;

    private static final String ENTRIES = """
            select 'ENTRY_STALE', 'ENTRY_STALE ' || s.code || coalesce(' ' || r.connection_id, ''), r.participant_id, r.connection_id, s.procedure_code, 'AUTHORITY', e.due_at,
                   null, null, 'SERVICE', null, s.code, null, null
              from asked a
              cross join access.service s
              left join lateral (
                    select greatest(e.at, (select max(c.at) from access.catalogue_confirmation c where c.service_code = e.service_code and c.revision = e.revision))
                           + e.confirm_within_days * interval '24 hours' due_at
                      from access.catalogue_entry e where e.service_code = s.code order by e.revision desc limit 1) e on true
              left join (select distinct r.service_code, r.connection_id, r.participant_id
                           from live l join access.access_right r on r.connection_id = l.id and r.revoked_at is null
                            and (select (moment at time zone 'Asia/Bishkek')::date from asked) between r.valid_from and coalesce(r.valid_to, 'infinity')
                          where (select participant from asked) is not null) r on r.service_code = s.code
             where (e.due_at is null or e.due_at <= a.moment) and (a.participant is null or r.service_code is not null)
            """;

    static final String OPEN = ASKED + ANNOUNCED + "task as (" + String.join(" union all ", OBLIGATIONS, OF_CONNECTIONS, OF_SERVICES, AGREEMENTS, DOCUMENTS, ENTRIES) + """
            )
            select t.* from task t cross join asked a
             where (a.connection is null or t.connection_id = a.connection) and (a.kind is null or t.kind = a.kind) and (a.owes is null or t.owes = a.owes)
               and (a.late is null or a.late = (t.owes is not null and coalesce(t.due_at <= a.moment, false)))
               and (not a.later or (coalesce(t.due_at, '-infinity'), t.key) > (coalesce(a.after_due, '-infinity'), a.after_key))
             order by coalesce(t.due_at, '-infinity'), t.key limit ?
            """;

    @Inject
    private Sql sql;

    List<TaskView> open(TaskFilter filter, Optional<ParticipantId> participant, Instant now, Optional<TaskPosition> after, int limit) {
        return sql.list(OPEN, TaskStore::task, filter.contour(), participant, filter.connection(), filter.kind(), filter.owes(), filter.late(), now, after.isPresent(),
                after.flatMap(TaskPosition::dueAt), after.map(TaskPosition::key), limit);
    }

    private static TaskView task(Row row) {
        return new TaskView(row.as(TaskKind.class, "kind"), new TaskPosition(row.maybe("due_at", row::instant), row.text("key")), row.maybe("participant_id", row::uuid).map(ParticipantId::new),
                row.maybe("connection_id", row::uuid).map(ConnectionId::new), row.text("procedure_code"), row.maybe(DeadlineRule.Side.class, "owes"), row.maybe("effect_at", row::instant),
                row.maybe("told_at", row::instant), row.as(TaskView.AboutKind.class, "about_kind"), row.maybe("about_id", row::uuid), row.maybe("subject", row::text),
                row.maybe(DeadlineRule.class, "rule"), row.maybe("missing_year", row::number));
    }
}
