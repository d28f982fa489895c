package org.kopuro.registers.borrowers;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/**
 * The identifiers of §14 as their registers publish them (LOAN-120 to LOAN-127): text of ASCII digits, not all of them zero. They are judged, not parsed into types of their own, because what is
 * wrong with one is told in TEST and refused in PRODUCTION, and has to be kept in either case.
 */
public enum Identifier {
    /** INN of a company. */
    COMPANY_INN("[0-9]{10}", IdentifierProblem.BORROWER_INN_FORM, IdentifierProblem.BORROWER_INN_ZEROS, (digits, problems) -> {
        if (innDigit(digits, 9) != digit(digits, 9)) {
            problems.add(IdentifierProblem.BORROWER_INN_CHECK_DIGIT);
        }
    }),
    /** INN of a person, a sole proprietor among them. */
    PERSON_INN("[0-9]{12}", IdentifierProblem.BORROWER_INN_FORM, IdentifierProblem.BORROWER_INN_ZEROS, (digits, problems) -> {
        if (innDigit(digits, 10) != digit(digits, 10) || innDigit(digits, 11) != digit(digits, 11)) {
            problems.add(IdentifierProblem.BORROWER_INN_CHECK_DIGIT);
        }
    }),
    /** Of a company. */
    OGRN("[0-9]{13}", IdentifierProblem.OGRN_FORM, IdentifierProblem.OGRN_ZEROS, (digits, problems) -> ogrn(digits, "15", 11, problems)),
    /** Of a sole proprietor. */
    OGRNIP("[0-9]{15}", IdentifierProblem.OGRN_FORM, IdentifierProblem.OGRN_ZEROS, (digits, problems) -> ogrn(digits, "3", 13, problems)),
    /** Of digits only, or as it is printed: {@code 112-233-445 95}. */
    SNILS("[0-9]{11}|[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}", IdentifierProblem.SNILS_FORM, IdentifierProblem.SNILS_ZEROS, Identifier::snils),
    /** Of a company's registration at a tax office. */
    KPP("[0-9]{4}[0-9A-Z]{2}[0-9]{3}", IdentifierProblem.KPP_FORM, null, (text, problems) -> { }),
    /** A code's form; whether there is such a code, the classifier of its day says. */
    OKVED("[0-9]{2}(\\.[0-9]([0-9](\\.[0-9][0-9]?)?)?)?", IdentifierProblem.OKVED_FORM, null, (text, problems) -> { }),
    /** Of the Kyrgyz Republic, as far as a bank abroad can judge it. No check digit is known. */
    KYRGYZ_INN("[0-9]{14}", IdentifierProblem.KYRGYZ_INN_FORM, IdentifierProblem.KYRGYZ_INN_ZEROS, Identifier::kyrgyz);

    /** Longer ones are not even looked at. */
    private static final int LONGEST = 32;
    private static final int[] INN_WEIGHTS = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
    /** Up to this one numbers were given without a check number. */
    private static final int LAST_UNCHECKED_SNILS = 1_001_998;
    private static final Pattern THREE_EQUAL = Pattern.compile("([0-9])\\1\\1");

    private final Pattern form;
    private final IdentifierProblem wrongForm;
    /** Null where zeros are nothing particular. */
    private final IdentifierProblem zeros;
    private final BiConsumer<String, List<IdentifierProblem>> rules;

    Identifier(String form, IdentifierProblem wrongForm, IdentifierProblem zeros, BiConsumer<String, List<IdentifierProblem>> rules) {
        this.form = Pattern.compile(form);
        this.wrongForm = wrongForm;
        this.zeros = zeros;
        this.rules = rules;
    }

    /** The gravest first; none of a sound one. Blanks around it are part of it. */
    public List<IdentifierProblem> problemsOf(String text) {
        if (text.length() > LONGEST || !form.matcher(text).matches()) {
            return List.of(wrongForm);
        }
        String plain = this == SNILS ? plainSnils(text) : text;
        if (zeros != null && plain.chars().allMatch(c -> c == '0')) {
            return List.of(zeros);
        }
        List<IdentifierProblem> problems = new ArrayList<>();
        rules.accept(plain, problems);
        return List.copyOf(problems);
    }

    public Soundness judge(String text) {
        return problemsOf(text).stream().map(IdentifierProblem::worth).max(Comparator.naturalOrder()).orElse(Soundness.SOUND);
    }

    /** The refusal of it in that contour, if it is refused there. */
    public Optional<Refusal> refusalOf(String text, String field, Contour contour) {
        return problemsOf(text).stream().filter(problem -> problem.refusedIn(contour)).findFirst().map(problem -> Refusal.of(problem, field));
    }

    /** The 11 digits of a SNILS however it was written. */
    public static String plainSnils(String text) {
        return text.replaceAll("[- ]", "");
    }

    /** What the digit at that place, counted from 0, has to be by those before it, each with the weight that the Federal Tax Service publishes: the weights end with the one before. */
    private static int innDigit(String digits, int place) {
        int sum = 0;
        for (int i = 0; i < place; i++) {
            sum += digit(digits, i) * INN_WEIGHTS[INN_WEIGHTS.length - place + i];
        }
        return sum % 11 % 10;
    }

    private static void ogrn(String digits, String first, int modulus, List<IdentifierProblem> problems) {
        int last = digits.length() - 1;
        if (first.indexOf(digits.charAt(0)) < 0) {
            problems.add(IdentifierProblem.OGRN_FIRST_DIGIT);
        }
        if (Long.parseLong(digits.substring(0, last)) % modulus % 10 != digit(digits, last)) {
            problems.add(IdentifierProblem.OGRN_CHECK_DIGIT);
        }
    }

    private static void snils(String digits, List<IdentifierProblem> problems) {
        String number = digits.substring(0, 9);
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            sum += digit(number, i) * (9 - i);
        }
        if (Integer.parseInt(number) > LAST_UNCHECKED_SNILS && sum % 101 % 100 != Integer.parseInt(digits.substring(9))) {
            problems.add(IdentifierProblem.SNILS_CHECK_NUMBER);
        }
        if (THREE_EQUAL.matcher(number).find()) {
            problems.add(IdentifierProblem.SNILS_THREE_EQUAL);
        }
    }

    private static void kyrgyz(String digits, List<IdentifierProblem> problems) {
        if (digits.charAt(0) > '2') {
            problems.add(IdentifierProblem.KYRGYZ_INN_FIRST_DIGIT);
        }
        try {
            LocalDate.of(Integer.parseInt(digits.substring(5, 9)), Integer.parseInt(digits.substring(3, 5)), Integer.parseInt(digits.substring(1, 3)));
        } catch (DateTimeException e) {
            problems.add(IdentifierProblem.KYRGYZ_INN_DATE);
        }
    }

    private static int digit(String digits, int place) {
        return digits.charAt(place) - '0';
    }
}
