package org.kopuro.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;

/** Entries as they were recorded, and where they stand. */
@Dependent
class EntryStore {

    private static final String VIEW = """
            select e.id, e.contour, e.secret, e.content, l.index from ledger.entry e left join ledger.leaf l on l.entry_id = e.id
            """;

    private final Sql sql;

    @Inject
    EntryStore(Sql sql) {
        this.sql = sql;
    }

    void add(UUID id, Optional<Contour> contour, UUID recordId, short secret, String content) {
        sql.update("insert into ledger.entry (id, contour, record_id, secret, content) values (?, ?, ?, ?, ?)", id, contour, recordId, secret, content);
    }

    void addAll(Collection<LedgerEvent> events, BlindingSecrets secrets) {
        sql.copy("ledger.entry (id, contour, record_id, secret, content)",
                events.stream().map(event -> new Object[] {event.id(), event.contour(), event.recordId(), secrets.current(), event.content(secrets)}).toList());
    }

    /** Of who has none of the nodes' secrets. That the row names the newest secret, as any entry's does, means nothing for it. */
    void addWithoutSecret(LedgerEvent event) {
        sql.update("insert into ledger.entry (id, contour, record_id, secret, content) "
                + "select ?, ?, ?, coalesce(max(number), 1::smallint), ? from kernel.secret where name = ?",
                event.id(), event.contour(), event.recordId(), event.content(), BlindingSecrets.FILE);
    }

    Optional<EntryView> find(UUID id) {
        return sql.first(VIEW + " where e.id = ?", EntryStore::view, id);
    }

    /** What was recorded about a row, oldest first. */
    List<EntryView> about(UUID recordId, int limit) {
        // In two halves, because each has an index of its own.
        return sql.list("with wanted (id) as (values (?::uuid)) " + VIEW + """
                 where e.id in (select e.id from wanted join ledger.entry e on e.id = wanted.id and e.record_id = e.id
                                union all (select e.id from wanted join ledger.entry e on e.record_id = wanted.id and e.record_id <> e.id order by e.number limit %d))
                 order by e.number limit %<d""".formatted(limit), EntryStore::view, recordId);
    }

    private static EntryView view(Row row) {
        return new EntryView(row.uuid("id"), row.maybe(Contour.class, "contour"), (short) row.number("secret"), row.text("content"), row.maybe("index", row::large));
    }
}
