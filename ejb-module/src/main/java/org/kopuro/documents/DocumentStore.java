package org.kopuro.documents;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Sql;

@Dependent
class DocumentStore {

    /** Octets of each part but the last; the database knows the same number. */
    static final int PART = 262_144;
    /** Parts in memory at once when reading. */
    private static final int PARTS_FETCHED = 4;

    @Inject
    private Sql sql;

    /** Takes the octets of a part. */
    interface Parts {
        void take(byte[] octets) throws IOException;
    }

    void add(DocumentView document, byte[] digest) {
        sql.update("insert into documents.document (id, file_name, media_type, size, sha256, uploaded_at, uploaded_by) values (?, ?, ?, ?, ?, ?, ?)",
                document.id(), document.fileName(), document.type().mediaType(), document.size(), digest, document.uploadedAt(), document.uploadedBy());
    }

    void addPart(DocumentView document, int number, byte[] octets) {
        sql.update("insert into documents.part (document_id, number, size, octets) values (?, ?, ?, ?)", document.id(), number, document.size(), octets);
    }

    Optional<DocumentView> find(UUID id) {
        return sql.first("select * from documents.document where id = ? and erased_at is null", row -> new DocumentView(row.uuid("id"), row.text("file_name"),
                DocumentType.ofMediaType(row.text("media_type")), row.number("size"), HexFormat.of().formatHex(row.octets("sha256")),
                row.instant("uploaded_at"), row.text("uploaded_by")), id);
    }

    /** In their order, a few at a time. */
    void eachPart(UUID document, Parts parts) throws IOException {
        sql.each(PARTS_FETCHED, "select octets from documents.part where document_id = ? order by number", row -> parts.take(row.octets("octets")), document);
    }
}
