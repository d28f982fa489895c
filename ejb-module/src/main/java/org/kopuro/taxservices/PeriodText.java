package org.kopuro.taxservices;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import org.kopuro.exchange.Asked;
import org.kopuro.kernel.Refusal;

/** Reads the two ends of a period as callers write them. */
final class PeriodText {

    private PeriodText() {
    }

    /** Days {@code yyyy-MM-dd}; when neither is given, the twelve months that end today. */
    static Asked.Period days(String from, String to, LocalDate today) {
        if (isEmpty(from) && isEmpty(to)) {
            return new Asked.Period(today.minusYears(1).plusDays(1), today);
        }
        return ordered(day(from, "dateFrom"), day(to, "dateTo"), "dateFrom", "dateTo", today);
    }

    /** Months {@code yyyy-MM}, as the first day of the first to the last day of the last. */
    static Asked.Period months(String from, String to, LocalDate today) {
        YearMonth first = month(from, "monthFrom");
        YearMonth last = month(to, "monthTo");
        if (first.isAfter(YearMonth.from(today))) {
            throw Refusal.of(TaxRefusal.PERIOD_IN_THE_FUTURE, "monthFrom");
        }
        return ordered(first.atDay(1), last.atEndOfMonth(), "monthFrom", "monthTo", today);
    }

    private static Asked.Period ordered(LocalDate from, LocalDate to, String fromField, String toField, LocalDate today) {
        if (to.isBefore(from)) {
            throw Refusal.of(TaxRefusal.PERIOD_REVERSED, toField);
        }
        if (from.isAfter(today)) {
            throw Refusal.of(TaxRefusal.PERIOD_IN_THE_FUTURE, fromField);
        }
        return new Asked.Period(from, to);
    }

    private static LocalDate day(String text, String field) {
        if (isEmpty(text)) {
            throw Refusal.of(TaxRefusal.PERIOD_INCOMPLETE, field);
        }
        try {
            return bounded(LocalDate.parse(text.strip()), field);
        } catch (DateTimeParseException e) {
            throw Refusal.of(TaxRefusal.PERIOD_UNREADABLE, field, "2026-01-31");
        }
    }

    private static YearMonth month(String text, String field) {
        if (isEmpty(text)) {
            throw Refusal.of(TaxRefusal.PERIOD_INCOMPLETE, field);
        }
        try {
            YearMonth month = YearMonth.parse(text.strip());
            bounded(month.atDay(1), field);
            return month;
        } catch (DateTimeParseException e) {
            throw Refusal.of(TaxRefusal.PERIOD_UNREADABLE, field, "2026-01");
        }
    }

    /** ISO 8601 knows years that PostgreSQL and people do not. */
    private static LocalDate bounded(LocalDate day, String field) {
        if (day.getYear() < 1900 || day.getYear() > 2999) {
            throw Refusal.of(TaxRefusal.PERIOD_UNREADABLE, field, "2026-01");
        }
        return day;
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isBlank();
    }
}
