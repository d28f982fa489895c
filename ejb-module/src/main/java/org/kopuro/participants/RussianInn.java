package org.kopuro.participants;

import org.kopuro.kernel.Refusal;
import org.kopuro.registers.borrowers.BorrowerInn;
import org.kopuro.registers.borrowers.Soundness;

/**
 * A Russian taxpayer's number: of an organisation 10 digits, of a person 12, a sole proprietor among them. The last one, of a person the last two, check those before them.
 *
 * <p>The first two digits are a region, never 00; which regions and offices there are is not checked: they come and go.
 */
public record RussianInn(String digits) {

    private static final int OF_AN_ORGANISATION = 10;
    private static final int OF_A_PERSON = 12;

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
        if (BorrowerInn.judge(digits) != Soundness.SOUND) {
            throw Refusal.of(ParticipantRefusal.RUSSIAN_INN_CHECK_DIGIT, field);
        }
    }
}
