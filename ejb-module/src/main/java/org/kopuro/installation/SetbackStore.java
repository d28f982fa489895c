package org.kopuro.installation;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** Matters that wait after a failure. */
@Dependent
class SetbackStore {

    @Inject
    private Sql sql;

    /** One more; how many there were in a row. */
    int count(String matter, String problem, Instant at) {
        return sql.one("""
                insert into installation.setback as b (matter, since, failures, next_at, problem) values (?, ?, 1, ?::timestamptz + interval '1 second', ?)
                on conflict (matter) do update set failures = b.failures + 1, problem = excluded.problem
                returning failures""", row -> row.number("failures"), matter, at, at, problem);
    }

    void putOff(String matter, Instant until) {
        sql.update("update installation.setback set next_at = greatest(?, since + interval '1 second') where matter = ?", until, matter);
    }

    void forget(String matter) {
        sql.update("delete from installation.setback where matter = ?", matter);
    }

    void forgetUntriedSince(Instant moment) {
        sql.update("delete from installation.setback where next_at < ?", moment);
    }

    List<Setback> list(Instant since, int limit) {
        return sql.list("select matter, since, failures, next_at, problem from installation.setback where next_at >= ? order by since, matter limit ?",
                row -> new Setback(row.text("matter"), row.instant("since"), row.number("failures"), row.instant("next_at"), row.text("problem")), since, limit);
    }
}
