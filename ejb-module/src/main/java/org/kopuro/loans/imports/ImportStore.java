package org.kopuro.loans.imports;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.documents.TableFile;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.loans.FieldChange;
import org.kopuro.loans.LoanRefusal;
import org.kopuro.loans.Saying;

@Dependent
class ImportStore {

    /** Looked up once: jakarta.json.Json looks through the class path for it at each call. */
    private static final JsonProvider JSON = JsonProvider.provider();
    /** Octets of each part but the last; the database knows the same number. */
    private static final int PART = 262_144;
    /** Parts in memory at once when reading. */
    private static final int PARTS_FETCHED = 4;
    private static final String VIEW = """
            select i.*, case when i.ended_at is null then least(greatest(i.done, p.done), i.row_count) else i.done end seen, encode(f.sha256, 'hex') sha256, f.octets, f.format, f.removed_at is null file_kept
              from loans.import i join loans.import_file f on f.id = i.file_id left join loans.import_progress p on p.import_id = i.id""";

    @Inject
    private Sql sql;

    /** Takes the octets of a part. */
    interface Parts {
        void take(byte[] octets) throws IOException;
    }

    ImportLimits limits() {
        return sql.one("select * from loans.import_limit", row -> new ImportLimits(row.number("megabytes_max"), row.number("unpacked_megabytes_max"), row.number("entries_max"), row.number("rows_max"),
                row.number("columns_max"), row.number("characters_max"), row.number("chunk_rows"), row.number("unfinished_max"), Duration.ofDays(row.number("days_kept"))));
    }

