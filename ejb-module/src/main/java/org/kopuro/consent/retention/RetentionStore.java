package org.kopuro.consent.retention;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;

@Dependent
class RetentionStore {

    /** Columns of a round; tokens stand for what hangs on them, and so on. */
    private static final List<String> COUNTED = List.of("tokens", "forms", "uses", "inspections", "mandates", "papers", "batch_rows", "incidents", "complaints");

    @Inject
    private Sql sql;

    /** Empty where nothing is due, or another node erases. */
    Optional<Erased> erase(UUID round, Instant now, int most) {
        return sql.first("select * from consent.erase(?, ?, ?)", RetentionStore::erased, round, now, most);
    }

    private static Erased erased(Row row) {
        Map<String, Integer> counts = new TreeMap<>();
        COUNTED.forEach(what -> counts.put(what, row.number(what)));
        return new Erased(row.uuid("id"), row.instant("at"), counts);
    }
}
