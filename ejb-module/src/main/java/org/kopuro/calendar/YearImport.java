package org.kopuro.calendar;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.LedgerEvent;

/**
 * A year as it is to be, checked before anything is touched.
 *
 * @param source by which act these are the days
 */
record YearImport(String calendar, int year, String source, List<CalendarDay> days) {

    static final String LEDGER_TYPE = "calendar.year_replaced";

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2100;
    private static final int CODE_LIMIT = 16;
    static final int SOURCE_LIMIT = 1000;

    /** What was done, with its entry for the ledger. */
    record Done(CalendarChanged change, LedgerEvent event) {
    }

    static YearImport of(String calendar, int year, String source, CalendarFormat format, byte[] file) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw Refusal.of(CalendarRefusal.YEAR_OUT_OF_RANGE, "year", String.valueOf(FIRST_YEAR), String.valueOf(LAST_YEAR));
        }
        return new YearImport(Input.text(calendar, "calendar", CODE_LIMIT), year, Input.text(source, "source", SOURCE_LIMIT), YearFile.read(format, file, year));
    }

    /**
     * In the caller's transaction, to which the entry belongs as well.
     *
     * @param by empty where the operator's command does it, which knows no account
     */
    Done into(CalendarStore store, Instant at, Optional<Actor> by) {
        UUID id = store.id(calendar).orElseThrow(() -> unknown(calendar));
        long revision = store.replace(calendar, year, source, days, at);
        LedgerEvent event = LedgerEvent.of(LEDGER_TYPE, 2, "calendar", id, at).with("calendar", calendar).with("year", year).with("revision", revision)
                .with("nonWorking", dates(DayKind.NON_WORKING)).with("working", dates(DayKind.WORKING)).with("sourceSha256", sha256(source))
                .with("actor", by.flatMap(Actor::account)).with("actorRole", by.map(Actor::role));
        return new Done(new CalendarChanged(calendar, year, revision), event);
    }

    static Refusal unknown(String calendar) {
        return Refusal.of(CalendarRefusal.CALENDAR_UNKNOWN, "calendar", calendar);
    }

    private List<LocalDate> dates(DayKind kind) {
        return days.stream().filter(day -> day.kind() == kind).map(CalendarDay::day).toList();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
