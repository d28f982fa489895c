package org.kopuro.access.duties;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Announcements, whom they affect, and their ends. */
@Dependent
class AnnouncementStore {

    private static final String SELECT = """
            select a.id, a.number, a.kind, a.contour, a.procedure_code, a.version, a.starts_at, a.ends_at, a.text, a.new_version, a.emergency_reason, a.published_at,
                   e.event, e.at, e.reason, array(select service_code from access.announcement_service s where s.announcement_id = a.id order by service_code) services,
                   (select count(*) from access.announcement_affected f where f.announcement_id = a.id) affected, access.announcement_told_at(a.id) told_at,
                   (select found_at from access.announcement_untold u where u.announcement_id = a.id) untold_at
              from access.announcement a left join access.announcement_end e on e.announcement_id = a.id
            """;

    /** Whom a rule of its own takes to count: a right in force on one of the days, in a live connection; or a call since the moment, where one is given. */
    private static final String AFFECTED = """
            with allowed as (
                select r.participant_id, r.service_code, true has_right
                  from access.access_right r join access.connection c on c.id = r.connection_id
                 where r.contour = ? and r.service_code = any(?::text[]) and r.revoked_at is null and c.state <> 'DISCONNECTED'
                   and daterange(r.valid_from, r.valid_to, '[]') && daterange(?, ?::date, '[]')
                 group by r.participant_id, r.service_code),
            called as (
                select participant_id, service_code, count(*) calls
                  from consent.usage where contour = ? and service_code = any(?::text[]) and at >= ?::timestamptz group by participant_id, service_code)
            select participant_id, array_agg(service_code order by service_code) services, coalesce(bool_or(has_right), false) has_right, coalesce(sum(calls), 0) calls
              from allowed full join called using (participant_id, service_code)
             group by participant_id
            """;

    private static final String TOLD = "select participant_id, services, has_right, calls from access.announcement_affected where announcement_id = ?";

    /** Where operational contacts of the contour and procedure are told (ACC-81); a participant without any at its general address. */
    private static final String ADDRESSEES = """
            select p.id, p.full_name, case when (select calendar_code from access.procedure where code = ?) = 'RU' then coalesce(p.russian_inn, p.inn::text) else p.inn end inn, p.ogrn, p.language, p.notice_email, f.services, f.has_right, f.calls,
                   access.operational_contacts(p.id, ?, ?) contacts
              from (%s) f join participants.participant p on p.id = f.participant_id
             order by p.full_name, p.id
            """;

    @Inject
    private Sql sql;

