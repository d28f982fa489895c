package org.kopuro.access.catalogue;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.documents.DocumentView;
import org.kopuro.installation.BrokenConstraint;
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

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    /** Makes the version where this is its first language, whichever node was first. */
    void begin(NewText text) {
        run("insert into access.published_text (kind, version, dated) values (?, ?, ?) on conflict (kind, version) do nothing", statement -> {
            statement.setString(1, text.kind().name());
            statement.setInt(2, text.version());
            statement.setObject(3, text.dated());
            return statement.executeUpdate();
        });
        LocalDate dated = run("select dated from access.published_text where kind = ? and version = ?", statement -> {
            statement.setString(1, text.kind().name());
            statement.setInt(2, text.version());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, LocalDate.class);
            }
        });
        if (!dated.equals(text.dated())) {
            throw Refusal.of(CatalogueRefusal.TEXT_DATED_OTHERWISE, "dated", dated.toString());
        }
    }

    void add(NewText text, DocumentView document, Instant at, Actor by) {
        run("insert into access.published_text_file (kind, version, language, title, document_id, published_at, actor, actor_role) values (?, ?, ?, ?, ?, ?, ?, ?)", statement -> {
            statement.setString(1, text.kind().name());
            statement.setInt(2, text.version());
            statement.setString(3, text.language().name());
            statement.setString(4, text.title());
            statement.setObject(5, document.id());
            statement.setObject(6, at.atOffset(ZoneOffset.UTC));
            statement.setObject(7, by.account().orElseThrow());
            statement.setString(8, by.role());
            return statement.executeUpdate();
        });
    }

    List<TextView> list() {
        return run(SELECT + "order by f.kind, f.version desc, f.language", TextStore::texts);
    }

    Optional<TextView> find(TextKind kind, int version, Language language) {
        return run(SELECT + "where f.kind = ? and f.version = ? and f.language = ?", statement -> {
            statement.setString(1, kind.name());
            statement.setInt(2, version);
            statement.setString(3, language.name());
            return texts(statement).stream().findFirst();
        });
    }

    private static List<TextView> texts(PreparedStatement statement) throws SQLException {
        List<TextView> texts = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                texts.add(new TextView(TextKind.valueOf(row.getString("kind")), row.getInt("version"), row.getObject("dated", LocalDate.class),
                        Language.valueOf(row.getString("language")), row.getString("title"), row.getObject("document_id", UUID.class), row.getString("file_name"),
                        row.getInt("size"), HexFormat.of().formatHex(row.getBytes("sha256")), row.getObject("published_at", OffsetDateTime.class).toInstant()));
            }
        }
        return texts;
    }

    private <T> T run(String sql, Work<T> work) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw switch (BrokenConstraint.in(e).orElse("")) {
                case "published_text_previous_fk" -> Refusal.of(CatalogueRefusal.TEXT_VERSION_SKIPPED, "version");
                case "published_text_file_pk" -> Refusal.of(CatalogueRefusal.TEXT_PUBLISHED_ALREADY, "version");
                default -> new IllegalStateException(e);
            };
        }
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