    /** One at a time receives files of a bank. */
    void lockBank(ImportSender sender) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(?, 0))", "loans.import " + sender.contour() + " " + sender.bank());
    }

    Optional<ImportView> find(ImportSender sender, String sha256, ImportWish wish) {
        return sql.first(VIEW + " where i.contour = ? and i.bank_id = ? and f.sha256 = ? and i.mode = ? and i.choice = ? and coalesce(i.programme, '') = ? and i.state <> 'CANCELLED' and i.refusal is null and not i.repeated", ImportStore::view,
                sender.contour(), sender.bank(), HexFormat.of().parseHex(sha256), wish.mode(), wish.choice(), wish.programme().orElse(""));
    }

    /** Another one is the file's from now on. */
    void repeat(UUID id) {
        sql.update("update loans.import set repeated = true where id = ?", id);
    }

    int unfinished(ImportSender sender) {
        return sql.one("select count(*)::integer number from loans.import where contour = ? and bank_id = ? and ended_at is null", row -> row.number("number"), sender.contour(), sender.bank());
    }

    /** The file's id; the one that it has where it came before. */
    UUID keep(ImportSender sender, TableFile file, Instant at) throws IOException {
        byte[] sha256 = HexFormat.of().parseHex(file.sha256());
        record Known(UUID id, boolean kept) {
        }
        Optional<Known> known = sql.first("select id, removed_at is null kept from loans.import_file where contour = ? and bank_id = ? and sha256 = ? for update",
                row -> new Known(row.uuid("id"), row.flag("kept")), sender.contour(), sender.bank(), sha256);
        if (known.filter(Known::kept).isPresent()) {
            return known.get().id();
        }
        UUID id = known.map(Known::id).orElseGet(UUID::randomUUID);
        if (known.isPresent()) {
            sql.update("update loans.import_file set removed_at = null where id = ?", id);
        } else {
            sql.update("insert into loans.import_file (id, contour, bank_id, sha256, octets, format, received_at) values (?, ?, ?, ?, ?, ?, ?)",
                    id, sender.contour(), sender.bank(), sha256, file.size(), file.format(), at);
        }
        try (InputStream content = file.content()) {
            byte[] octets;
            for (int number = 0; (octets = content.readNBytes(PART)).length > 0; number++) {
                sql.update("insert into loans.import_part (file_id, number, octets) values (?, ?, ?)", id, number, octets);
            }
        }
        return id;
    }

    void add(UUID id, ImportSender sender, UUID file, ImportWish wish, Collection<String> unknown, int rows, ImportState state, Instant at) {
        sql.update("""
                insert into loans.import (id, contour, bank_id, file_id, file_name, mode, choice, programme, unknown_columns, row_count, state, received_at, served_at, actor, actor_role)
                values (?, ?, ?, ?, ?, ?, ?, ?::text, ?::text[], ?, ?, ?, ?, ?, ?)""",
                id, sender.contour(), sender.bank(), file, wish.fileName(), wish.mode(), wish.choice(), wish.programme(), unknown, rows, state, at, at, sender.by().account(), sender.by().role());
    }

    /** An import of the same file under another wish. */
    void addAnother(UUID id, UUID of, ImportSender sender, ImportMode mode, ImportState state, Instant at) {
        sql.update("""
                insert into loans.import (id, contour, bank_id, file_id, file_name, mode, choice, programme, unknown_columns, row_count, state, received_at, served_at, actor, actor_role)
                select ?, contour, bank_id, file_id, file_name, ?, choice, programme, unknown_columns, row_count, ?, ?, ?, ?, ? from loans.import where id = ?""",
                id, mode, state, at, at, sender.by().account(), sender.by().role(), of);
    }

    /** @param bank empty for whoever sees every bank's */
    Optional<ImportView> find(UUID id, Contour contour, Optional<UUID> bank) {
        return sql.first(VIEW + " where i.id = ? and i.contour = ? and coalesce(i.bank_id = ?::uuid, true)", ImportStore::view, id, contour, bank);
    }

    /** The latest first, behind this one. */
    List<ImportView> list(Contour contour, Optional<UUID> bank, Optional<UUID> sentBy, Optional<UUID> behind, int most) {
        return sql.list(VIEW + """

                 where i.contour = ? and coalesce(i.bank_id = ?::uuid, true) and coalesce(i.actor = ?::uuid, true)
                   and coalesce((i.received_at, i.id) < (select b.received_at, b.id from loans.import b where b.id = ?::uuid), true)
                 order by i.received_at desc, i.id desc limit ?""", ImportStore::view, contour, bank, sentBy, behind, most);
    }

    /** The one that has waited longest; whom other nodes hold is skipped, not waited for. */
    Optional<ImportTask> claim(UUID lease, Instant now, Instant until) {
        return sql.first("""
                with next as (
                    select id from loans.import
                     where ended_at is null and state <> 'PROPOSED' and (leased_until is null or leased_until <= ?) and not installation.waits('loan_import ' || id, ?)
                     order by served_at, id limit 1 for update skip locked)
                update loans.import i set lease = ?, leased_until = ?, served_at = ?,
                       state = case when state <> 'RECEIVED' then state when mode = 'CHECK' or choice = 'ALL_OR_NOTHING' then 'CHECKING' else 'APPLYING' end
                  from next where i.id = next.id returning i.*""", ImportStore::task, now, now, lease, until, now);
    }

    boolean anyWaits(Instant now) {
        return sql.first("""
                select id from loans.import
                 where ended_at is null and state <> 'PROPOSED' and (leased_until is null or leased_until <= ?) and not installation.waits('loan_import ' || id, ?)
                 limit 1 for update skip locked""", row -> row.uuid("id"), now, now).isPresent();
    }

    /** False where it is another's by now, or has ended; else it is this transaction's until its end. */
    boolean hold(ImportTask task, Instant until) {
        return sql.update("update loans.import set leased_until = ? where id = ? and lease = ? and state = ?", until, task.id(), task.lease(), task.state()) == 1;
    }

    void release(ImportTask task) {
        sql.update("update loans.import set lease = null, leased_until = null where id = ? and lease = ?", task.id(), task.lease());
    }

    /** False where whoever confirms it sent it. */
    boolean confirm(UUID id, UUID by, Instant at) {
        return sql.update("update loans.import set state = 'RECEIVED', confirmed_at = ?, confirmed_by = ?, served_at = ? where id = ? and actor is distinct from ?", at, by, at, id, by) == 1;
    }

    void eachPart(UUID file, Parts parts) throws IOException {
        sql.each(PARTS_FETCHED, "select octets from loans.import_part where file_id = ? order by number", row -> parts.take(row.octets("octets")), file);
    }

    boolean kept(UUID file) {
        return sql.exists("select from loans.import_file where id = ? and removed_at is null for share", file);
    }

    ImportFile fileOf(UUID id) {
        return sql.one("select i.file_id, encode(f.sha256, 'hex') sha256 from loans.import i join loans.import_file f on f.id = i.file_id where i.id = ?",
                row -> new ImportFile(row.uuid("file_id"), row.text("sha256")), id);
    }

    /** The rows' results, and how far the import has come by them. */
    void advance(ImportTask task, List<RowResult> results) {
        JsonArrayBuilder rows = JSON.createArrayBuilder();
        results.forEach(result -> rows.add(json(result)));
        sql.update("""
                insert into loans.import_row (import_id, row, contour, application_number, outcome, flagged, loan_id, loan_version, sayings, changes)
                select ?, r.row, ?::kernel.contour, r.application_number, r.outcome, r.flagged, r.loan_id, r.loan_version, r.sayings, r.changes
                  from jsonb_to_recordset(?::jsonb) r (row integer, application_number text, outcome text, flagged boolean, loan_id uuid, loan_version integer, sayings jsonb, changes jsonb)
                on conflict (import_id, row) do update set outcome = excluded.outcome, flagged = excluded.flagged, loan_id = excluded.loan_id, loan_version = excluded.loan_version,
                       sayings = excluded.sayings, changes = excluded.changes""", task.id(), task.contour().name(), rows.build().toString());
        sql.update("update loans.import set done = done + ?, created = created + ?, updated = updated + ?, unchanged = unchanged + ?, refused = refused + ?, flagged = flagged + ? where id = ?",
                results.size(), count(results, RowOutcome.CREATED), count(results, RowOutcome.UPDATED), count(results, RowOutcome.UNCHANGED), count(results, RowOutcome.REFUSED),
                (int) results.stream().filter(RowResult::flagged).count(), task.id());
    }

    /** Beside the transaction that places them, which holds the import: no more than a key share of it is asked for here. Nothing where it is another's by now. */
    void placed(ImportTask task, int rows) {
        sql.update("""
                insert into loans.import_progress (import_id, contour, done) select id, contour, ? from loans.import where id = ? and lease = ?
                on conflict (import_id) do update set done = excluded.done""", rows, task.id(), task.lease());
    }

    private static int count(List<RowResult> results, RowOutcome outcome) {
        return (int) results.stream().filter(result -> result.outcome() == outcome).count();
    }

    /** Whether a row of it is refused. */
    boolean anyRefused(UUID id) {
        return sql.exists("select from loans.import_row where import_id = ? and outcome = 'REFUSED'", id);
    }

    /** Rows that a dry run found to be new loans. */
    Set<Integer> created(UUID id) {
        return Set.copyOf(sql.list("select row from loans.import_row where import_id = ? and outcome = 'CREATED'", row -> row.number("row"), id));
    }

    /** Rows that say what withdrawn loans were. */
    Set<Integer> past(UUID id) {
        return Set.copyOf(sql.list("select row from loans.import_row where import_id = ? and outcome = 'UNCHANGED' and sayings @> ?::jsonb", row -> row.number("row"), id,
                "[{\"code\": \"" + LoanRefusal.ROW_OF_WITHDRAWN + "\"}]"));
    }

    /** From the first row on again, to place what was judged. */
    void beginApplying(ImportTask task) {
        sql.update("update loans.import set state = 'APPLYING', done = 0, created = 0, updated = 0, unchanged = 0, refused = 0, flagged = 0 where id = ?", task.id());
    }

    void end(UUID id, ImportState state, Instant at, Optional<FileRefusal> refusal) {
        sql.update("update loans.import set state = ?, ended_at = ?, refusal = ?::jsonb, lease = null, leased_until = null where id = ?", state, at, refusal.map(ImportStore::json), id);
        sql.update("delete from loans.import_progress where import_id = ?", id);
    }

    /** Nothing of it is placed: what was good is told so, and counts for nothing. */
    void placedNothing(UUID id) {
        sql.update("update loans.import_row set outcome = 'NOT_PLACED', flagged = false, loan_version = null where import_id = ? and outcome in ('CREATED', 'UPDATED')", id);
        sql.update("""
                update loans.import i set created = 0, updated = 0, flagged = 0, done = r.rows, unchanged = r.unchanged, refused = r.refused
                  from (select count(*) rows, count(*) filter (where outcome = 'UNCHANGED') unchanged, count(*) filter (where outcome = 'REFUSED') refused from loans.import_row where import_id = ?) r
                 where i.id = ?""", id, id);
    }

    /** Nobody else holds it; empty where a node is at it this moment. */
    Optional<ImportState> holdNow(UUID id) {
        return sql.first("select state from loans.import where id = ? for update skip locked", row -> row.as(ImportState.class, "state"), id);
    }

    List<RowResult> results(UUID id, int behind, int most, boolean refusedOnly) {
        return sql.list("select * from loans.import_row where import_id = ? and row > ? and (outcome = 'REFUSED' or not ?) order by row limit ?", ImportStore::result, id, behind, refusedOnly, most);
    }

    /** How many files lost their content: those whose imports all ended before. */
    int removeFiles(Instant endedBefore, Instant at, int most) {
        List<UUID> files = sql.list("""
                select f.id from loans.import_file f
                 where f.removed_at is null and not exists (select from loans.import i where i.file_id = f.id and (i.ended_at is null or i.ended_at >= ?))
                 order by f.received_at limit ? for update skip locked""", row -> row.uuid("id"), endedBefore, most);
        if (!files.isEmpty()) {
            sql.update("delete from loans.import_part where file_id = any (?::uuid[])", files);
            sql.update("update loans.import_file set removed_at = ? where id = any (?::uuid[])", at, files);
        }
        return files.size();
    }

    private static ImportTask task(Row row) {
        return new ImportTask(row.uuid("id"), row.uuid("lease"), row.as(Contour.class, "contour"), row.uuid("bank_id"), new Actor(row.maybe("actor", row::uuid), row.text("actor_role")), row.uuid("file_id"),
                row.as(ImportMode.class, "mode"), row.as(ImportChoice.class, "choice"), row.maybe("programme", row::text), row.as(ImportState.class, "state"), row.number("row_count"), row.number("done"));
    }

    private static ImportView view(Row row) {
        return new ImportView(row.uuid("id"), row.as(Contour.class, "contour"), row.uuid("bank_id"), row.maybe("actor", row::uuid), row.text("file_name"), row.text("sha256"), row.number("octets"), row.text("format"),
                row.as(ImportMode.class, "mode"), row.as(ImportChoice.class, "choice"), row.maybe("programme", row::text), row.all(String.class, "unknown_columns"), row.as(ImportState.class, "state"),
                row.number("row_count"), row.number("seen"), row.number("created"), row.number("updated"), row.number("unchanged"), row.number("refused"), row.number("flagged"),
                row.instant("received_at"), row.maybe("confirmed_at", row::instant), row.maybe("ended_at", row::instant), row.maybe("refusal", row::text).map(ImportStore::refusal), row.flag("file_kept"));
    }

    private static JsonObjectBuilder json(RowResult result) {
        JsonArrayBuilder sayings = JSON.createArrayBuilder();
        result.messages().forEach(message -> {
            JsonObjectBuilder saying = JSON.createObjectBuilder().add("code", message.code()).add("field", message.field()).add("severity", message.severity().name());
            message.texts().forEach((language, text) -> saying.add(language.tag(), text));
            sayings.add(saying);
        });
        JsonArrayBuilder changes = JSON.createArrayBuilder();
        result.changes().forEach(change -> changes.add(JSON.createObjectBuilder().add("field", change.field()).add("before", text(change.before())).add("after", text(change.after()))));
        return JSON.createObjectBuilder().add("row", result.row()).add("application_number", text(result.applicationNumber())).add("outcome", result.outcome().name()).add("flagged", result.flagged())
                .add("loan_id", text(result.loan())).add("loan_version", result.version().<JsonValue>map(JSON::createValue).orElse(JsonValue.NULL)).add("sayings", sayings).add("changes", changes);
    }

    private static String json(FileRefusal refusal) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("code", refusal.code()).add("detail", texts(refusal.detail())).add("whatToDo", texts(refusal.whatToDo()));
        refusal.field().ifPresent(field -> json.add("field", field));
        return json.build().toString();
    }

    private static FileRefusal refusal(String json) {
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            JsonObject refusal = reader.readObject();
            return new FileRefusal(refusal.getString("code"), Optional.ofNullable(refusal.getString("field", null)), texts(refusal.getJsonObject("detail")), texts(refusal.getJsonObject("whatToDo")));
        }
    }

    private static JsonObjectBuilder texts(Map<Language, String> texts) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        texts.forEach((language, text) -> json.add(language.tag(), text));
        return json;
    }

    private static Map<Language, String> texts(JsonObject json) {
        Map<Language, String> texts = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            texts.put(language, json.getString(language.tag()));
        }
        return texts;
    }

    private static JsonValue text(Optional<?> value) {
        return value.<JsonValue>map(present -> JSON.createValue(present.toString())).orElse(JsonValue.NULL);
    }

    private static RowResult result(Row row) {
        return new RowResult(row.number("row"), row.maybe("application_number", row::text), row.as(RowOutcome.class, "outcome"), row.flag("flagged"), row.maybe("loan_id", row::uuid),
                row.maybe("loan_version", row::number), objects(row.text("sayings")).stream().map(ImportStore::message).toList(), objects(row.text("changes")).stream().map(ImportStore::change).toList());
    }

    private static List<JsonObject> objects(String json) {
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }

    private static RowMessage message(JsonObject saying) {
        return new RowMessage(saying.getString("code"), saying.getString("field"), Saying.Severity.valueOf(saying.getString("severity")), texts(saying));
    }

    private static FieldChange change(JsonObject change) {
        return new FieldChange(change.getString("field"), text(change.get("before")), text(change.get("after")));
    }

    private static Optional<String> text(JsonValue value) {
        return value instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