    void add(UUID id, AnnouncementKind kind, Contour contour, Procedure procedure, Instant start, Optional<Instant> end, String text, Optional<String> newVersion,
            Optional<String> emergencyReason, Instant at, Actor by) {
        sql.update("""
                insert into access.announcement (id, kind, contour, procedure_code, version, starts_at, ends_at, text, new_version, emergency_reason, published_at, actor, actor_role)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, kind, contour, procedure.code(), procedure.version(), start, end, text, newVersion, emergencyReason, at,
                by.account().orElseThrow(), by.role());
    }

    /**
     * Two outages of a service at once are refused, on whichever node the other one was published. Publications queue: two that are inserted at the same
     * instant would wait for one another at the exclusion constraint, and end as a deadlock instead of a refusal.
     */
    void addServices(UUID id, Collection<String> codes) {
        try {
            sql.call("select pg_advisory_xact_lock(hashtextextended('access.announcement', 0))");
            sql.update("""
                    insert into access.announcement_service (announcement_id, kind, contour, procedure_code, service_code, during)
                    select a.id, a.kind, a.contour, a.procedure_code, code, case when a.kind = 'OUTAGE' then tstzrange(a.starts_at, a.ends_at) end
                      from access.announcement a cross join unnest(?::text[]) code where a.id = ? order by code""", codes, id);
        } catch (SqlFailure e) {
            throw e.constraint().equals("announcement_service_once") ? Refusal.of(DutyRefusal.OUTAGE_OVERLAPS, "services") : e;
        }
    }

    void addAffected(UUID id, List<Addressee> addressees) {
        sql.batch("insert into access.announcement_affected (announcement_id, participant_id, services, has_right, calls) values (?, ?, ?::text[], ?, ?)", addressees.stream()
                .map(one -> new Object[] {id, one.affected().participant(), one.affected().services(), one.affected().hasRight(), one.affected().calls()}).toList());
    }

    /** False where it has an end already. */
    boolean addEnd(UUID id, AnnouncementEvent event, Instant at, String reason, Actor by) {
        try {
            return sql.update("""
                    insert into access.announcement_end (announcement_id, event, at, reason, actor, actor_role) values (?, ?, ?, ?, ?, ?)
                    on conflict on constraint announcement_end_pk do nothing""", id, event, at, reason, by.account().orElseThrow(), by.role()) == 1;
        } catch (SqlFailure e) {
            throw e.constraint().equals("announcement_relied_on") ? Refusal.of(DutyRefusal.ANNOUNCEMENT_RELIED_ON, "event") : e;
        }
    }

    /**
     * Whom something with these services affects.
     *
     * @param until       the last of the days on which a right counts; empty: all from the first on
     * @param calledSince whether and since when calls count
     */
    List<Addressee> affected(Contour contour, String procedure, Collection<String> codes, LocalDate from, Optional<LocalDate> until, Optional<Instant> calledSince) {
        return sql.list(ADDRESSEES.formatted(AFFECTED), AnnouncementStore::addressee, procedure, contour, procedure, contour, codes, from, until, contour, codes, calledSince);
    }

    /** Those who were told of it, at today's addresses. */
    List<Addressee> told(AnnouncementView announcement) {
        return sql.list(ADDRESSEES.formatted(TOLD), AnnouncementStore::addressee, announcement.procedure(), announcement.contour(), announcement.procedure(), announcement.id());
    }

    private static Addressee addressee(Row row) {
        List<String> contacts = row.all(String.class, "contacts");
        return new Addressee(new Affected(new ParticipantId(row.uuid("id")), row.text("full_name"), row.all(String.class, "services"), row.flag("has_right"), row.large("calls")),
                row.maybe("inn", row::text), row.maybe("ogrn", row::text), row.as(Language.class, "language"), contacts.isEmpty() ? List.of(row.text("notice_email")) : contacts);
    }

    Optional<AnnouncementView> find(UUID id) {
        return announcements("where a.id = ?", id).stream().findFirst();
    }

    List<AnnouncementView> list(AnnouncementKind kind, Contour contour, long before, int limit) {
        return announcements("where a.kind = ? and a.contour = ? and a.number < ? order by a.number desc limit " + limit, kind, contour, before);
    }

    long emergencies(AnnouncementKind kind, Contour contour, Instant since) {
        return sql.one("select count(*) emergencies from access.announcement where kind = ? and contour = ? and published_at >= ? and emergency_reason is not null",
                row -> row.large("emergencies"), kind, contour, since);
    }

    private List<AnnouncementView> announcements(String where, Object... arguments) {
        return sql.list(SELECT + where, AnnouncementStore::announcement, arguments);
    }

    private static AnnouncementView announcement(Row row) {
        Optional<AnnouncementView.Ended> ended = row.maybe(AnnouncementEvent.class, "event").map(event -> new AnnouncementView.Ended(event, row.instant("at"), row.text("reason")));
        return new AnnouncementView(new AnnouncementId(row.uuid("id")), row.large("number"), row.as(AnnouncementKind.class, "kind"), row.as(Contour.class, "contour"),
                row.text("procedure_code"), row.number("version"), row.all(String.class, "services"), row.instant("starts_at"), row.maybe("ends_at", row::instant), row.text("text"),
                row.maybe("new_version", row::text), row.maybe("emergency_reason", row::text), row.instant("published_at"), ended, row.large("affected"),
                row.maybe("told_at", row::instant), row.maybe("untold_at", row::instant));
    }
}
