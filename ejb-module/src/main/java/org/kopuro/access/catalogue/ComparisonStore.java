package org.kopuro.access.catalogue;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Language;

/** Comparisons and the tasks that they open and close. */
@Dependent
class ComparisonStore {

    private static final String SELECT = """
            select c.*, (select count(*) from access.catalogue_task t where t.opened_by = c.id) opened, (select count(*) from access.catalogue_task t where t.closed_by = c.id) closed
              from access.catalogue_comparison c
            """;

    @Inject
    private Sql sql;

    /**
     * A version of a service that is offered here.
     *
     * @param digests of its published contracts, each contour's, and of the WSDL files in them
     */
    record Offered(String code, String version, boolean enabled, Optional<String> protocol, Map<Language, String> titles, Set<String> digests) {
    }

    /** What a task is about; open it stands once. */
    record Task(DiscrepancyKind kind, String service, String version) {
    }

    /** Until the end of the transaction, on all nodes. */
    void lock() {
        sql.call("select pg_advisory_xact_lock(hashtextextended('access.catalogue_comparison', 0))");
    }

    /** Each service of the exchange in the versions that are served in any contour: it lists no others. */
    List<Offered> offered() {
        return sql.list("""
                select s.code, v.version, s.enabled, e.protocol, s.title_ru, s.title_ky, s.title_en, c.digests
                  from access.service s
                  join (select distinct service_code, version from access.served_version where ended_at is null) v on v.service_code = s.code
                  left join lateral (select protocol from access.catalogue_entry e where e.service_code = s.code order by e.revision desc limit 1) e on true
                  cross join lateral (
                    select array(select encode(p.sha256, 'hex') from access.service_version p where (p.service_code, p.version, p.state) = (s.code, v.version, 'PUBLISHED')
                                 union
                                 select encode(d.sha256, 'hex') from access.service_version p join access.service_version_document f on f.version_id = p.id
                                   join documents.document d on d.id = f.document_id
                                  where (p.service_code, p.version, p.state) = (s.code, v.version, 'PUBLISHED') and lower(f.file_name) like '%.wsdl') digests) c
                 where s.kind = 'EXCHANGE'""",
                row -> new Offered(row.text("code"), row.text("version"), row.flag("enabled"), row.maybe("protocol", row::text),
                        Map.of(Language.RU, row.text("title_ru"), Language.KY, row.text("title_ky"), Language.EN, row.text("title_en")), Set.copyOf(row.all(String.class, "digests"))));
    }

    void add(UUID id, ExchangeReading reading, Instant asked, Actor by) {
        sql.update("insert into access.catalogue_comparison (id, asked_at, actor, actor_role, outcome, detail, published) values (?, ?, ?, ?, ?, ?, ?)", id, asked, by.account(), by.role(),
                reading.outcome(), reading.detail(), Optional.of(reading.services().size()).filter(published -> reading.outcome() == ComparisonOutcome.COMPARED));
    }

    Map<Task, UUID> open() {
        return sql.list("select id, kind, service_code, version from access.catalogue_task where closed_at is null",
                row -> Map.entry(new Task(row.as(DiscrepancyKind.class, "kind"), row.text("service_code"), row.text("version")), row.uuid("id")))
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void open(Task task, UUID by, Instant at) {
        sql.update("insert into access.catalogue_task (id, kind, service_code, version, opened_by, opened_at) values (?, ?, ?, ?, ?, ?)", UUID.randomUUID(), task.kind(), task.service(),
                task.version(), by, at);
    }

    void close(UUID task, UUID by, Instant at) {
        sql.update("update access.catalogue_task set closed_by = ?, closed_at = ? where id = ?", by, at, task);
    }

    Optional<Instant> lastAskedAt() {
        return sql.first("select max(asked_at) asked_at from access.catalogue_comparison", row -> row.instant("asked_at"));
    }

    ComparisonView find(UUID id) {
        return sql.one(SELECT + "where c.id = ?", ComparisonStore::comparison, id);
    }

    List<ComparisonView> list(int limit) {
        return sql.list(SELECT + "order by c.number desc limit ?", ComparisonStore::comparison, limit);
    }

    private static ComparisonView comparison(Row row) {
        return new ComparisonView(new ComparisonId(row.uuid("id")), row.large("number"), row.instant("asked_at"), row.as(ComparisonOutcome.class, "outcome"),
                row.maybe("detail", row::text), row.maybe("published", row::number), row.number("opened"), row.number("closed"));
    }

    List<Discrepancy> tasks(boolean closedToo, int limit) {
        return sql.list("""
                select t.*, e.owner_account, e.owner_unit from access.catalogue_task t
                  left join lateral (select * from access.catalogue_entry e where e.service_code = t.service_code order by e.revision desc limit 1) e on true
                 where ? or t.closed_at is null order by t.opened_at desc, t.service_code, t.kind, t.version limit ?""",
                row -> new Discrepancy(row.uuid("id"), row.as(DiscrepancyKind.class, "kind"), said(row.text("service_code")), said(row.text("version")), row.instant("opened_at"),
                        row.maybe("closed_at", row::instant), row.maybe("owner_account", row::uuid), row.maybe("owner_unit", row::text)), closedToo, limit);
    }

    private static Optional<String> said(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
