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

    static FileRow read(SheetRow row, Heading heading, Optional<String> programme, ImportLimits limits) {
        Map<LoanField, Object> stated = new EnumMap<>(LoanField.class);
        List<Refusal> unreadable = new ArrayList<>();
        programme.ifPresent(code -> stated.put(LoanField.PROGRAMME, code));
        heading.columns().forEach((column, index) -> {
            Cell cell = row.cell(index);
            int charactersMax = column == LoanColumn.ISSUES || column == LoanColumn.BALANCES ? ImportLimits.SUMS_CELL_MAX : limits.charactersMax();
            if (cell.text().length() > charactersMax) {
                unreadable.add(tooLong(row, index, column.code(), charactersMax));
            } else if (!cell.empty()) {
                try {
                    stated.put(column.field(), LoanCells.read(column.field(), cell));
                } catch (Refusal refusal) {
                    unreadable.add(refusal);
                } catch (ArithmeticException | NumberFormatException e) {
                    // A number that none of the readings foresaw: of one cell, and no reason to read the file again and again.
                    unreadable.add(Refusal.of(ImportRefusal.CELL_NOT_NUMBER, column.code()));
                }
            }
        });
        for (int index = 0; index < row.cells().size(); index++) {
            if (row.cell(index).text().length() > limits.charactersMax() && !heading.columns().containsValue(index)) {
                unreadable.add(tooLong(row, index, "", limits.charactersMax()));
            }
        }
        if (!row.whole() || row.cells().size() > heading.titles().size()) {
            unreadable.add(Refusal.of(ImportRefusal.ROW_CELLS, "", heading.titles().size(), row.cells().size()));
        }
        return new FileRow(row.number(), stated, unreadable);
    }

    private static Refusal tooLong(SheetRow row, int index, String field, int charactersMax) {
        return Refusal.of(ImportRefusal.TABLE_CELL_TOO_LONG, field, SheetRows.address(row.number(), index), charactersMax);
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
