package org.kopuro.participants;

import org.kopuro.kernel.Refusal;

/**
 * A Russian taxpayer's number: of an organisation 10 digits, of a person 12, a sole proprietor among them. The last one, of a person the last two, check those before them: the
 * sum of these, each with the weight that the Federal Tax Service publishes for its place, modulo 11, of that the last digit.
 *
 * <p>The first two digits are a region, never 00; which regions and offices there are is not checked: they come and go.
 */
public record RussianInn(String digits) {

    private static final int OF_AN_ORGANISATION = 10;
    private static final int OF_A_PERSON = 12;
    /** For the last digit of twelve; a check digit further to the front, or of a shorter number, begins later in them. */
    private static final int[] WEIGHTS = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};

    public RussianInn {
        check(digits, "russianInn");
    }

    /** Reads what somebody wrote in {@code field}; blanks around it are forgiven, everything else is refused. */
    public static RussianInn of(String text, String field) {
        String digits = text == null ? "" : text.strip();
        check(digits, field);
        return new RussianInn(digits);
    }

    /** Refuses a number that a participant of this kind does not have. */
    public void requireOf(ParticipantKind kind, String field) {
        int length = switch (kind) {
            case LEGAL_PERSON, STATE_BODY -> OF_AN_ORGANISATION;
            case SOLE_PROPRIETOR, NATURAL_PERSON -> OF_A_PERSON;
        };
        if (digits.length() != length) {
            throw Refusal.of(ParticipantRefusal.RUSSIAN_INN_OF_ANOTHER_KIND, field);
        }
    }

    private static void check(String digits, String field) {
        if (!digits.matches("(?!00)[0-9]{10}([0-9]{2})?")) {
            throw Refusal.of(ParticipantRefusal.RUSSIAN_INN_LENGTH, field);
        }
        for (int place = digits.length() == OF_A_PERSON ? OF_A_PERSON - 2 : OF_AN_ORGANISATION - 1; place < digits.length(); place++) {
            if (digits.charAt(place) - '0' != expected(digits, place)) {
                throw Refusal.of(ParticipantRefusal.RUSSIAN_INN_CHECK_DIGIT, field);
            }
        }
    }

    private static int expected(String digits, int place) {
        int sum = 0;
        for (int i = 0; i < place; i++) {
            sum += (digits.charAt(i) - '0') * WEIGHTS[WEIGHTS.length - place + i];
        }
        return sum % 11 % 10;
    }
}
