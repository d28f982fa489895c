package org.kopuro.loans.imports;

import jakarta.ejb.ApplicationException;
import java.util.List;

/** All or nothing, and a row is refused while the others are being placed: everything is undone. */
@ApplicationException(rollback = true)
public final class NotAll extends RuntimeException {

    private final transient List<RowResult> refused;

    NotAll(List<RowResult> refused) {
        super("a row is refused", null, false, false);
        this.refused = List.copyOf(refused);
    }

    List<RowResult> refused() {
        return refused;
    }
}
