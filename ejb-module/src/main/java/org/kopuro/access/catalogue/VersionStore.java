package org.kopuro.access.catalogue;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.contracts.Difference;
import org.kopuro.access.contracts.DifferenceKind;
import org.kopuro.access.contracts.Differences;
import org.kopuro.access.contracts.Effect;
import org.kopuro.access.duties.AnnouncementId;
import org.kopuro.documents.DocumentView;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
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

    @Inject
    private Sql sql;

    /** Until the end of the transaction: publications of a service in a contour follow one another, on all nodes. */
    void lock(String service, Contour contour) {
        sql.call("select access.lock_service_versions(?, ?)", service, contour);
    }

    void add(UUID id, String service, String version, Contour contour, Instant at, Actor by) {
        change("""
                insert into access.service_version (id, service_code, version, contour, revision, state, since, events, drafted_at)
                select ?, ?, ?, ?, coalesce(max(revision), 0) + 1, 'DRAFT', ?, 1, ? from access.service_version where service_code = ? and version = ? and contour = ?""",
                id, service, version, contour, at, at, service, version, contour);
        addEvent(id, contour, 1, "NONE", VersionEvent.DRAFT, VersionState.DRAFT, at, by, Optional.empty(), Optional.empty(), Optional.empty());
    }

    void attach(UUID id, DocumentView document, Instant at, Actor by) {
        change("insert into access.service_version_document (version_id, file_name, document_id, at, actor, actor_role) values (?, ?, ?, ?, ?, ?)",
                id, document.fileName(), document.id(), at, by.account().orElseThrow(), by.role());
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
        change("""
                insert into access.service_version_event (version_id, contour, number, from_state, event, to_state, at, actor, actor_role, reason, announcement_id,
                                                          compared_with, differences, breaking)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, contour, number, from, event, to, at, by.account().orElseThrow(), by.role(), reason, announcement,
                publication.flatMap(Preview::comparedWith), publication.map(found -> found.differences().total()), publication.map(found -> found.differences().breaking()));
    }

    private void addDifferences(UUID id, int event, List<Difference> differences) {
        List<Object[]> rows = new ArrayList<>();
        differences.forEach(one -> rows.add(new Object[] {id, event, rows.size() + 1, one.kind(), one.path(), one.before(), one.after(), one.effect()}));
        sql.batch("insert into access.service_version_difference (version_id, event_number, number, kind, path, before, after, effect) values (?, ?, ?, ?, ?, ?, ?, ?)", rows);
    }

    private void addAffected(UUID id, Contour contour, int event, List<AffectedSubsystem> affected) {
        sql.batch("""
                insert into access.service_version_affected (version_id, contour, event_number, subsystem_id, participant_id, operation, has_right, calls, breaks)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", affected.stream().map(one -> new Object[] {id, contour, event, one.subsystem(), one.participant(), one.operation(), one.hasRight(),
                one.calls(), one.breaks()}).toList());
    }

    List<AffectedSubsystem> affected(Contour contour, String service, LocalDate day, Instant since, boolean breaks) {
        return sql.list(AFFECTED, VersionStore::affected, contour, service, day, contour, service, since, service, breaks);
    }

    Optional<VersionView> find(UUID id) {
        return versions("where v.id = ?", id).stream().findFirst();
    }

    /** What is published now under the same name. */
    Optional<VersionView> publishedAs(VersionView version) {
        return versions("where v.service_code = ? and v.contour = ? and v.version = ? and v.state = 'PUBLISHED'", version.service(), version.contour(), version.version())
                .stream().findFirst();
    }

    /** What consumers use now: under the same name, else the newest of the others. */
    Optional<VersionView> published(VersionView version) {
        return publishedAs(version).or(() -> versions("where v.service_code = ? and v.contour = ? and v.state = 'PUBLISHED' order by v.published_from desc limit 1",
                version.service(), version.contour()).stream().findFirst());
    }

    List<VersionView> list(String service, Contour contour, int limit) {
        return versions("where v.service_code = ? and v.contour = ? order by v.drafted_at desc, v.revision desc limit ?", service, contour, limit);
    }

    /** Whether TEST serves its major version. */
    boolean servedInTest(VersionView version) {
        return sql.exists("select from access.served_major where service_code = ? and contour = 'TEST' and major_version = access.major_version(?)", version.service(), version.version());
    }

    private List<VersionView> versions(String where, Object... parameters) {
        return sql.list(SELECT + where, VersionStore::version, parameters);
    }

    private static VersionView version(Row row) {
        List<String> names = row.all(String.class, "file_names");
        List<UUID> documents = row.all(UUID.class, "documents");
        List<String> digests = row.all(String.class, "digests");
        List<VersionView.ContractFile> files = IntStream.range(0, names.size()).mapToObj(i -> new VersionView.ContractFile(names.get(i), documents.get(i), digests.get(i))).toList();
        return new VersionView(new VersionId(row.uuid("id")), row.text("service_code"), row.text("version"), row.as(Contour.class, "contour"), row.number("revision"),
                row.as(VersionState.class, "state"), row.instant("since"), row.number("events"), row.maybe("published_from", row::instant),
                row.maybe("sha256", row::octets).map(HexFormat.of()::formatHex), row.maybe("announcement_id", row::uuid).map(AnnouncementId::new), files);
    }

    Optional<Preview> publication(UUID id) {
        return sql.first("select compared_with, differences, breaking from access.service_version_event where version_id = ? and to_state = 'PUBLISHED'",
                row -> new Preview(row.maybe("compared_with", row::uuid).map(VersionId::new), new Differences(differences(id), row.number("differences"), row.number("breaking")),
                        keptAffected(id)), id);
    }

    private List<Difference> differences(UUID id) {
        return sql.list("select * from access.service_version_difference where version_id = ? order by number", row -> new Difference(row.as(DifferenceKind.class, "kind"),
                row.text("path"), row.text("before"), row.text("after"), row.as(Effect.class, "effect")), id);
    }

    private List<AffectedSubsystem> keptAffected(UUID id) {
        return sql.list("""
                select a.subsystem_id, s.code, a.participant_id, p.full_name, a.operation, a.has_right, a.calls, a.breaks
                  from access.service_version_affected a join participants.subsystem s on s.id = a.subsystem_id join participants.participant p on p.id = a.participant_id
                 where a.version_id = ? order by p.full_name, s.code, a.subsystem_id""", VersionStore::affected, id);
    }

    private static AffectedSubsystem affected(Row row) {
        return new AffectedSubsystem(new SubsystemId(row.uuid("subsystem_id")), row.text("code"), new ParticipantId(row.uuid("participant_id")), row.text("full_name"),
                row.text("operation"), row.flag("has_right"), row.large("calls"), row.flag("breaks"));
    }

    List<EmergencyView> emergencies(Contour contour, Instant since, int limit) {
        return sql.list("""
                select e.version_id, v.service_code, v.version, v.revision, e.at, e.actor, e.reason
                  from access.service_version_event e join access.service_version v on v.id = e.version_id
                 where e.event = 'PUBLISH_IN_EMERGENCY' and e.contour = ? and e.at >= ? order by e.at desc, e.version_id limit ?""",
                row -> new EmergencyView(new VersionId(row.uuid("version_id")), row.text("service_code"), row.text("version"), row.number("revision"), row.instant("at"),
                        row.uuid("actor"), row.text("reason")), contour, since, limit);
    }

    long countEmergencies(Contour contour, Instant since) {
        return sql.one("select count(*) emergencies from access.service_version_event where event = 'PUBLISH_IN_EMERGENCY' and contour = ? and at >= ?",
                row -> row.large("emergencies"), contour, since);
    }

    /** What the database refuses, in the words of the catalogue. */
    private void change(String statement, Object... parameters) {
        try {
            sql.update(statement, parameters);
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "service_of_exchange" -> Refusal.of(AccessRefusal.SERVICE_NOT_OF_THE_EXCHANGE, "service", parameters[1]);
                case "service_version_in_the_making" -> Refusal.of(CatalogueRefusal.VERSION_IN_THE_MAKING, "version");
                case "service_version_draft" -> Refusal.of(CatalogueRefusal.VERSION_NO_DRAFT, "version");
                case "service_version_document_pk" -> Refusal.of(CatalogueRefusal.CONTRACT_FILE_TWICE, "file");
                case "service_version_has_contract" -> Refusal.of(CatalogueRefusal.CONTRACT_MISSING, "version");
                case "service_version_announced_in_time" -> Refusal.of(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, "event");
                case "service_version_event_announcement_fk" -> Refusal.of(InputRefusal.NOT_FOUND, "announcement");
                case "served_version_in_test" -> Refusal.of(CatalogueRefusal.NOT_SERVED_IN_TEST, "event");
                case "served_version_in_production" -> Refusal.of(CatalogueRefusal.SERVED_IN_PRODUCTION, "event");
                case "service_version_recorded_once" -> Refusal.of(CatalogueRefusal.ONLY_WHAT_WAS_SERVED_IS_RECORDED, "event");
                default -> e;
            };
        }
    }
}
