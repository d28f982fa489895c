package org.kopuro.access.duties;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.installation.BrokenConstraint;
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
                 where r.contour = ? and r.service_code = any(?) and r.revoked_at is null and c.state <> 'DISCONNECTED'
                   and daterange(r.valid_from, r.valid_to, '[]') && daterange(?, ?, '[]')
                 group by r.participant_id, r.service_code),
            called as (
                select participant_id, service_code, count(*) calls
                  from consent.usage where contour = ? and service_code = any(?) and at >= ? group by participant_id, service_code)
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

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(UUID id, AnnouncementKind kind, Contour contour, Procedure procedure, Instant start, Optional<Instant> end, String text, Optional<String> newVersion,
            Optional<String> emergencyReason, Instant at, Actor by) {
        try (PreparedStatement statement = prepare("""
                insert into access.announcement (id, kind, contour, procedure_code, version, starts_at, ends_at, text, new_version, emergency_reason, published_at, actor, actor_role)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int i = 0;
            statement.setObject(++i, id);
            statement.setString(++i, kind.name());
            statement.setString(++i, contour.name());
            statement.setString(++i, procedure.code());
            statement.setInt(++i, procedure.version());
            statement.setObject(++i, utc(start));
            statement.setObject(++i, end.map(AnnouncementStore::utc).orElse(null));
            statement.setString(++i, text);
            statement.setString(++i, newVersion.orElse(null));
            statement.setString(++i, emergencyReason.orElse(null));
            statement.setObject(++i, utc(at));
            statement.setObject(++i, by.account().orElseThrow());
            statement.setString(++i, by.role());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Two outages of a service at once are refused, on whichever node the other one was published. Publications queue: two that are inserted at the same
     * instant would wait for one another at the exclusion constraint, and end as a deadlock instead of a refusal.
     */
    void addServices(UUID id, Collection<String> codes) {
        try (PreparedStatement queue = prepare("select pg_advisory_xact_lock(hashtextextended('access.announcement', 0))"); PreparedStatement statement = prepare("""
                insert into access.announcement_service (announcement_id, kind, contour, procedure_code, service_code, during)
                select a.id, a.kind, a.contour, a.procedure_code, code, case when a.kind = 'OUTAGE' then tstzrange(a.starts_at, a.ends_at) end
                  from access.announcement a cross join unnest(?) code where a.id = ? order by code""")) {
            queue.execute();
            statement.setArray(1, texts(codes));
            statement.setObject(2, id);
            statement.executeUpdate();
        } catch (SQLException e) {
            if (BrokenConstraint.in(e).filter("announcement_service_once"::equals).isPresent()) {
                throw Refusal.of(DutyRefusal.OUTAGE_OVERLAPS, "services");
            }
            throw new IllegalStateException(e);
        }
    }

    void addAffected(UUID id, List<Addressee> addressees) {
        try (PreparedStatement statement = prepare("insert into access.announcement_affected (announcement_id, participant_id, services, has_right, calls) values (?, ?, ?, ?, ?)")) {
            for (Addressee one : addressees) {
                statement.setObject(1, id);
                statement.setObject(2, one.affected().participant().value());
                statement.setArray(3, texts(one.affected().services()));
                statement.setBoolean(4, one.affected().hasRight());
                statement.setLong(5, one.affected().calls());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** False where it has an end already. */
    boolean addEnd(UUID id, AnnouncementEvent event, Instant at, String reason, Actor by) {
        try (PreparedStatement statement = prepare("""
                insert into access.announcement_end (announcement_id, event, at, reason, actor, actor_role) values (?, ?, ?, ?, ?, ?)
                on conflict on constraint announcement_end_pk do nothing""")) {
            statement.setObject(1, id);
            statement.setString(2, event.name());
            statement.setObject(3, utc(at));
            statement.setString(4, reason);
            statement.setObject(5, by.account().orElseThrow());
            statement.setString(6, by.role());
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            throw BrokenConstraint.in(e).filter("announcement_relied_on"::equals).isPresent() ? Refusal.of(DutyRefusal.ANNOUNCEMENT_RELIED_ON, "event") : new IllegalStateException(e);
        }
    }

    /**
     * Whom something with these services affects.
     *
     * @param until       the last of the days on which a right counts; empty: all from the first on
     * @param calledSince whether and since when calls count
     */
    List<Addressee> affected(Contour contour, String procedure, Collection<String> codes, LocalDate from, Optional<LocalDate> until, Optional<Instant> calledSince) {
        try (PreparedStatement statement = prepare(ADDRESSEES.formatted(AFFECTED))) {
            int i = 0;
            statement.setString(++i, procedure);
            statement.setString(++i, contour.name());
            statement.setString(++i, procedure);
            statement.setString(++i, contour.name());
            statement.setArray(++i, texts(codes));
            statement.setObject(++i, from);
            statement.setObject(++i, until.orElse(null), Types.DATE);
            statement.setString(++i, contour.name());
            statement.setArray(++i, texts(codes));
            statement.setObject(++i, calledSince.map(AnnouncementStore::utc).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE);
            return addressees(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those who were told of it, at today's addresses. */
    List<Addressee> told(AnnouncementView announcement) {
        try (PreparedStatement statement = prepare(ADDRESSEES.formatted(TOLD))) {
            statement.setString(1, announcement.procedure());
            statement.setString(2, announcement.contour().name());
            statement.setString(3, announcement.procedure());
            statement.setObject(4, announcement.id().value());
            return addressees(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Addressee> addressees(PreparedStatement statement) throws SQLException {
        List<Addressee> addressees = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                List<String> contacts = texts(row, "contacts");
                addressees.add(new Addressee(new Affected(new ParticipantId(row.getObject("id", UUID.class)), row.getString("full_name"), texts(row, "services"),
                        row.getBoolean("has_right"), row.getLong("calls")), Optional.ofNullable(row.getString("inn")), Optional.ofNullable(row.getString("ogrn")),
                        Language.valueOf(row.getString("language")), contacts.isEmpty() ? List.of(row.getString("notice_email")) : contacts));
            }
        }
        return addressees;
    }

    Optional<AnnouncementView> find(UUID id) {
        return announcements("where a.id = ?", id).stream().findFirst();
    }

    List<AnnouncementView> list(AnnouncementKind kind, Contour contour, long before, int limit) {
        return announcements("where a.kind = ? and a.contour = ? and a.number < ? order by a.number desc limit " + limit, kind.name(), contour.name(), before);
    }

    long emergencies(AnnouncementKind kind, Contour contour, Instant since) {
        try (PreparedStatement statement = prepare(
                "select count(*) from access.announcement where kind = ? and contour = ? and published_at >= ? and emergency_reason is not null")) {
            statement.setString(1, kind.name());
            statement.setString(2, contour.name());
            statement.setObject(3, utc(since));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<AnnouncementView> announcements(String where, Object... arguments) {
        try (PreparedStatement statement = prepare(SELECT + where)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<AnnouncementView> announcements = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    announcements.add(announcement(row));
                }
            }
            return announcements;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AnnouncementView announcement(ResultSet row) throws SQLException {
        Optional<AnnouncementView.Ended> ended = row.getString("event") == null ? Optional.empty()
                : Optional.of(new AnnouncementView.Ended(AnnouncementEvent.valueOf(row.getString("event")), instant(row, "at").orElseThrow(), row.getString("reason")));
        return new AnnouncementView(new AnnouncementId(row.getObject("id", UUID.class)), row.getLong("number"), AnnouncementKind.valueOf(row.getString("kind")),
                Contour.valueOf(row.getString("contour")), row.getString("procedure_code"), row.getInt("version"), texts(row, "services"), instant(row, "starts_at").orElseThrow(),
                instant(row, "ends_at"), row.getString("text"), Optional.ofNullable(row.getString("new_version")), Optional.ofNullable(row.getString("emergency_reason")),
                instant(row, "published_at").orElseThrow(), ended, row.getLong("affected"),
                instant(row, "told_at"), instant(row, "untold_at"));
    }

    private Array texts(Collection<String> values) throws SQLException {
        return entities.unwrap(Connection.class).createArrayOf("text", values.toArray());
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        return entities.unwrap(Connection.class).prepareStatement(sql);
    }
}
