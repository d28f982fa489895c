package org.kopuro.access.catalogue;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.contracts.Difference;
import org.kopuro.access.contracts.DifferenceKind;
import org.kopuro.access.contracts.Differences;
import org.kopuro.access.contracts.Effect;
import org.kopuro.access.duties.AnnouncementId;
import org.kopuro.documents.DocumentView;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/** Versions, their files and events. The database changes a version when an event of it is added, and in no other way. */
@Dependent
class VersionStore {

    private static final String SELECT = """
            select v.*, (select e.announcement_id from access.service_version_event e where e.version_id = v.id and e.announcement_id is not null order by e.number desc limit 1) announcement_id,
                   array(select f.file_name from access.service_version_document f where f.version_id = v.id order by f.file_name collate "C") file_names,
                   array(select f.document_id from access.service_version_document f where f.version_id = v.id order by f.file_name collate "C") documents,
                   array(select encode(d.sha256, 'hex') from access.service_version_document f join documents.document d on d.id = f.document_id
                          where f.version_id = v.id order by f.file_name collate "C") digests
              from access.service_version v
            """;

    private static final String AFFECTED = """
            with allowed as (
                select r.subsystem_id, r.participant_id, true has_right
                  from access.access_right r join access.connection c on c.id = r.connection_id
                 where r.contour = ? and r.service_code = ? and r.revoked_at is null and c.state <> 'DISCONNECTED' and (r.valid_to is null or r.valid_to >= ?)
                 group by r.subsystem_id, r.participant_id),
            called as (
                select subsystem_id, participant_id, count(*) calls
                  from consent.usage where contour = ? and service_code = ? and at >= ? group by subsystem_id, participant_id)
            select f.subsystem_id, s.code, f.participant_id, p.full_name, ? operation, coalesce(f.has_right, false) has_right, coalesce(f.calls, 0) calls, ? breaks
              from (select * from allowed full join called using (subsystem_id, participant_id)) f
              join participants.subsystem s on s.id = f.subsystem_id join participants.participant p on p.id = f.participant_id
             order by p.full_name, s.code, f.subsystem_id
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    /** Until the end of the transaction: publications of a service in a contour follow one another, on all nodes. */
    void lock(String service, Contour contour) {
        run("select access.lock_service_versions(?, ?)", statement -> {
            statement.setString(1, service);
            statement.setString(2, contour.name());
            return statement.execute();
        });
    }

    void add(UUID id, String service, String version, Contour contour, Instant at, Actor by) {
        run("""
                insert into access.service_version (id, service_code, version, contour, revision, state, since, events, drafted_at)
                select ?, ?, ?, ?, coalesce(max(revision), 0) + 1, 'DRAFT', ?, 1, ? from access.service_version where service_code = ? and version = ? and contour = ?""", statement -> {
            int i = 0;
            statement.setObject(++i, id);
            statement.setString(++i, service);
            statement.setString(++i, version);
            statement.setString(++i, contour.name());
            statement.setObject(++i, utc(at));
            statement.setObject(++i, utc(at));
            statement.setString(++i, service);
            statement.setString(++i, version);
            statement.setString(++i, contour.name());
            return statement.executeUpdate();
        });
        addEvent(id, contour, 1, "NONE", VersionEvent.DRAFT, VersionState.DRAFT, at, by, Optional.empty(), Optional.empty(), Optional.empty());
    }

    void attach(UUID id, DocumentView document, Instant at, Actor by) {
        run("insert into access.service_version_document (version_id, file_name, document_id, at, actor, actor_role) values (?, ?, ?, ?, ?, ?)", statement -> {
            statement.setObject(1, id);
            statement.setString(2, document.fileName());
            statement.setObject(3, document.id());
            statement.setObject(4, utc(at));
            statement.setObject(5, by.account().orElseThrow());
            statement.setString(6, by.role());
            return statement.executeUpdate();
        });
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(VersionView from, VersionEvent event, VersionState to, Instant at, Actor by, Optional<String> reason, Optional<UUID> announcement, Optional<Preview> publication) {
        int number = from.events() + 1;
        UUID id = from.id().value();
        addEvent(id, from.contour(), number, from.state().name(), event, to, at, by, reason, announcement, publication);
        publication.ifPresent(found -> {
            addDifferences(id, number, found.differences().told());
            addAffected(id, from.contour(), number, found.affected());
        });
    }

    private void addEvent(UUID id, Contour contour, int number, String from, VersionEvent event, VersionState to, Instant at, Actor by, Optional<String> reason,
            Optional<UUID> announcement, Optional<Preview> publication) {
        run("""
                insert into access.service_version_event (version_id, contour, number, from_state, event, to_state, at, actor, actor_role, reason, announcement_id,
                                                          compared_with, differences, breaking)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", statement -> {
            int i = 0;
            statement.setObject(++i, id);
            statement.setString(++i, contour.name());
            statement.setInt(++i, number);
            statement.setString(++i, from);
            statement.setString(++i, event.name());
            statement.setString(++i, to.name());
            statement.setObject(++i, utc(at));
            statement.setObject(++i, by.account().orElseThrow());
            statement.setString(++i, by.role());
            statement.setString(++i, reason.orElse(null));
            statement.setObject(++i, announcement.orElse(null));
            statement.setObject(++i, publication.flatMap(Preview::comparedWith).map(VersionId::value).orElse(null));
            statement.setObject(++i, publication.map(found -> found.differences().total()).orElse(null), Types.INTEGER);
            statement.setObject(++i, publication.map(found -> found.differences().breaking()).orElse(null), Types.INTEGER);
            return statement.executeUpdate();
        });
    }

    private void addDifferences(UUID id, int event, List<Difference> differences) {
        run("insert into access.service_version_difference (version_id, event_number, number, kind, path, before, after, effect) values (?, ?, ?, ?, ?, ?, ?, ?)", statement -> {
            for (int number = 1; number <= differences.size(); number++) {
                Difference one = differences.get(number - 1);
                statement.setObject(1, id);
                statement.setInt(2, event);
                statement.setInt(3, number);
                statement.setString(4, one.kind().name());
                statement.setString(5, one.path());
                statement.setString(6, one.before());
                statement.setString(7, one.after());
                statement.setString(8, one.effect().name());
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    private void addAffected(UUID id, Contour contour, int event, List<AffectedSubsystem> affected) {
        run("""
                insert into access.service_version_affected (version_id, contour, event_number, subsystem_id, participant_id, operation, has_right, calls, breaks)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", statement -> {
            for (AffectedSubsystem one : affected) {
                int i = 0;
                statement.setObject(++i, id);
                statement.setString(++i, contour.name());
                statement.setInt(++i, event);
                statement.setObject(++i, one.subsystem().value());
                statement.setObject(++i, one.participant().value());
                statement.setString(++i, one.operation());
                statement.setBoolean(++i, one.hasRight());
                statement.setLong(++i, one.calls());
                statement.setBoolean(++i, one.breaks());
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    List<AffectedSubsystem> affected(Contour contour, String service, LocalDate day, Instant since, boolean breaks) {
        return run(AFFECTED, statement -> {
            int i = 0;
            statement.setString(++i, contour.name());
            statement.setString(++i, service);
            statement.setObject(++i, day);
            statement.setString(++i, contour.name());
            statement.setString(++i, service);
            statement.setObject(++i, utc(since));
            statement.setString(++i, service);
            statement.setBoolean(++i, breaks);
            return affected(statement);
        });
    }

    Optional<VersionView> find(UUID id) {
        return versions("where v.id = ?", id).stream().findFirst();
    }

    /** What is published now under the same name. */
    Optional<VersionView> publishedAs(VersionView version) {
        return versions("where v.service_code = ? and v.contour = ? and v.version = ? and v.state = 'PUBLISHED'", version.service(), version.contour().name(), version.version())
                .stream().findFirst();
    }

    /** What consumers use now: under the same name, else the newest of the others. */
    Optional<VersionView> published(VersionView version) {
        return publishedAs(version).or(() -> versions("where v.service_code = ? and v.contour = ? and v.state = 'PUBLISHED' order by v.published_from desc limit 1",
                version.service(), version.contour().name()).stream().findFirst());
    }

    List<VersionView> list(String service, Contour contour, int limit) {
        return versions("where v.service_code = ? and v.contour = ? order by v.drafted_at desc, v.revision desc limit " + limit, service, contour.name());
    }

    /** Whether TEST serves its major version. */
    boolean servedInTest(VersionView version) {
        return run("select 1 from access.served_major where service_code = ? and contour = 'TEST' and major_version = access.major_version(?)", statement -> {
            statement.setString(1, version.service());
            statement.setString(2, version.version());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        });
    }

    private List<VersionView> versions(String where, Object... arguments) {
        return run(SELECT + where, statement -> {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<VersionView> versions = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    versions.add(version(row));
                }
            }
            return versions;
        });
    }

    private static VersionView version(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray("file_names").getArray();
        UUID[] documents = (UUID[]) row.getArray("documents").getArray();
        String[] digests = (String[]) row.getArray("digests").getArray();
        List<VersionView.ContractFile> files = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            files.add(new VersionView.ContractFile(names[i], documents[i], digests[i]));
        }
        return new VersionView(new VersionId(row.getObject("id", UUID.class)), row.getString("service_code"), row.getString("version"), Contour.valueOf(row.getString("contour")),
                row.getInt("revision"), VersionState.valueOf(row.getString("state")), row.getObject("since", OffsetDateTime.class).toInstant(), row.getInt("events"),
                Optional.ofNullable(row.getObject("published_from", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getBytes("sha256")).map(HexFormat.of()::formatHex),
                Optional.ofNullable(row.getObject("announcement_id", UUID.class)).map(AnnouncementId::new), List.copyOf(files));
    }

    Optional<Preview> publication(UUID id) {
        return run("select compared_with, differences, breaking from access.service_version_event where version_id = ? and to_state = 'PUBLISHED'", statement -> {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Preview(Optional.ofNullable(row.getObject("compared_with", UUID.class)).map(VersionId::new),
                        new Differences(differences(id), row.getInt("differences"), row.getInt("breaking")), keptAffected(id))) : Optional.empty();
            }
        });
    }

    private List<Difference> differences(UUID id) {
        return run("select * from access.service_version_difference where version_id = ? order by number", statement -> {
            statement.setObject(1, id);
            List<Difference> differences = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    differences.add(new Difference(DifferenceKind.valueOf(row.getString("kind")), row.getString("path"), row.getString("before"), row.getString("after"),
                            Effect.valueOf(row.getString("effect"))));
                }
            }
            return differences;
        });
    }

    private List<AffectedSubsystem> keptAffected(UUID id) {
        return run("""
                select a.subsystem_id, s.code, a.participant_id, p.full_name, a.operation, a.has_right, a.calls, a.breaks
                  from access.service_version_affected a join participants.subsystem s on s.id = a.subsystem_id join participants.participant p on p.id = a.participant_id
                 where a.version_id = ? order by p.full_name, s.code, a.subsystem_id""", statement -> {
            statement.setObject(1, id);
            return affected(statement);
        });
    }

    private static List<AffectedSubsystem> affected(PreparedStatement statement) throws SQLException {
        List<AffectedSubsystem> affected = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                affected.add(new AffectedSubsystem(new SubsystemId(row.getObject("subsystem_id", UUID.class)), row.getString("code"),
                        new ParticipantId(row.getObject("participant_id", UUID.class)), row.getString("full_name"), row.getString("operation"), row.getBoolean("has_right"),
                        row.getLong("calls"), row.getBoolean("breaks")));
            }
        }
        return affected;
    }

    List<EmergencyView> emergencies(Contour contour, Instant since, int limit) {
        return run("""
                select e.version_id, v.service_code, v.version, v.revision, e.at, e.actor, e.reason
                  from access.service_version_event e join access.service_version v on v.id = e.version_id
                 where e.event = 'PUBLISH_IN_EMERGENCY' and e.contour = ? and e.at >= ? order by e.at desc, e.version_id limit\s""" + limit, statement -> {
            statement.setString(1, contour.name());
            statement.setObject(2, utc(since));
            List<EmergencyView> emergencies = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    emergencies.add(new EmergencyView(new VersionId(row.getObject("version_id", UUID.class)), row.getString("service_code"), row.getString("version"),
                            row.getInt("revision"), row.getObject("at", OffsetDateTime.class).toInstant(), row.getObject("actor", UUID.class), row.getString("reason")));
                }
            }
            return emergencies;
        });
    }

    long countEmergencies(Contour contour, Instant since) {
        return run("select count(*) from access.service_version_event where event = 'PUBLISH_IN_EMERGENCY' and contour = ? and at >= ?", statement -> {
            statement.setString(1, contour.name());
            statement.setObject(2, utc(since));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** What the database refuses, in the words of the catalogue. */
    private <T> T run(String sql, Work<T> work) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw switch (BrokenConstraint.in(e).orElse("")) {
                case "service_version_in_the_making" -> Refusal.of(CatalogueRefusal.VERSION_IN_THE_MAKING, "version");
                case "service_version_draft" -> Refusal.of(CatalogueRefusal.VERSION_NO_DRAFT, "version");
                case "service_version_document_pk" -> Refusal.of(CatalogueRefusal.CONTRACT_FILE_TWICE, "file");
                case "service_version_has_contract" -> Refusal.of(CatalogueRefusal.CONTRACT_MISSING, "version");
                case "service_version_announced_in_time" -> Refusal.of(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, "event");
                case "service_version_event_announcement_fk" -> Refusal.of(InputRefusal.NOT_FOUND, "announcement");
                case "served_version_in_test" -> Refusal.of(CatalogueRefusal.NOT_SERVED_IN_TEST, "event");
                case "served_version_in_production" -> Refusal.of(CatalogueRefusal.SERVED_IN_PRODUCTION, "event");
                case "service_version_recorded_once" -> Refusal.of(CatalogueRefusal.ONLY_WHAT_WAS_SERVED_IS_RECORDED, "event");
                default -> new IllegalStateException(e);
            };
        }
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
