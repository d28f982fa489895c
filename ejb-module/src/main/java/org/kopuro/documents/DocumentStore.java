package org.kopuro.documents;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

@Dependent
class DocumentStore {

    /** Octets of each part but the last; the database knows the same number. */
    static final int PART = 262_144;
    /** Parts in memory at once when reading. */
    private static final int PARTS_FETCHED = 4;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    /** Takes the octets of a part. */
    interface Parts {
        void take(byte[] octets) throws IOException;
    }

    void add(DocumentView document, byte[] digest) {
        run("insert into documents.document (id, file_name, media_type, size, sha256, uploaded_at, uploaded_by) values (?, ?, ?, ?, ?, ?, ?)", statement -> {
            statement.setObject(1, document.id());
            statement.setString(2, document.fileName());
            statement.setString(3, document.type().mediaType());
            statement.setInt(4, document.size());
            statement.setBytes(5, digest);
            statement.setObject(6, document.uploadedAt().atOffset(ZoneOffset.UTC));
            statement.setString(7, document.uploadedBy());
            return statement.executeUpdate();
        });
    }

    void addPart(DocumentView document, int number, byte[] octets) {
        run("insert into documents.part (document_id, number, size, octets) values (?, ?, ?, ?)", statement -> {
            statement.setObject(1, document.id());
            statement.setInt(2, number);
            statement.setInt(3, document.size());
            statement.setBytes(4, octets);
            return statement.executeUpdate();
        });
    }

    Optional<DocumentView> find(UUID id) {
        return run("select * from documents.document where id = ?", statement -> {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(view(row)) : Optional.empty();
            }
        });
    }

    /** In their order, a few at a time. */
    void eachPart(UUID document, Parts parts) throws IOException {
        IOException failure = run("select octets from documents.part where document_id = ? order by number", statement -> {
            statement.setObject(1, document);
            statement.setFetchSize(PARTS_FETCHED);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    parts.take(row.getBytes(1));
                }
                return null;
            } catch (IOException e) {
                return e;
            }
        });
        if (failure != null) {
            throw failure;
        }
    }

    private static DocumentView view(ResultSet row) throws SQLException {
        return new DocumentView(row.getObject("id", UUID.class), row.getString("file_name"), DocumentType.ofMediaType(row.getString("media_type")),
                row.getInt("size"), HexFormat.of().formatHex(row.getBytes("sha256")), row.getObject("uploaded_at", OffsetDateTime.class).toInstant(),
                row.getString("uploaded_by"));
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
