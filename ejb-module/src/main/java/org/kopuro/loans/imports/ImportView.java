package org.kopuro.loans.imports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/**
 * An import as it stands.
 *
 * @param octets   of the file
 * @param rows     of the file, without heading and empty ones
 * @param done     rows of the present pass that have their results; of the second pass of all or nothing, how far it has come, though nothing is placed before its end
 * @param flagged  rows whose borrower has another active loan under the programme; they are counted as created or updated, too
 * @param confirmedAt by the bank's controller, where the bank wants four eyes
 * @param sentBy   by whom, a person or a system
 * @param refusal  why the service ended it, where that is the file itself
 * @param fileKept whether a result can still be had as a file
 */
public record ImportView(UUID id, Contour contour, UUID bank, Optional<UUID> sentBy, String fileName, String sha256, int octets, String format, ImportMode mode, ImportChoice choice, Optional<String> programme,
        List<String> unknownColumns, ImportState state, int rows, int done, int created, int updated, int unchanged, int refused, int flagged, Instant receivedAt, Optional<Instant> confirmedAt, Optional<Instant> endedAt,
        Optional<FileRefusal> refusal, boolean fileKept) {

    public ImportView {
        unknownColumns = List.copyOf(unknownColumns);
    }
}
