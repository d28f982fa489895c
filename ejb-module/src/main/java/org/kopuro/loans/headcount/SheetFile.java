package org.kopuro.loans.headcount;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.loans.programmes.Rulebook;

/**
 * A sheet as anybody has it: its formula is computed again from its own numbers, without the registers. What was counted in them is not shown by it; for that there is the ledger, and the nightly
 * recomputation (LOAN-86).
 *
 * @param counted     empty where there was no report
 * @param result      in roubles
 * @param differences in sentences; none where all fits
 */
public record SheetFile(String sha256, String loan, String month, String metric, Optional<Integer> counted, Optional<String> result, List<String> differences) {

    /** Many times what a sheet has. */
    public static final int LENGTH_MAX = 20_000;

    public SheetFile {
        differences = List.copyOf(differences);
    }

    /** @throws Unproven where it is no sheet of this form; where it is one and its numbers do not fit, that is told in the result */
    public static SheetFile check(String text) throws Unproven {
        SheetText told = SheetText.parse(text);
        SheetMembers sheet = SheetMembers.of(text);
        return new SheetFile(sha256(text), told.loan().toString(), told.chosen().month().toString(), told.chosen().metric().name(),
                sheet.isNull("counted") ? Optional.empty() : Optional.of(sheet.number("counted")), sheet.maybe("result"), differences(told, sheet));
    }

    private static List<String> differences(SheetText told, SheetMembers sheet) throws Unproven {
        List<String> differences = new ArrayList<>();
        LocalDate appliedOn = Rulebook.day(told.appliedAt());
        same("appliedOn", sheet.text("appliedOn"), appliedOn.toString(), differences);
        int months = Maximum.months(told.formula().months(), told.formula().monthsUntil(), told.start());
        same("months", String.valueOf(sheet.number("months")), String.valueOf(months), differences);
        same("formula", sheet.text("formula"), SheetText.FORMULA, differences);
        if (sheet.isNull("counted")) {
            for (String name : List.of("read", "excluded", "source", "uncapped", "result")) {
                if (!sheet.isNull(name)) {
                    differences.add(name + " is told, and nothing was counted.");
                }
            }
            return differences;
        }
        int counted = sheet.number("counted");
        sheet.object("source").text("id");
        same("read", String.valueOf(sheet.number("read")), String.valueOf(counted + excluded(sheet.object("excluded"))), differences);
        try {
            Maximum maximum = Maximum.of(told.formula().wageKopecks(), told.formula().factorPercent(), counted, months, told.formula().capKopecks());
            same("uncapped", sheet.text("uncapped"), SheetText.roubles(maximum.uncapped()), differences);
            same("result", sheet.text("result"), SheetText.roubles(maximum.result()), differences);
        } catch (ArithmeticException e) {
            differences.add("The sheet's numbers make a sum that no loan has.");
        }
        return differences;
    }

    private static long excluded(SheetMembers reasons) throws Unproven {
        long excluded = 0;
        for (String reason : reasons.object().keySet()) {
            excluded += reasons.number(reason);
        }
        return excluded;
    }

    private static void same(String name, String told, String computed, List<String> differences) {
        if (!told.equals(computed)) {
            differences.add(name + " is " + told + ", and follows as " + computed + ".");
        }
    }

    static String sha256(String json) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
