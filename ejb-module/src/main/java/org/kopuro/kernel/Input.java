package org.kopuro.kernel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.UUID;
import java.util.function.IntPredicate;

/** Bounds on what callers write into fields: everything has a limit, and control characters have no place in a name. */
public final class Input {

    private Input() {
    }

    /** A text of 1 to {@code limit} characters, blanks around it removed. */
    public static String text(String value, String field, int limit) {
        return checked(value, field, limit, Character::isISOControl);
    }

    /** As {@link #text}, of more than one line. */
    public static String lines(String value, String field, int limit) {
        return checked(value, field, limit, point -> Character.isISOControl(point) && point != '\n' && point != '\r' && point != '\t');
    }

    private static String checked(String value, String field, int limit, IntPredicate refused) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, field);
        }
        if (text.length() > limit) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, field, limit);
        }
        if (text.codePoints().anyMatch(refused)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return text;
    }

    /** One of an enum's names. */
    public static <E extends Enum<E>> E oneOf(Class<E> type, String value, String field) {
        String name = text(value, field, 64);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw Refusal.of(InputRefusal.FIELD_INVALID, field);
    }

    /** A language by its BCP 47 tag, however it is spelled. */
    public static Language language(String value, String field) {
        return oneOf(Language.class, text(value, field, 64).toUpperCase(Locale.ROOT), field);
    }

    /** An ISO 8601 day. */
    public static LocalDate day(String value, String field) {
        try {
            return LocalDate.parse(text(value, field, 10));
        } catch (DateTimeParseException e) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
    }

    /** An ISO 8601 month, such as 2026-03. */
    public static YearMonth month(String value, String field) {
        try {
            return YearMonth.parse(text(value, field, 7));
        } catch (DateTimeParseException e) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
    }

    /** An ISO 8601 moment with its zone, of the years 1 to 9999. */
    public static Instant instant(String value, String field) {
        try {
            OffsetDateTime moment = OffsetDateTime.parse(text(value, field, 40));
            if (moment.getYear() < 1 || moment.getYear() > 9999) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, field);
            }
            return moment.toInstant();
        } catch (DateTimeParseException e) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
    }

    /** A UUID in its usual spelling. */
    public static UUID uuid(String value, String field) {
        String text = text(value, field, 36);
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return UUID.fromString(text);
    }
}
