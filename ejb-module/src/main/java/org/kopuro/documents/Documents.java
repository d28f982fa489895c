package org.kopuro.documents;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Keeps documents. Its callers decide who may store and who may see one, and refer to it by its id. */
@Stateless
public class Documents {

    private static final Logger LOG = Logger.getLogger(Documents.class.getName());
    private static final String FIELD = "document";

    @Inject
    private DocumentStore store;
    @Inject
    private Clock clock;

    /**
     * Stores an upload in the transaction of whoever refers to it. The same upload stored twice makes two documents.
     *
     * @param uploadedBy an account's id, or {@code system}
     */
    public DocumentView store(Upload upload, String uploadedBy) {
        DocumentView document = new DocumentView(UUID.randomUUID(), upload.fileName(), upload.type(), upload.size(), upload.sha256(),
                clock.instant().truncatedTo(ChronoUnit.MICROS), uploadedBy);
        store.add(document, upload.digest());
        MessageDigest digest = Upload.newDigest();
        try (InputStream content = upload.content()) {
            byte[] octets;
            for (int number = 0; (octets = content.readNBytes(DocumentStore.PART)).length > 0; number++) {
                digest.update(octets);
                store.addPart(document, number, octets);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!MessageDigest.isEqual(digest.digest(), upload.digest())) {
            throw new IllegalStateException("The temporary file of an upload is not what was received.");
        }
        return document;
    }

    public Optional<DocumentView> find(UUID id) {
        return store.find(id);
    }

    /**
     * Takes the octets out of the database and compares them with their digest; to be closed by the caller. Writing them to a client, which may
     * take long, is done after the transaction.
     */
    public DocumentContent open(UUID id) {
        DocumentView document = store.find(id).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, FIELD));
        try {
            Spool spool = new Spool();
            boolean same = false;
            try {
                MessageDigest digest = Upload.newDigest();
                store.eachPart(id, octets -> {
                    digest.update(octets);
                    spool.append(octets, octets.length);
                });
                same = HexFormat.of().formatHex(digest.digest()).equals(document.sha256()) && spool.size() == document.size();
            } finally {
                if (!same) {
                    spool.close();
                }
            }
            if (!same) {
                LOG.log(Level.SEVERE, "Document {0} is not what was stored: somebody altered the database.", id);
                throw Refusal.of(DocumentRefusal.DOCUMENT_ALTERED, FIELD);
            }
            return new DocumentContent(document, spool);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
