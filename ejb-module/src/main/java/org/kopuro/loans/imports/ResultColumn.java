package org.kopuro.loans.imports;

import java.util.stream.Stream;
import org.kopuro.kernel.Language;

/** What a result has behind the sender's columns (LOAN-94). A result that is mended and sent again has them, too; then they are none of the loan's. */
enum ResultColumn {
    OUTCOME("result.outcome"),
    LOAN("result.loan"),
    MESSAGES("result.messages"),
    CHANGES("result.changes");

    private final String code;

    ResultColumn(String code) {
        this.code = code;
    }

    String title(Language language) {
        return LoanColumn.text(code, language);
    }

    static boolean isOne(String title) {
        String plain = LoanColumn.plain(title);
        return Stream.of(values()).anyMatch(column -> column.code.equals(plain) || Stream.of(Language.values()).anyMatch(language -> LoanColumn.plain(column.title(language)).equals(plain)));
    }
}
