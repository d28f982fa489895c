package org.kopuro.access.catalogue;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.kopuro.documents.DocumentView;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** Published texts. */
@Dependent
class TextStore {

    private static final String SELECT = """
            select f.*, t.dated, d.file_name, d.size, d.sha256
              from access.published_text_file f join access.published_text t using (kind, version) join documents.document d on d.id = f.document_id
            """;

    @Inject
    private Sql sql;

    /** Makes the version where this is its first language, whichever node was first. */
    void begin(NewText text) {
        try {
            sql.update("insert into access.published_text (kind, version, dated) values (?, ?, ?) on conflict (kind, version) do nothing", text.kind(), text.version(), text.dated());
        } catch (SqlFailure e) {
            throw e.constraint().equals("published_text_previous_fk") ? Refusal.of(CatalogueRefusal.TEXT_VERSION_SKIPPED, "version") : e;
        }
        LocalDate dated = sql.one("select dated from access.published_text where kind = ? and version = ?", row -> row.day("dated"), text.kind(), text.version());
        if (!dated.equals(text.dated())) {
            throw Refusal.of(CatalogueRefusal.TEXT_DATED_OTHERWISE, "dated", dated.toString());
        }
    }

    void add(NewText text, DocumentView document, Instant at, Actor by) {
        try {
            sql.update("insert into access.published_text_file (kind, version, language, title, document_id, published_at, actor, actor_role) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    text.kind(), text.version(), text.language(), text.title(), document.id(), at, by.account().orElseThrow(), by.role());
        } catch (SqlFailure e) {
            throw e.constraint().equals("published_text_file_pk") ? Refusal.of(CatalogueRefusal.TEXT_PUBLISHED_ALREADY, "version") : e;
        }
    }

    List<TextView> list() {
        return sql.list(SELECT + "order by f.kind, f.version desc, f.language", TextStore::text);
    }

    Optional<TextView> find(TextKind kind, int version, Language language) {
        return sql.first(SELECT + "where f.kind = ? and f.version = ? and f.language = ?", TextStore::text, kind, version, language);
    }

    private static TextView text(Row row) {
        return new TextView(row.as(TextKind.class, "kind"), row.number("version"), row.day("dated"), row.as(Language.class, "language"), row.text("title"), row.uuid("document_id"),
                row.text("file_name"), row.number("size"), HexFormat.of().formatHex(row.octets("sha256")), row.instant("published_at"));
    }
}
