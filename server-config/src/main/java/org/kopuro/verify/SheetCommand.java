package org.kopuro.verify;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.loans.headcount.SheetFile;

/** The command behind {@code bin/sheet}: computes a calculation sheet's maximum again from its numbers (LOAN-86). */
public final class SheetCommand {

    private static final int FITS = 0;
    private static final int DIFFERS = 1;
    private static final int WRONG_USE = 2;

    private static final String USAGE = """
            usage: bin/sheet SHEET.json [--sha256 HEX]
              --sha256 HEX   the sheet must have this hash, such as an entry of the ledger tells
            exit code: 0 the maximum follows from the sheet's numbers, 1 it does not or this is no sheet, 2 wrong use or nothing readable""";

    private SheetCommand() {
    }

    public static void main(String[] words) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(words), out, err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        try {
            if (words.isEmpty()) {
                throw new WrongUse("Name a sheet.");
            }
            Arguments arguments = Arguments.of(words, Set.of("sha256"), Set.of(), Set.of());
            if (arguments.named().size() != 1) {
                throw new WrongUse("Name one sheet: bin/sheet without arguments says more.");
            }
            return check(read(Path.of(arguments.named().get(0))), arguments.one("sha256"), new Told(out), new Told(err));
        } catch (Unproven e) {
            new Told(err).line("no sheet: " + e.getMessage());
            return DIFFERS;
        } catch (WrongUse | InvalidPathException e) {
            new Told(err).line(e.getMessage());
            if (words.isEmpty()) {
                err.println(USAGE);
            }
            return WRONG_USE;
        }
    }

    private static int check(String text, Optional<String> expected, Told out, Told err) throws Unproven, WrongUse {
        if (expected.filter(hash -> !hash.matches("[0-9a-fA-F]{64}")).isPresent()) {
            throw new WrongUse("--sha256 needs 64 hexadecimal digits.");
        }
        SheetFile sheet = SheetFile.check(text);
        out.line("loan " + sheet.loan() + ", month " + sheet.month() + ", " + sheet.metric() + ": " + sheet.counted().map(number -> "counted " + number).orElse("no report, nothing counted"));
        out.line("maximum: " + sheet.result().map(sum -> sum + " RUB").orElse("not calculated"));
        out.line("sha256: " + sheet.sha256());
        sheet.differences().forEach(difference -> err.line("difference: " + difference));
        boolean other = expected.filter(hash -> !hash.equalsIgnoreCase(sheet.sha256())).isPresent();
        if (other) {
            err.line("difference: the hash asked for is another.");
        }
        if (other || !sheet.differences().isEmpty()) {
            return DIFFERS;
        }
        out.line("OK: the maximum follows from the sheet's numbers");
        return FITS;
    }

    private static String read(Path file) throws Unproven, WrongUse {
        try {
            return LimitedFile.text(LimitedFile.read(file, SheetFile.LENGTH_MAX), "The sheet");
        } catch (IOException e) {
            throw new WrongUse(e.getMessage());
        }
    }
}
