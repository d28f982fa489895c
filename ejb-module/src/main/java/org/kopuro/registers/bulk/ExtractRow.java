package org.kopuro.registers.bulk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.registers.TaxpayerKind;
import org.kopuro.registers.borrowers.BorrowerInn;
import org.kopuro.registers.borrowers.Identifier;
import org.kopuro.registers.borrowers.IdentifierProblem;

/** The values of one row of an extract, read in the order of its columns; each is checked as it is taken. */
final class ExtractRow {

    static final int TEXT_LIMIT = 512;
    private static final int OKVED_LIMIT = 500;

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2099;
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}\\.[0-9]{2}");
    // Nine digits always fit an int.
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DISTRICT_CODE = Pattern.compile("[0-9]{3}");
    private static final Pattern POSTCODE = Pattern.compile("[0-9]{6}");
    private static final Pattern ACTIVITY_CODE = Pattern.compile("[0-9]{2}(\\.[0-9]{1,2}){0,3}");
    private static final Pattern RUSSIAN_INN = Pattern.compile("[0-9]{10}|[0-9]{12}");
    private static final Pattern PERSONS_INN = Pattern.compile("[0-9]{12}");
    private static final Pattern SNILS = Pattern.compile("[0-9]{3}-?[0-9]{3}-?[0-9]{3}[ -]?[0-9]{2}");
    private static final int MOMENT_LIMIT = 40;
    private static final Pattern REGION_CODE = Pattern.compile("[0-9]{2}");
    private static final Pattern TAX_CODE = Pattern.compile("[0-9A-Z]{1,16}");

    private final List<String> columns;
    private final List<String> values;
    private final Predicate<Refusal> tolerant;
    private int next;

    /** @param tolerant whether the row is taken with something that can be stored and is not clean; it is told then */
    ExtractRow(List<String> columns, List<String> values, Predicate<Refusal> tolerant) {
        if (values.size() != columns.size()) {
            throw Refusal.of(LoadRefusal.COLUMN_COUNT, "", String.valueOf(columns.size()), String.valueOf(values.size()));
        }
        this.columns = columns;
        this.values = values;
        this.tolerant = tolerant;
    }

    /** What is wrong with the row though its values are sound: refused where the register is to be clean. */
    void doubt(RefusalCode code, String column) {
        Refusal refusal = Refusal.of(code, column);
        if (!tolerant.test(refusal)) {
            throw refusal;
        }
    }

    String inn() {
        return Inn.of(take(), column()).digits();
    }

    String optionalInn() {
        String text = take();
        return text.isEmpty() ? null : Inn.of(text, column()).digits();
    }

    /** A Russian one, of a company or a person by its length. */
    String borrowerInn() {
        String text = required();
        return checked(BorrowerInn.identifier(text), text);
    }

    String identifier(Identifier identifier) {
        return checked(identifier, required());
    }

    String optional(Identifier identifier) {
        String text = take();
        return text.isEmpty() ? null : checked(identifier, text);
    }

    /** Further activity codes, with blanks between them. */
    List<String> okvedCodes() {
        String text = take();
        List<String> codes = text.isEmpty() ? List.of() : List.of(text.split(" "));
        if (codes.size() > OKVED_LIMIT) {
            throw Refusal.of(LoadRefusal.TOO_MANY_CODES, column(), String.valueOf(OKVED_LIMIT));
        }
        codes.forEach(code -> checked(Identifier.OKVED, code));
        return codes;
    }

    private String checked(Identifier identifier, String text) {
        for (IdentifierProblem problem : identifier.problemsOf(text)) {
            if (problem.refusedIn(Contour.TEST)) {
                throw Refusal.of(problem, column());
            }
            doubt(problem, column());
        }
        return text;
    }

    String oneOf(LoadRefusal wrong, String... words) {
        String text = required();
        if (!List.of(words).contains(text)) {
            throw Refusal.of(wrong, column(), String.join(", ", words));
        }
        return text;
    }

    String regionCode() {
        return matching(REGION_CODE, LoadRefusal.REGION_CODE_FORMAT);
    }

    TaxpayerKind kind() {
        String text = required();
        for (TaxpayerKind kind : TaxpayerKind.values()) {
            if (kind.name().equals(text)) {
                return kind;
            }
        }
        throw Refusal.of(LoadRefusal.KIND_UNKNOWN, column());
    }

    String text() {
        return text(TEXT_LIMIT);
    }

    String text(int limit) {
        String text = optionalText(limit);
        if (text == null) {
            throw Refusal.of(LoadRefusal.VALUE_MISSING, column());
        }
        return text;
    }

    /** Text for people to read, without blanks around it; {@code null} when nothing is left. */
    String optionalText() {
        return optionalText(TEXT_LIMIT);
    }

    private String optionalText(int limit) {
        String text = take().strip();
        if (text.codePointCount(0, text.length()) > limit) {
            throw Refusal.of(LoadRefusal.VALUE_TOO_LONG, column(), String.valueOf(limit));
        }
        for (int i = 0; i < text.length(); i++) {
            if (isUnprintable(text.charAt(i))) {
                throw Refusal.of(LoadRefusal.CONTROL_CHARACTER, column(), String.valueOf(i + 1));
            }
        }
        return text.isEmpty() ? null : text;
    }

    LocalDate date() {
        LocalDate date = optionalDate();
        if (date == null) {
            throw Refusal.of(LoadRefusal.VALUE_MISSING, column());
        }
        return date;
    }

    LocalDate optionalDate() {
        String text = take();
        return text.isEmpty() ? null : day(text, DATE, "", LoadRefusal.DATE_FORMAT);
    }

    /** The first day of the month. */
    LocalDate month() {
        return day(required(), MONTH, "-01", LoadRefusal.MONTH_FORMAT);
    }

    long amountMinorUnits() {
        String text = matching(AMOUNT, LoadRefusal.AMOUNT_FORMAT);
        int point = text.length() - 3;
        return Long.parseLong(text.substring(0, point)) * 100 + Long.parseLong(text.substring(point + 1));
    }

    long positiveAmountMinorUnits() {
        long amount = amountMinorUnits();
        if (amount == 0) {
            doubt(LoadRefusal.AMOUNT_ZERO, column());
        }
        return amount;
    }

    int number(int least) {
        int number = Integer.parseInt(matching(NUMBER, LoadRefusal.NUMBER_FORMAT, String.valueOf(least)));
        if (number < least) {
            throw Refusal.of(LoadRefusal.NUMBER_FORMAT, column(), String.valueOf(least));
        }
        return number;
    }

    String districtCode() {
        return matching(DISTRICT_CODE, LoadRefusal.DISTRICT_CODE_FORMAT);
    }

    String optionalPostcode() {
        return optionallyMatching(POSTCODE, LoadRefusal.POSTCODE_FORMAT);
    }

    String optionalActivityCode() {
        return optionallyMatching(ACTIVITY_CODE, LoadRefusal.ACTIVITY_CODE_FORMAT);
    }

    String taxCode() {
        return matching(TAX_CODE, LoadRefusal.TAX_CODE_FORMAT);
    }

    /** Of a company or a sole proprietor in Russia. Check digits are the authority's who accepted it. */
    String russianInn() {
        String text = matching(RUSSIAN_INN, LoadRefusal.RUSSIAN_INN_FORMAT);
        if (text.chars().allMatch(digit -> digit == '0')) {
            throw Refusal.of(LoadRefusal.RUSSIAN_INN_FORMAT, column());
        }
        return text;
    }

    String optionalPersonsInn() {
        return optionallyMatching(PERSONS_INN, LoadRefusal.RUSSIAN_INN_FORMAT);
    }

    /** Eleven digits; the form may write hyphens and a space between them. */
    String optionalSnils() {
        String text = optionallyMatching(SNILS, LoadRefusal.SNILS_FORMAT);
        return text == null ? null : text.replaceAll("[^0-9]", "");
    }

    Instant moment() {
        String text = required();
        try {
            if (text.length() <= MOMENT_LIMIT) {
                OffsetDateTime moment = OffsetDateTime.parse(text);
                if (moment.getYear() >= FIRST_YEAR && moment.getYear() <= LAST_YEAR) {
                    return moment.toInstant().truncatedTo(ChronoUnit.MICROS);
                }
            }
        } catch (DateTimeException e) {
            // Refused below.
        }
        throw Refusal.of(LoadRefusal.MOMENT_FORMAT, column(), String.valueOf(FIRST_YEAR), String.valueOf(LAST_YEAR));
    }

    int within(int least, int greatest) {
        int number = Integer.parseInt(matching(NUMBER, LoadRefusal.NUMBER_FORMAT, String.valueOf(least)));
        if (number < least || number > greatest) {
            throw Refusal.of(LoadRefusal.OUT_OF_RANGE, column(), String.valueOf(least), String.valueOf(greatest));
        }
        return number;
    }

    /** Whether the worker is under a civil-law contract. */
    boolean gpc() {
        return switch (required()) {
            case "EMPLOYMENT" -> false;
            case "GPC" -> true;
            default -> throw Refusal.of(LoadRefusal.CONTRACT_UNKNOWN, column());
        };
    }

    /** The values that are left, all empty. */
    void none() {
        while (next < values.size()) {
            if (!take().isEmpty()) {
                throw Refusal.of(LoadRefusal.VALUE_NOT_EMPTY, column());
            }
        }
    }

    private LocalDate day(String text, Pattern form, String completion, LoadRefusal wrong) {
        if (form.matcher(text).matches()) {
            try {
                LocalDate day = LocalDate.parse(text + completion);
                if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
                    return day;
                }
            } catch (DateTimeException e) {
                // Such as 30 February: refused below like any other text that is no date.
            }
        }
        throw Refusal.of(wrong, column(), String.valueOf(FIRST_YEAR), String.valueOf(LAST_YEAR));
    }

    private String matching(Pattern form, LoadRefusal wrong, Object... arguments) {
        String text = required();
        if (!form.matcher(text).matches()) {
            throw Refusal.of(wrong, column(), arguments);
        }
        return text;
    }

    private String optionallyMatching(Pattern form, LoadRefusal wrong) {
        String text = take();
        if (text.isEmpty()) {
            return null;
        }
        if (!form.matcher(text).matches()) {
            throw Refusal.of(wrong, column());
        }
        return text;
    }

    private String required() {
        String text = take();
        if (text.isEmpty()) {
            throw Refusal.of(LoadRefusal.VALUE_MISSING, column());
        }
        return text;
    }

    private String take() {
        return values.get(next++);
    }

    /** Of the value that was taken last. */
    String column() {
        return columns.get(next - 1);
    }

    /** Control characters and those that change the direction of the text around them: no name or address has them. */
    private static boolean isUnprintable(char c) {
        return Character.isISOControl(c) || c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069'
                || c == '\u200E' || c == '\u200F' || c == '\u2028' || c == '\u2029' || c == '\uFEFF';
    }
}
