package org.kopuro.loans.imports;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.documents.TableFile;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.LoanRefusal;

/** What a node does with imports that wait. Outside a transaction: while a file is read, no connection to the database is held. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ImportRuns {

    private static final Logger LOG = Logger.getLogger(ImportRuns.class.getName());
    /** A turn ends even if imports never do; the next one follows in seconds. */
    private static final int RUNS_MAX = 100;

    @Inject
    private ImportSteps steps;

    public ImportRuns() {
    }

    ImportRuns(ImportSteps steps) {
        this.steps = steps;
    }

    /** Works until nothing waits; how many times an import was taken up. */
    public int turn() {
        int runs = 0;
        for (Optional<ImportTask> task; runs < RUNS_MAX && (task = steps.claim()).isPresent(); runs++) {
            run(task.get());
        }
        return runs;
    }

    /** Removes what is kept no longer. */
    public void tidy() {
        while (steps.removeOld() > 0) {
            // The next ones.
        }
    }

    private void run(ImportTask task) {
        try (TableFile file = steps.content(task.id())) {
            new ImportRun(steps, task, file, steps.limits()).go();
        } catch (Refusal refusal) {
            if (refusal.code() == LoanRefusal.BUSY) {
                // Another one holds a loan or a borrower: its turn comes again.
                steps.release(task);
            } else if (refusal.code() instanceof ImportRefusal || refusal.code() instanceof DocumentRefusal) {
                LOG.log(Level.WARNING, "The file of the import " + task.id() + " is not to be had any more, and the import ends", refusal);
                steps.refuseFile(task, refusal);
            } else {
                failed(task, refusal);
            }
        } catch (IOException | RuntimeException e) {
            failed(task, e);
        }
    }

    private void failed(ImportTask task, Throwable cause) {
        LOG.log(Level.WARNING, "The import " + task.id() + " stopped behind row " + task.done() + " or later, and is tried again", cause);
        steps.failed(task, cause);
    }
}
