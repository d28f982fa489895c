package org.kopuro.loans.imports;

import java.util.Optional;
import org.kopuro.kernel.Input;

/**
 * What a bank wants of a file.
 *
 * @param fileName  as shown
 * @param programme of all rows, where the file has no column for it (LOAN-90)
 * @param again     whether a file that came before is looked at anew, and not answered with what is stored (LOAN-95): registers or rights are others by now
 */
public record ImportWish(String fileName, ImportMode mode, ImportChoice choice, Optional<String> programme, boolean again) {

    private static final int NAME_MAX = 200;
    private static final int PROGRAMME_MAX = 64;

    public ImportWish {
        fileName = Input.text(fileName, "fileName", NAME_MAX);
        programme = programme.map(code -> Input.text(code, "programme", PROGRAMME_MAX));
    }

    /** For the first time, as far as whoever sends it knows. */
    public ImportWish(String fileName, ImportMode mode, ImportChoice choice, Optional<String> programme) {
        this(fileName, mode, choice, programme, false);
    }
}
