package org.kopuro.kernel;

/**
 * The taxpayer's identification number of the Kyrgyz Republic (ИНН, for people the same as the PIN): 14 digits.
 * Digit 1 is 0 for an organisation and 1 or 2 for a person, digits 2-9 are a date ddMMyyyy, digits 10-14 a number.
 *
 * <p>The length of the month is deliberately not checked: 30 February marks synthetic numbers, which match nobody.
 * No check digit is tested, because no published rule for one is known to us.
 */
public record Inn(String digits) {

    public static final int LENGTH = 14;

    public Inn {
        check(digits, "inn");
    }

    /** Reads what a caller sent in {@code field}; blanks around it are forgiven, everything else is refused. */
    public static Inn of(String text, String field) {
        String digits = text == null ? "" : text.strip();
        check(digits, field);
        return new Inn(digits);
    }

    public boolean isOrganisation() {
        return digits.charAt(0) == '0';
    }

    /** For logs: enough to recognise one's own number, too little to know another's. */
    public String masked() {
        return digits.charAt(0) + "***********" + digits.substring(12);
    }

    private static void check(String digits, String field) {
        if (digits.isEmpty()) {
            throw Refusal.of(InnRefusal.INN_MISSING, field);
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                throw Refusal.of(InnRefusal.INN_NOT_DIGITS, field, i + 1);
            }
        }
        if (digits.length() != LENGTH) {
            throw Refusal.of(InnRefusal.INN_LENGTH, field, digits.length());
        }
        if (digits.charAt(0) > '2') {
            throw Refusal.of(InnRefusal.INN_FIRST_DIGIT, field);
        }
        int day = Integer.parseInt(digits.substring(1, 3));
        if (day < 1 || day > 31) {
            throw Refusal.of(InnRefusal.INN_DAY, field, digits.substring(1, 3));
        }
        int month = Integer.parseInt(digits.substring(3, 5));
        if (month < 1 || month > 12) {
            throw Refusal.of(InnRefusal.INN_MONTH, field, digits.substring(3, 5));
        }
        int century = Integer.parseInt(digits.substring(5, 7));
        if (century != 19 && century != 20) {
            throw Refusal.of(InnRefusal.INN_YEAR, field, digits.substring(5, 9));
        }
    }

    @Override
    public String toString() {
        return masked();
    }
}
