package org.kopuro.consent.forms.batches;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.AccessRefusal;
import org.kopuro.consent.forms.NewForm;
import org.kopuro.consent.forms.Signing;
import org.kopuro.documents.Archive;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Takes batches over. Outside a transaction: while an archive is received, inflated and inspected, no connection to the database is held. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Batches {

    @Inject
    private BatchRows rows;

    public Batches() {
    }

    Batches(BatchRows rows) {
        this.rows = rows;
    }

    /**
     * Receives an archive and transfers its forms, row by row. A refusal that is thrown is about the archive, and nothing was transferred; or nothing can be transferred at present: then the
     * rows before have their results, and the same archive, sent again, goes on behind them. What stops a row's services alone, as a suspension under their procedure does, is told of it in
     * this report and kept nowhere: sent again, the row is tried again.
     */
    public BatchReport transfer(BatchSender sender, InputStream content) throws IOException {
        BatchLimits limits = rows.limits();
        try (Archive archive = Archive.receive(content, limits.archive())) {
            List<BatchLine> lines = list(archive, limits);
            UUID batch = rows.receive(sender, archive.sha256(), lines.size());
            Set<Integer> done = rows.done(batch);
            List<RowResult> stopped = new ArrayList<>();
            Optional<Refusal> first = Optional.empty();
            for (BatchLine line : lines) {
                if (!done.contains(line.number())) {
                    Optional<Refusal> stop = transfer(batch, sender, line, archive, limits);
                    stop.ifPresent(refusal -> stopped.add(RowResult.refused(line, refusal)));
                    first = first.or(() -> stop);
                }
            }
            if (stopped.size() == lines.size()) {
                throw first.orElseThrow();
            }
            return rows.report(batch, sender.participant(), sender.contour()).with(stopped);
        }
    }

    /** What the rows of a batch of the participant's have come to so far. */
    public BatchReport report(UUID batch, ParticipantId participant, Contour contour) {
        return rows.report(batch, participant, contour);
    }

    private static List<BatchLine> list(Archive archive, BatchLimits limits) throws IOException {
        if (!archive.names().contains(BatchList.NAME)) {
            throw Refusal.of(BatchRefusal.BATCH_LIST_UNREADABLE, "file", 0, String.join(",", BatchList.COLUMNS));
        }
        List<BatchLine> lines = archive.read(BatchList.NAME, BatchList.MEGABYTES_MAX, content -> BatchList.read(content, limits.rowsMax()));
        BatchList.requireFiles(lines, archive.names());
        return lines;
    }

    /** What stops the row's services at present; it has no result then. */
    private Optional<Refusal> transfer(UUID batch, BatchSender sender, BatchLine line, Archive archive, BatchLimits limits) throws IOException {
        try {
            NewForm form = line.form();
            try (Attached file = Attached.of(archive, line.file(), limits.of(form.signing())); Attached signature = Attached.of(archive, line.signature(), Signing.SIGNATURE_LIMITS)) {
                rows.transfer(batch, sender, line, form, file.upload(), signature.upload());
            }
        } catch (Refusal refusal) {
            if (refusal.code() == AccessRefusal.RATE_LIMITED) {
                // It would be every row's.
                throw refusal;
            }
            if (refusal.code() instanceof AccessRefusal) {
                return Optional.of(refusal);
            }
            rows.refuse(batch, sender, line, refusal);
        }
        return Optional.empty();
    }

    /** A file of the archive, inspected; none where the row names none, or one that is not there. */
    private record Attached(Optional<Upload> upload) implements AutoCloseable {

        static Attached of(Archive archive, Optional<String> name, DocumentLimits limits) throws IOException {
            if (name.isEmpty() || !archive.names().contains(name.get())) {
                return new Attached(Optional.empty());
            }
            return new Attached(Optional.of(archive.upload(name.get(), limits)));
        }

        @Override
        public void close() throws IOException {
            if (upload.isPresent()) {
                upload.get().close();
            }
        }
    }
}
