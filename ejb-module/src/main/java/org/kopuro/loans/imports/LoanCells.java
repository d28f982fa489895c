package org.kopuro.loans.imports;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.BorrowerKind;
import org.kopuro.loans.DatedSum;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.LoanJson;
import org.kopuro.loans.RejectionCode;

/**
 * Values of {@link LoanField}s in cells, both ways: what is written by {@link #written} is read as what it was (LOAN-92, LOAN-104).
 */
public final class LoanCells {

    /** As a spreadsheet shows a number: of its binary fractions the 16th digit is noise. */
    private static final Pattern PARTS = Pattern.compile("[;\\n]");
    private static final MathContext SHOWN = new MathContext(15);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Pattern NUMBER = Pattern.compile("([+-]?)([0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,18})(?:[.,]([0-9]{1,9}))?");
    private static final Pattern DATED_SUM = Pattern.compile("(\\S+?)\\s*[=:]\\s*(.+)");
    private static final Pattern GUARDED = Pattern.compile("(?s)'+[=+\\-@\\t\\r\\n\\x00].*");
    private static final int DATED_SUMS_MAX = 1000;
    /** Characters of one of them: it is read by patterns, whose time must not grow with the cell. */
    private static final int DATED_SUM_MAX = 100;
    private static final int TEXT_MAX = 64;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DOTTED_DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("HH:mm").optionalStart().appendPattern(":ss").optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true).optionalEnd().optionalEnd().toFormatter().withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder().append(DAY).appendLiteral('T').append(TIME).toFormatter().withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter SPACED_MOMENT = new DateTimeFormatterBuilder().append(DAY).appendLiteral(' ').append(TIME).toFormatter().withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DOTTED_MOMENT = new DateTimeFormatterBuilder().append(DOTTED_DAY).appendLiteral(' ').append(TIME).toFormatter().withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DOTTED_MONTH = DateTimeFormatter.ofPattern("MM.uuuu").withResolverStyle(ResolverStyle.STRICT);

    private LoanCells() {
    }

    /** A value as text for a cell; empty text where there is none. */
    public static String written(LoanField field, Object value) {
        if (value == null) {
            return "";
        }
        return switch (field.type()) {
            case TEXT, DAY, MOMENT, NUMBER -> value.toString();
            case MONEY -> LoanJson.roubles((Long) value);
            case RATE -> ((BigDecimal) value).stripTrailingZeros().toPlainString();
            case ISSUES -> dated(value, DAY);
            case BALANCES -> dated(value, MONTH);
        };
    }

    private static String dated(Object sums, DateTimeFormatter day) {
        return ((List<?>) sums).stream().map(DatedSum.class::cast).map(sum -> day.format(sum.on()) + "=" + LoanJson.roubles(sum.kopecks())).collect(Collectors.joining("; "));
    }

    /** Refuses, at the field's name, a cell that is no value of the field. */
    static Object read(LoanField field, Cell cell) {
        switch (cell.kind()) {
            case FORMULA -> throw refusal(ImportRefusal.CELL_FORMULA, field);
            case ERROR, BOOLEAN -> throw refusal(ImportRefusal.CELL_ERROR, field);
            default -> { }
        }
        return switch (field.type()) {
            case TEXT -> text(field, cell);
            case DAY -> day(cell).orElseThrow(() -> refusal(ImportRefusal.CELL_NOT_DATE, field));
            case MOMENT -> moment(cell).orElseThrow(() -> refusal(ImportRefusal.CELL_NOT_DATE, field));
            case MONEY -> number(cell, false).flatMap(LoanCells::kopecks).orElseThrow(() -> refusal(ImportRefusal.CELL_NOT_MONEY, field));
            case RATE -> number(cell, true).flatMap(LoanCells::rate).orElseThrow(() -> refusal(ImportRefusal.CELL_NOT_RATE, field));
            case NUMBER -> number(cell, false).flatMap(LoanCells::whole).orElseThrow(() -> refusal(ImportRefusal.CELL_NOT_NUMBER, field));
            case ISSUES -> datedSums(cell, LoanCells::dayOf).orElseThrow(() -> refusal(ImportRefusal.CELL_NOT_DATED_SUMS, field));
            case BALANCES -> datedSums(cell, LoanCells::monthOf).orElseThrow(() -> refusal(ImportRefusal.CELL_NOT_DATED_SUMS, field));
        };
    }

    private static String text(LoanField field, Cell cell) {
        if (cell.kind() == Cell.Kind.TEXT) {
            // The apostrophe that keeps spreadsheets from computing; ours where we wrote the file.
            String text = (GUARDED.matcher(cell.text()).matches() ? cell.text().substring(1) : cell.text()).strip();
            if (text.codePoints().anyMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE)) {
                throw refusal(ImportRefusal.CELL_NOT_TEXT, field);
            }
            return bounded(field, text);
        }
        if (cell.kind() == Cell.Kind.NUMBER && (field == LoanField.INN || field == LoanField.PROGRAMME)) {
            String digits = number(cell, false).filter(value -> value.signum() > 0 && value.stripTrailingZeros().scale() <= 0).map(value -> value.toBigIntegerExact().toString())
                    .orElseThrow(() -> refusal(ImportRefusal.CELL_NOT_TEXT, field));
            if (field == LoanField.INN && (digits.length() == 9 || digits.length() == 11)) {
                throw refusal(ImportRefusal.CELL_ZERO_LOST, field);
            }
            return digits;
        }
        throw refusal(ImportRefusal.CELL_NOT_TEXT, field);
    }

    /** As any other way in bounds it. */
    private static String bounded(LoanField field, String text) {
        return switch (field) {
            case BORROWER_KIND -> Input.oneOf(BorrowerKind.class, text, field.json()).name();
            case REJECTION_CODE -> Input.oneOf(RejectionCode.class, text, field.json()).name();
            default -> Input.text(text, field.json(), TEXT_MAX);
        };
    }

    private static boolean plausible(int year) {
        return year >= 1900 && year <= 2199;
    }

    private static Optional<LocalDate> day(Cell cell) {
        return switch (cell.kind()) {
            case TEXT, DATE -> dayOf(cell.text().strip()).or(() -> local(cell.text().strip()).map(LocalDateTime::toLocalDate));
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> moment(Cell cell) {
        return switch (cell.kind()) {
            case TEXT, DATE -> {
                String text = cell.text().strip();
                yield dayOf(text).map(day -> day.atStartOfDay(Installation.MOSCOW).toInstant()).or(() -> local(text).map(local -> local.atZone(Installation.MOSCOW).toInstant())).or(() -> zoned(text));
            }
            default -> Optional.empty();
        };
    }

    private static Optional<LocalDate> dayOf(String text) {
        return parsed(text, LocalDate::parse, DAY, DOTTED_DAY).filter(day -> plausible(day.getYear()));
    }

    private static Optional<LocalDate> monthOf(String text) {
        return parsed(text, YearMonth::parse, MONTH, DOTTED_MONTH).filter(month -> plausible(month.getYear())).map(month -> month.atDay(1));
    }

    private static Optional<LocalDateTime> local(String text) {
        return parsed(text, LocalDateTime::parse, MOMENT, SPACED_MOMENT, DOTTED_MOMENT).filter(moment -> plausible(moment.getYear()));
    }

    private static Optional<Instant> zoned(String text) {
        return parsed(text, OffsetDateTime::parse, DateTimeFormatter.ISO_OFFSET_DATE_TIME).filter(moment -> plausible(moment.getYear())).map(OffsetDateTime::toInstant);
    }

    private interface Parsing<T> {
        T parse(CharSequence text, DateTimeFormatter format);
    }

    private static <T> Optional<T> parsed(String text, Parsing<T> parsing, DateTimeFormatter... formats) {
        for (DateTimeFormatter format : formats) {
            try {
                return Optional.of(parsing.parse(text, format));
            } catch (DateTimeException e) {
                // It may be another's.
            }
        }
        return Optional.empty();
    }

    private static Optional<BigDecimal> number(Cell cell, boolean rate) {
        return switch (cell.kind()) {
            case NUMBER -> Optional.of(new BigDecimal(cell.text()).round(SHOWN));
            case PERCENT -> Optional.of(new BigDecimal(cell.text()).multiply(HUNDRED).round(SHOWN)).filter(value -> rate);
            case TEXT -> number(rate ? cell.text().replaceFirst("\\s*%\\s*$", "") : cell.text());
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> number(String text) {
        Matcher matcher = NUMBER.matcher(text.strip().replace('\u00A0', ' ').replace('\u202F', ' '));
        return matcher.matches() ? Optional.of(new BigDecimal(matcher.group(1) + matcher.group(2).replace(" ", "") + "." + (matcher.group(3) == null ? "0" : matcher.group(3)))) : Optional.empty();
    }

    /** A sum that has no more than two decimals; of any size, which the register's rules bound. */
    private static Optional<Long> kopecks(BigDecimal roubles) {
        return exact(roubles, 2, 18).map(BigDecimal::unscaledValue).map(BigInteger::longValueExact);
    }

    private static Optional<BigDecimal> rate(BigDecimal percent) {
        return exact(percent, 4, 18);
    }

    private static Optional<Integer> whole(BigDecimal number) {
        return exact(number, 0, 9).map(BigDecimal::intValueExact);
    }

    /** Of so many decimals, where none is lost. */
    private static Optional<BigDecimal> exact(BigDecimal number, int decimals, int digitsMax) {
        if (number.signum() != 0 && (number.stripTrailingZeros().scale() > decimals || number.precision() - number.scale() + decimals > digitsMax)) {
            return Optional.empty();
        }
        return Optional.of(number.signum() == 0 ? BigDecimal.ZERO.setScale(decimals) : number.setScale(decimals));
    }

    private interface DayReading {
        Optional<LocalDate> read(String text);
    }

    private static Optional<List<DatedSum>> datedSums(Cell cell, DayReading days) {
        if (cell.kind() != Cell.Kind.TEXT) {
            return Optional.empty();
        }
        List<DatedSum> sums = new ArrayList<>();
        for (String part : PARTS.split(cell.text())) {
            if (part.isBlank()) {
                continue;
            }
            String sum = part.strip();
            if (sum.length() > DATED_SUM_MAX) {
                return Optional.empty();
            }
            Matcher matcher = DATED_SUM.matcher(sum);
            Optional<LocalDate> day = matcher.matches() ? days.read(matcher.group(1)) : Optional.empty();
            Optional<Long> kopecks = day.flatMap(on -> number(matcher.group(2))).flatMap(LoanCells::kopecks);
            if (kopecks.isEmpty() || sums.size() == DATED_SUMS_MAX) {
                return Optional.empty();
            }
            sums.add(new DatedSum(day.get(), kopecks.get()));
        }
        return sums.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(sums));
    }

    private static Refusal refusal(ImportRefusal code, LoanField field) {
        return Refusal.of(code, field.json());
    }
}
