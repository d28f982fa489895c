package org.kopuro.loans.rest;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.BorrowerKind;
import org.kopuro.loans.DatedSum;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.LoanRefusal;
import org.kopuro.loans.RejectionCode;

/** Reads what a bank states in a body. */
final class LoanReader {

    private static final Pattern AMOUNT = Pattern.compile("(?<roubles>[0-9]{1,13})(\\.(?<kopecks>[0-9]{2}))?");
    private static final Pattern RATE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,4})?");
    private static final Pattern VERSION = Pattern.compile("\"(?<version>[0-9]{1,9})\"");
    private static final int TEXT_MAX = 64;
    /** As many as a loan has. */
    private static final int SUMS_MAX = 1000;

    private LoanReader() {
    }

    /** The fields that are there, of those that are looked for. */
    static Map<LoanField, Object> fields(JsonBody json, Set<LoanField> wanted) {
        Map<LoanField, Object> stated = new EnumMap<>(LoanField.class);
        wanted.forEach(field -> value(json, field).ifPresent(value -> stated.put(field, value)));
        return stated;
    }

    /** The fields that are said to be nothing. */
    static Set<LoanField> cleared(JsonBody json) {
        Set<LoanField> cleared = EnumSet.noneOf(LoanField.class);
        for (LoanField field : LoanField.values()) {
            if (json.emptied(field.json())) {
                cleared.add(field);
            }
        }
        return cleared;
    }

    private static Optional<Object> value(JsonBody json, LoanField field) {
        String name = field.json();
        return switch (field.type()) {
            case NUMBER -> json.optionalNumber(name).map(number -> number);
            case ISSUES -> json.has(name) ? Optional.of(issues(json, name)) : json.optionalObjects(name).stream().findFirst().map(none -> none);
            case BALANCES -> json.has(name) ? Optional.of(balances(json, name)) : json.optionalObjects(name).stream().findFirst().map(none -> none);
            case TEXT -> json.optionalText(name).map(text -> text(field, text));
            case DAY -> json.optionalText(name).map(text -> day(text, name));
            case MOMENT -> json.optionalText(name).map(text -> moment(text, name));
            case MONEY -> json.optionalText(name).map(text -> kopecks(text, name));
            case RATE -> json.optionalText(name).map(text -> rate(text, name));
        };
    }

    private static String text(LoanField field, String text) {
        return switch (field) {
            case BORROWER_KIND -> Input.oneOf(BorrowerKind.class, text, field.json()).name();
            case REJECTION_CODE -> Input.oneOf(RejectionCode.class, text, field.json()).name();
            default -> Input.text(text, field.json(), TEXT_MAX);
        };
    }

    static List<DatedSum> issues(JsonBody json, String name) {
        return json.objects(name, SUMS_MAX).stream().map(item -> {
            DatedSum issue = new DatedSum(day(item.text("on"), name + ".on"), kopecks(item.text("sum"), name + ".sum"));
            item.end();
            return issue;
        }).toList();
    }

    static List<DatedSum> balances(JsonBody json, String name) {
        return json.objects(name, SUMS_MAX).stream().map(item -> {
            LocalDate month = plausible(Input.month(item.text("month"), name + ".month").atDay(1), name + ".month");
            DatedSum balance = new DatedSum(month, kopecks(item.text("sum"), name + ".sum"));
            item.end();
            return balance;
        }).toList();
    }

    static LocalDate day(String text, String name) {
        return plausible(Input.day(text, name), name);
    }

    private static Instant moment(String text, String name) {
        Instant moment = Input.instant(text, name);
        plausible(LocalDate.ofInstant(moment, Installation.MOSCOW), name);
        return moment;
    }

    /** Years that the database and people can read. */
    private static LocalDate plausible(LocalDate day, String name) {
        if (day.getYear() < 1900 || day.getYear() > 2199) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, name);
        }
        return day;
    }

    static long kopecks(String text, String name) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, name);
        }
        return Long.parseLong(amount.group("roubles")) * 100 + (amount.group("kopecks") == null ? 0 : Long.parseLong(amount.group("kopecks")));
    }

    private static BigDecimal rate(String text, String name) {
        if (!RATE.matcher(text).matches()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, name);
        }
        return new BigDecimal(text).setScale(4);
    }

    /** The version that {@code If-Match} names: the card's ETag. */
    static int version(String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw Refusal.of(LoanRefusal.VERSION_MISSING, "If-Match");
        }
        Matcher version = VERSION.matcher(ifMatch.strip());
        if (!version.matches()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "If-Match");
        }
        return Integer.parseInt(version.group("version"));
    }
}
