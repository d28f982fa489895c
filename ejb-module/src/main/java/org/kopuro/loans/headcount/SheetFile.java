package org.kopuro.loans.headcount;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.kopuro.ledger.proof.CanonicalJson;
import org.kopuro.ledger.proof.Unproven;

/**
 * A sheet as anybody has it: its formula is computed again from its own numbers, without the registers. What was counted in them is not shown by it; for that there is the ledger, and the nightly
 * recomputation (LOAN-86).
 *
 * @param counted     empty where there was no report
 * @param differences in sentences; none where all fits
 */
public record SheetFile(String sha256, String loan, String month, String metric, Optional<Integer> counted, Optional<String> result, List<String> differences) {

    /** Many times what a sheet has. */
    public static final int LENGTH_MAX = 20_000;

    private static final Pattern ROUBLES = Pattern.compile("(0|[1-9][0-9]{0,14})\\.([0-9]{2})");
    private static final Set<String> MEMBERS = Set.of("form", "formVersion", "contour", "loan", "at", "ruleSet", "appliedAt", "appliedOn", "contractOn", "month", "monthAsserted", "metric", "wage",
            "factorPercent", "monthsMax", "monthsUntil", "months", "formula", "cap", "uncapped", "result", "read", "counted", "excluded", "source");

    public SheetFile {
        differences = List.copyOf(differences);
    }

    /** @throws Unproven where it is no sheet of this form; where it is one and its numbers do not fit, that is told in the result */
    public static SheetFile check(String text) throws Unproven {
        if (text.length() > LENGTH_MAX) {
            throw new Unproven("The sheet is longer than " + LENGTH_MAX + " characters.");
        }
        JsonObject sheet = CanonicalJson.parse(text, "The sheet");
        if (!sheet.keySet().equals(MEMBERS) || !SheetText.FORM.equals(text(sheet, "form")) || number(sheet, "formVersion") != SheetText.VERSION) {
            throw new Unproven("This is not a calculation sheet of version " + SheetText.VERSION + ".");
        }
        List<String> differences = new ArrayList<>();
        try {
            compare(sheet, differences);
        } catch (DateTimeException e) {
            throw new Unproven("A date of the sheet is none.");
        }
        return new SheetFile(sha256(text), text(sheet, "loan"), text(sheet, "month"), text(sheet, "metric"), isNull(sheet, "counted") ? Optional.empty() : Optional.of(number(sheet, "counted")),
                maybe(sheet, "result"), differences);
    }

    private static void compare(JsonObject sheet, List<String> differences) throws Unproven {
        LocalDate appliedOn = Moscow.day(Instant.parse(text(sheet, "appliedAt")));
        same("appliedOn", text(sheet, "appliedOn"), appliedOn.toString(), differences);
        Optional<LocalDate> contractOn = maybe(sheet, "contractOn").map(LocalDate::parse);
        int months = Maximum.months(number(sheet, "monthsMax"), maybe(sheet, "monthsUntil").map(LocalDate::parse), contractOn.orElse(appliedOn));
        same("months", String.valueOf(number(sheet, "months")), String.valueOf(months), differences);
        same("formula", text(sheet, "formula"), SheetText.FORMULA, differences);
        long wage = kopecks(text(sheet, "wage"), "wage");
        int factor = number(sheet, "factorPercent");
        Optional<String> cap = maybe(sheet, "cap");
        Optional<Long> capKopecks = cap.isEmpty() ? Optional.empty() : Optional.of(kopecks(cap.get(), "cap"));
        if (isNull(sheet, "counted")) {
            for (String name : List.of("read", "excluded", "source", "uncapped", "result")) {
                if (!isNull(sheet, name)) {
                    differences.add(name + " is told, and nothing was counted.");
                }
            }
            return;
        }
        int counted = number(sheet, "counted");
        same("read", String.valueOf(number(sheet, "read")), String.valueOf(counted + excluded(sheet)), differences);
        try {
            Maximum maximum = Maximum.of(wage, factor, counted, months, capKopecks);
            same("uncapped", text(sheet, "uncapped"), SheetText.roubles(maximum.uncapped()), differences);
            same("result", text(sheet, "result"), SheetText.roubles(maximum.result()), differences);
        } catch (ArithmeticException e) {
            differences.add("The sheet's numbers make a sum that no loan has.");
        }
    }

    private static long excluded(JsonObject sheet) throws Unproven {
        if (!(sheet.get("excluded") instanceof JsonObject reasons)) {
            throw new Unproven("The sheet's excluded is not an object.");
        }
        long excluded = 0;
        for (String reason : reasons.keySet()) {
            excluded += number(reasons, reason);
        }
        return excluded;
    }

    private static void same(String name, String told, String computed, List<String> differences) {
        if (!told.equals(computed)) {
            differences.add(name + " is " + told + ", and follows as " + computed + ".");
        }
    }

    private static boolean isNull(JsonObject sheet, String name) {
        return sheet.get(name) == JsonValue.NULL;
    }

    private static String text(JsonObject sheet, String name) throws Unproven {
        return maybe(sheet, name).orElseThrow(() -> new Unproven("The sheet's " + name + " is missing."));
    }

    private static Optional<String> maybe(JsonObject sheet, String name) throws Unproven {
        if (isNull(sheet, name)) {
            return Optional.empty();
        }
        if (sheet.get(name) instanceof JsonString text) {
            return Optional.of(text.getString());
        }
        throw new Unproven("The sheet's " + name + " is not a text.");
    }

    private static int number(JsonObject sheet, String name) throws Unproven {
        if (sheet.get(name) instanceof JsonNumber number && number.toString().matches("0|[1-9][0-9]{0,8}")) {
            return number.intValueExact();
        }
        throw new Unproven("The sheet's " + name + " is not a whole number from 0.");
    }

    private static long kopecks(String text, String name) throws Unproven {
        if (!ROUBLES.matcher(text).matches()) {
            throw new Unproven("The sheet's " + name + " is not a sum in roubles with two decimals.");
        }
        return Long.parseLong(text.replace(".", ""));
    }

    static String sha256(String json) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
