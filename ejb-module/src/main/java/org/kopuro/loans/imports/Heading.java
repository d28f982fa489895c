package org.kopuro.loans.imports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** Which column is what, by the first row (LOAN-91): in any order, and what is unknown is told, not guessed. */
final class Heading {

    private static final int TOLD_MAX = 100;

    private final Map<LoanColumn, Integer> columns = new EnumMap<>(LoanColumn.class);
    private final List<String> titles;
    private final List<String> unknown = new ArrayList<>();

    private Heading(List<String> titles) {
        this.titles = titles;
    }

    /** @param programme of all rows, where the file has no column for it (LOAN-90) */
    static Heading of(SheetRow row, Optional<String> programme) {
        Heading heading = new Heading(row.cells().stream().map(cell -> cell.text().strip()).toList());
        for (int i = 0; i < heading.titles.size(); i++) {
            String title = heading.titles.get(i);
            Optional<LoanColumn> column = LoanColumn.headed(title);
            if (column.isPresent() && heading.columns.putIfAbsent(column.get(), i) != null) {
                throw Refusal.of(ImportRefusal.TABLE_COLUMN_TWICE, SheetRows.FIELD, shortened(title));
            }
            if (column.isEmpty() && !title.isEmpty() && !ResultColumn.isOne(title)) {
                heading.unknown.add(shortened(title));
            }
        }
        Stream.of(LoanColumn.values()).filter(column -> column.need() == LoanColumn.Need.MANDATORY && !heading.columns.containsKey(column))
                .filter(column -> column != LoanColumn.PROGRAMME || programme.isEmpty()).findFirst().ifPresent(column -> {
                    throw Refusal.of(ImportRefusal.TABLE_COLUMN_MISSING, SheetRows.FIELD,
                            Map.of(Language.RU, column.title(Language.RU), Language.KY, column.title(Language.KY), Language.EN, column.title(Language.EN)), column.code());
                });
        return heading;
    }

    /** Where each is. */
    Map<LoanColumn, Integer> columns() {
        return columns;
    }

    /** As they stand there. */
    List<String> titles() {
        return titles;
    }

    List<String> unknown() {
        return List.copyOf(unknown);
    }

    private static String shortened(String title) {
        String bare = title.replaceAll("[\\p{Cc}\\p{Cs}]", " ");
        return bare.length() <= TOLD_MAX ? bare : bare.substring(0, TOLD_MAX);
    }
}
