package org.kopuro.loans.imports;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.Placer;

/**
 * An import that this node holds.
 *
 * @param state CHECKING or APPLYING
 * @param done  rows that are not to be done again
 */
public record ImportTask(UUID id, UUID lease, Contour contour, UUID bank, Actor by, UUID file, ImportMode mode, ImportChoice choice, Optional<String> programme, ImportState state, int rows, int done) {

    Placer placer() {
        return Placer.importing(bank, contour, by, id);
    }

    boolean placing() {
        return state == ImportState.APPLYING;
    }

    String matter() {
        return "loan_import " + id;
    }
}
