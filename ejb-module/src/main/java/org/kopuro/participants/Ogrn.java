package org.kopuro.participants;

import org.kopuro.kernel.Refusal;
import org.kopuro.registers.borrowers.Identifier;
import org.kopuro.registers.borrowers.IdentifierProblem;

/**
 * A Russian registration number: of an organisation (OGRN) 13 digits, of a sole proprietor (OGRNIP) 15. The last digit checks the others.
 *
 * <p>What the first digit says of the register, and the next ones of year and region, is not checked: the registers' rules for them have changed.
 */
public record Ogrn(String digits) {

    private static final int OF_AN_ORGANISATION = 13;
    private static final int OF_A_PROPRIETOR = 15;

    public Ogrn {
        check(digits, "ogrn");
    }

    /** Reads what somebody wrote in {@code field}; blanks around it are forgiven, everything else is refused. */
    public static Ogrn of(String text, String field) {
        String digits = text == null ? "" : text.strip();
        check(digits, field);
        return new Ogrn(digits);
    }

    /** Refuses a number that a participant of this kind does not have. */
    public void requireOf(ParticipantKind kind, String field) {
        boolean fits = switch (kind) {
            case LEGAL_PERSON, STATE_BODY -> digits.length() == OF_AN_ORGANISATION;
            case SOLE_PROPRIETOR -> digits.length() == OF_A_PROPRIETOR;
            case NATURAL_PERSON -> false;
        };
        if (!fits) {
            throw Refusal.of(ParticipantRefusal.OGRN_OF_ANOTHER_KIND, field);
        }
    }

    private static void check(String digits, String field) {
        if (!digits.matches("[1-9][0-9]{12}([0-9]{2})?")) {
            throw Refusal.of(ParticipantRefusal.OGRN_LENGTH, field);
        }
        if ((digits.length() == OF_AN_ORGANISATION ? Identifier.OGRN : Identifier.OGRNIP).problemsOf(digits).contains(IdentifierProblem.OGRN_CHECK_DIGIT)) {
            throw Refusal.of(ParticipantRefusal.OGRN_CHECK_DIGIT, field);
        }
    }
}
