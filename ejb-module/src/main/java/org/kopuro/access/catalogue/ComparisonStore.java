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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Language;

/** Comparisons and the tasks that they open and close. */
@Dependent
class ComparisonStore {

    private static final String SELECT = """
            select c.*, (select count(*) from access.catalogue_task t where t.opened_by = c.id) opened, (select count(*) from access.catalogue_task t where t.closed_by = c.id) closed
              from access.catalogue_comparison c
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    /**
     * A version of a service that is offered here.
     *
     * @param digests of its published contracts, each contour's, and of the WSDL files in them
     */
    record Offered(String code, String version, boolean enabled, Optional<String> protocol, Map<Language, String> titles, Set<String> digests) {
    }

    /** What a task is about; open it stands once. */
    record Task(TaskKind kind, String service, String version) {
    }

    /** Until the end of the transaction, on all nodes. */
    void lock() {
        run("select pg_advisory_xact_lock(hashtextextended('access.catalogue_comparison', 0))", PreparedStatement::execute);
    }

    /** Each service in the versions that are served in any contour. */
    List<Offered> offered() {
        return run("""
                select s.code, v.version, s.enabled, e.protocol, s.title_ru, s.title_ky, s.title_en, c.digests
                  from access.service s
                  join (select distinct service_code, version from access.served_version where ended_at is null) v on v.service_code = s.code
                  left join lateral (select protocol from access.catalogue_entry e where e.service_code = s.code order by e.revision desc limit 1) e on true
                  cross join lateral (
                    select array(select encode(p.sha256, 'hex') from access.service_version p where (p.service_code, p.version, p.state) = (s.code, v.version, 'PUBLISHED')
                                 union
                                 select encode(d.sha256, 'hex') from access.service_version p join access.service_version_document f on f.version_id = p.id
                                   join documents.document d on d.id = f.document_id
                                  where (p.service_code, p.version, p.state) = (s.code, v.version, 'PUBLISHED') and lower(f.file_name) like '%.wsdl') digests) c""", statement -> {
            List<Offered> offered = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    offered.add(new Offered(row.getString("code"), row.getString("version"), row.getBoolean("enabled"), Optional.ofNullable(row.getString("protocol")),
                            Map.of(Language.RU, row.getString("title_ru"), Language.KY, row.getString("title_ky"), Language.EN, row.getString("title_en")),
                            Set.of((String[]) row.getArray("digests").getArray())));
                }
            }
            return offered;
        });
    }

    void add(UUID id, ExchangeReading reading, Instant asked, Actor by) {
        run("insert into access.catalogue_comparison (id, asked_at, actor, actor_role, outcome, detail, published) values (?, ?, ?, ?, ?, ?, ?)", statement -> {
            statement.setObject(1, id);
            statement.setObject(2, utc(asked));
            statement.setObject(3, by.account().orElse(null));
            statement.setString(4, by.role());
            statement.setString(5, reading.outcome().name());
            statement.setString(6, reading.detail().orElse(null));
            statement.setObject(7, reading.outcome() == ComparisonOutcome.COMPARED ? reading.services().size() : null, Types.INTEGER);
            return statement.executeUpdate();
        });
    }

    Map<Task, UUID> open() {
        return run("select id, kind, service_code, version from access.catalogue_task where closed_at is null", statement -> {
            Map<Task, UUID> open = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    open.put(new Task(TaskKind.valueOf(row.getString("kind")), row.getString("service_code"), row.getString("version")), row.getObject("id", UUID.class));
                }
            }
            return open;
        });
    }

    void open(Task task, UUID by, Instant at) {
        run("insert into access.catalogue_task (id, kind, service_code, version, opened_by, opened_at) values (?, ?, ?, ?, ?, ?)", statement -> {
            statement.setObject(1, UUID.randomUUID());
            statement.setString(2, task.kind().name());
            statement.setString(3, task.service());
            statement.setString(4, task.version());
            statement.setObject(5, by);
            statement.setObject(6, utc(at));
            return statement.executeUpdate();
        });
    }

    void close(UUID task, UUID by, Instant at) {
        run("update access.catalogue_task set closed_by = ?, closed_at = ? where id = ?", statement -> {
            statement.setObject(1, by);
            statement.setObject(2, utc(at));
            statement.setObject(3, task);
            return statement.executeUpdate();
        });
    }

    Optional<Instant> lastAskedAt() {
        return run("select max(asked_at) from access.catalogue_comparison", statement -> {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getObject(1, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
            }
        });
    }

    ComparisonView find(UUID id) {
        return comparisons("where c.id = ?", id).get(0);
    }

    List<ComparisonView> list(int limit) {
        return comparisons("order by c.number desc limit ?", limit);
    }

    private List<ComparisonView> comparisons(String where, Object argument) {
        return run(SELECT + where, statement -> {
            statement.setObject(1, argument);
            List<ComparisonView> comparisons = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    comparisons.add(new ComparisonView(new ComparisonId(row.getObject("id", UUID.class)), row.getLong("number"), instant(row, "asked_at"),
                            ComparisonOutcome.valueOf(row.getString("outcome")), Optional.ofNullable(row.getString("detail")),
                            Optional.ofNullable(row.getObject("published", Integer.class)), row.getInt("opened"), row.getInt("closed")));
                }
            }
            return comparisons;
        });
    }

    List<TaskView> tasks(boolean closedToo, int limit) {
        return run("""
                select t.*, e.owner_account, e.owner_unit from access.catalogue_task t
                  left join lateral (select * from access.catalogue_entry e where e.service_code = t.service_code order by e.revision desc limit 1) e on true
                 where ? or t.closed_at is null order by t.opened_at desc, t.service_code, t.kind, t.version limit ?""", statement -> {
            statement.setBoolean(1, closedToo);
            statement.setInt(2, limit);
            List<TaskView> tasks = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tasks.add(new TaskView(row.getObject("id", UUID.class), TaskKind.valueOf(row.getString("kind")), said(row.getString("service_code")), said(row.getString("version")),
                            instant(row, "opened_at"), Optional.ofNullable(row.getObject("closed_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                            Optional.ofNullable(row.getObject("owner_account", UUID.class)), Optional.ofNullable(row.getString("owner_unit"))));
                }
            }
            return tasks;
        });
    }

    private static Optional<String> said(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private <T> T run(String sql, Work<T> work) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
