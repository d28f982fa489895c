package org.kopuro.loans.imports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.LoanField;

/**
 * What a row states, as far as its cells can be read.
 *
 * @param number     as a spreadsheet numbers it
 * @param stated     values as {@link LoanField} wants them; an empty cell states nothing
 * @param unreadable why cells cannot be read, and then the row states nothing
 */
record FileRow(int number, Map<LoanField, Object> stated, List<Refusal> unreadable) {

    private static final int NUMBER_MAX = 64;

    FileRow {
        stated = Collections.unmodifiableMap(stated);
        unreadable = List.copyOf(unreadable);
    }

    static FileRow read(SheetRow row, Heading heading, Optional<String> programme) {
        Map<LoanField, Object> stated = new EnumMap<>(LoanField.class);
        List<Refusal> unreadable = new ArrayList<>();
        programme.ifPresent(code -> stated.put(LoanField.PROGRAMME, code));
        heading.columns().forEach((column, index) -> {
            Cell cell = row.cell(index);
            if (!cell.empty()) {
                try {
                    stated.put(column.field(), LoanCells.read(column.field(), cell));
                } catch (Refusal refusal) {
                    unreadable.add(refusal);
                }
            }
        });
        if (!row.whole() || row.cells().size() > heading.titles().size()) {
            unreadable.add(Refusal.of(ImportRefusal.ROW_CELLS, "", heading.titles().size(), row.cells().size()));
        }
        return new FileRow(row.number(), stated, unreadable);
    }

    /** As far as it is one. */
    Optional<String> applicationNumber() {
        return Optional.ofNullable((String) stated.get(LoanField.APPLICATION_NUMBER)).filter(number -> number.length() <= NUMBER_MAX);
    }

    /** What the row is known by (LOAN-F14); empty where it says too little. */
    Optional<List<String>> key() {
        return applicationNumber().map(number -> List.of(String.valueOf(stated.get(LoanField.PROGRAMME)), number));
    }
}
