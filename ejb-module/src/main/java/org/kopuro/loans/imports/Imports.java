package org.kopuro.loans.imports;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.documents.TableFile;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/** Takes files of loans, and tells what became of them. Outside a transaction: while a file is received and read through, no connection to the database is held. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Imports {

    /** Of a list, and of results. */
    public static final int PAGE_MAX = 1000;

    @Inject
    private ImportSteps steps;

    public Imports() {
    }

    Imports(ImportSteps steps) {
        this.steps = steps;
    }

    /**
     * Receives a file and reads it through once; what is refused is about the file, and nothing of it is kept. The work is then any node's. The same file sent again for the same purpose has the
     * answer that it had, or has by now.
     */
    public ImportView receive(ImportSender sender, InputStream content, ImportWish wish) throws IOException {
        ImportLimits limits = steps.limits();
        try (TableFile file = TableFile.receive(content, limits.archive())) {
            Heading[] heading = new Heading[1];
            int[] rows = new int[1];
            SheetRows.each(file, limits, row -> {
                if (heading[0] == null) {
                    heading[0] = Heading.of(row, wish.programme());
                } else {
                    rows[0]++;
                }
                return true;
            });
            return steps.receive(sender, file, wish, heading[0].unknown(), rows[0]);
        }
    }

    /** Does what a dry run has shown. */
    public ImportView apply(UUID checked, ImportSender sender) {
        return steps.apply(checked, sender);
    }

    /** Lets be applied what waits for the bank's controller. */
    public ImportView confirm(UUID id, ImportSender controller) {
        return steps.confirm(id, controller);
    }

    /** Ends an import where it is; what is placed stays. */
    public ImportView cancel(UUID id, ImportSender sender) {
        return steps.cancel(id, sender);
    }

    /** @param bank whose it must be; empty for whoever sees every bank's */
    public ImportView get(UUID id, Contour contour, Optional<UUID> bank) {
        return steps.get(id, contour, bank);
    }

    /**
     * The latest first, behind this one.
     *
     * @param sentBy whose files alone; empty for whoever sees all of the bank's
     */
    public List<ImportView> list(Contour contour, Optional<UUID> bank, Optional<UUID> sentBy, Optional<UUID> behind, int most) {
        return steps.list(contour, bank, sentBy, behind, Math.max(1, Math.min(most, PAGE_MAX)));
    }

    /** In the order of the file, behind this row. */
    public List<RowResult> results(UUID id, Contour contour, UUID bank, int behind, int most, boolean refusedOnly) {
        steps.get(id, contour, Optional.of(bank));
        return steps.results(id, behind, Math.max(1, Math.min(most, PAGE_MAX)), refusedOnly);
    }

    /** The sender's table with what became of each row, to be closed by the caller. */
    public ResultTable table(UUID id, Contour contour, UUID bank, Language language) {
        ImportView view = steps.get(id, contour, Optional.of(bank));
        return new ResultTable(view, steps.content(id), steps.limits(), language, row -> steps.results(id, row, PAGE_MAX, false));
    }
}
