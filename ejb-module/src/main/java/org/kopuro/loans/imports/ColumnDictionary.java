package org.kopuro.loans.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.kopuro.kernel.Language;

/** How the columns of a file are written, for people (LOAN-91). */
public record ColumnDictionary(Language language) {

    /** The name of the template's first sheet. */
    public String sheetOfLoans() {
        return LoanColumn.text("sheet.loans", language);
    }

    public String sheetOfColumns() {
        return LoanColumn.text("sheet.columns", language);
    }

    /** Rows of texts, the heading first. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.of("code", "title", "need", "meaning", "example").map(column -> LoanColumn.text("dictionary." + column, language)).toList());
        for (LoanColumn column : LoanColumn.values()) {
            rows.add(List.of(column.code(), column.title(language), LoanColumn.text(column.need() == LoanColumn.Need.MANDATORY ? "dictionary.yes" : "dictionary.no", language), column.meaning(language),
                    column.example()));
        }
        return rows;
    }
}
