package org.kopuro.loans.imports;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.kernel.Language;
import org.kopuro.loans.LoanField;

/** A column of a file of loans (LOAN-91): found by its code or by its title in any of the languages. In the order of the template. */
public enum LoanColumn {
    APPLICATION_NUMBER(LoanField.APPLICATION_NUMBER, Need.MANDATORY),
    PROGRAMME(LoanField.PROGRAMME, Need.MANDATORY),
    INN(LoanField.INN, Need.MANDATORY),
    APPLIED_AT(LoanField.APPLIED_AT, Need.MANDATORY),
    REQUESTED(LoanField.REQUESTED, Need.MANDATORY),
    APPROVED(LoanField.APPROVED, Need.OPTIONAL),
    DECIDED_ON(LoanField.DECIDED_ON, Need.OPTIONAL),
    CONTRACT_NUMBER(LoanField.CONTRACT_NUMBER, Need.OPTIONAL),
    CONTRACT_DATE(LoanField.CONTRACT_DATE, Need.OPTIONAL),
    CONTRACT_SUM(LoanField.CONTRACT_SUM, Need.OPTIONAL),
    RATE(LoanField.RATE, Need.OPTIONAL),
    TERM_MONTHS(LoanField.TERM_MONTHS, Need.OPTIONAL),
    END_DATE(LoanField.END_DATE, Need.OPTIONAL),
    CONTRACT_HEADCOUNT(LoanField.CONTRACT_HEADCOUNT, Need.OPTIONAL),
    ISSUES(LoanField.ISSUES, Need.OPTIONAL),
    BALANCES(LoanField.BALANCES, Need.OPTIONAL),
    /** Follows from the number; of exports. */
    BORROWER_KIND(LoanField.BORROWER_KIND, Need.UNASKED),
    REJECTION_CODE(LoanField.REJECTION_CODE, Need.UNASKED);

    private static final Map<Language, ResourceBundle> TEXTS = Stream.of(Language.values()).collect(Collectors.toMap(language -> language, language ->
            ResourceBundle.getBundle(LoanColumn.class.getPackageName() + ".columns", language.locale(), LoanColumn.class.getClassLoader(),
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))));
    private static final Map<String, LoanColumn> BY_HEADING = headings();

    private final LoanField field;
    private final Need need;

    /** Whether a file must have it. */
    public enum Need {
        MANDATORY, OPTIONAL,
        /** Read where it is there, and not in the template. */
        UNASKED
    }

    LoanColumn(LoanField field, Need need) {
        this.field = field;
        this.need = need;
    }

    public LoanField field() {
        return field;
    }

    public Need need() {
        return need;
    }

    public boolean inTemplate() {
        return need != Need.UNASKED;
    }

    /** Of which refusals of cells speak. */
    public String code() {
        return field.json();
    }

    public String title(Language language) {
        return TEXTS.get(language).getString(code());
    }

    /** How its cells are written. */
    public String meaning(Language language) {
        return TEXTS.get(language).getString(code() + ".meaning");
    }

    /** The same in each language: a value that the column takes. */
    public String example() {
        return TEXTS.get(Language.EN).getString(code() + ".example");
    }

    /** Of a heading as somebody wrote it. */
    static Optional<LoanColumn> headed(String heading) {
        return Optional.ofNullable(BY_HEADING.get(plain(heading)));
    }

    /** A text of the result's own columns. */
    static String text(String key, Language language) {
        return TEXTS.get(language).getString(key);
    }

    private static Map<String, LoanColumn> headings() {
        return Stream.of(values()).flatMap(column -> Stream.concat(Stream.of(column.code()), Stream.of(Language.values()).map(column::title)).map(LoanColumn::plain).distinct()
                .map(heading -> Map.entry(heading, column))).collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** However it is spelled: capitals, blanks, Ё, and the asterisk of mandatory columns. */
    static String plain(String heading) {
        return heading.strip().replaceAll("[\\s\\u00A0\\u202F]+", " ").toLowerCase(Locale.ROOT).replace('ё', 'е').replaceAll(" ?\\*$", "");
    }
}
