package org.kopuro.consent.forms.batches;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.consent.forms.FormId;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

@Dependent
class BatchStore {

    @Inject
    private Sql sql;

    BatchLimits limits() {
        return sql.one("select rows_max, megabytes_max, document_megabytes from consent.batch_limit",
                row -> new BatchLimits(row.number("rows_max"), row.number("megabytes_max"), row.number("document_megabytes")));
    }

    /** False where the same archive was received before: of two at the same instant the second waits for the first. */
    boolean add(UUID id, BatchSender sender, String sha256, int rows, Instant at) {
        return sql.update("""
                insert into consent.form_batch (id, contour, participant_id, subsystem_id, archive_sha256, row_count, received_at, actor, actor_role)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict on constraint form_batch_archive_unique do nothing""",
                id, sender.contour(), sender.participant(), sender.subsystem(), HexFormat.of().parseHex(sha256), rows, at, sender.by().account(), sender.by().role()) == 1;
    }

    UUID find(BatchSender sender, String sha256) {
        return sql.one("select id from consent.form_batch where contour = ? and subsystem_id = ? and archive_sha256 = ?", row -> row.uuid("id"), sender.contour(), sender.subsystem(),
                HexFormat.of().parseHex(sha256));
    }

    Optional<BatchReport> report(UUID id, ParticipantId participant, Contour contour) {
        return sql.first("select id, received_at, row_count from consent.form_batch where id = ? and participant_id = ? and contour = ?",
                row -> new BatchReport(row.uuid("id"), row.instant("received_at"), row.number("row_count"),
                        sql.list("select * from consent.form_batch_row where batch_id = ? order by number", BatchStore::result, id)), id, participant, contour);
    }

    /** One at a time at a row, wherever the archive was sent to. */
    void lock(UUID batch, int number) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(?, 0))", "consent.form_batch_row " + batch + " " + number);
    }

    boolean isDone(UUID batch, int number) {
        return sql.exists("select from consent.form_batch_row where batch_id = ? and number = ?", batch, number);
    }

    Set<Integer> done(UUID batch) {
        return Set.copyOf(sql.list("select number from consent.form_batch_row where batch_id = ?", row -> row.number("number"), batch));
    }

    void add(UUID batch, Contour contour, RowResult result) {
        sql.update("insert into consent.form_batch_row (batch_id, contour, number, own_number, result, problem, field, form_id) values (?, ?, ?, ?, ?, ?, ?, ?)",
                batch, contour, result.number(), result.ownNumber(), result.result(), result.problem(), result.field(), result.form());
    }

    private static RowResult result(Row row) {
        return new RowResult(row.number("number"), row.maybe("own_number", row::text).orElse(""), row.text("result"), row.maybe("problem", row::text), row.maybe("field", row::text),
                row.maybe("form_id", row::uuid).map(FormId::new));
    }
}
