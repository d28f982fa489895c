package org.kopuro.registers.bulk;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * The operator's command line for filling the registers. Prints progress to {@code err}, at most one line a second, and a
 * summary to {@code out}. Texts about rows are in the language asked for, the command's own words in English.
 */
public final class RegistersCommand {

    /** Everything asked for is done. */
    public static final int DONE = 0;
    /** Rows or the whole file were refused, or the database or the file system did not answer. */
    public static final int NOT_ALL_DONE = 1;
    /** The command line or the environment is wrong; nothing was tried. */
    public static final int WRONG_USE = 2;

    static final long DEFAULT_SEED = 1;
    // A fixed month, not the wall clock's: the same command gives the same rows on any day.
    static final YearMonth DEFAULT_MONTH = YearMonth.of(2026, 6);

    private static final int ERRORS_SHOWN = 20;
    private static final String USAGE = """
            usage: generate --contour TEST --count 10000 [--seed N] [--month yyyy-MM]
                   load --contour TEST|PRODUCTION --table TABLE FILE.csv [--errors FILE]
            both:  [--language ru|ky|en]
            TABLE: %s
            environment: KOPURO_DB_URL, KOPURO_DB_OWNER_USER and KOPURO_DB_OWNER_PASSWORD (else KOPURO_DB_USER and KOPURO_DB_PASSWORD);
                         KOPURO_KEYS, the folder of keys, for the tables of payroll""".formatted(tables());

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    private RegistersCommand(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /** Runs one command; the caller's {@code main} hands in its streams and environment and exits with the result. */
    public static int run(String[] args, PrintStream out, PrintStream err, Map<String, String> environment) {
        return new RegistersCommand(out, err, environment).run(List.of(args));
    }

    private int run(List<String> arguments) {
        Language language = Language.EN;
        try {
            if (arguments.isEmpty()) {
                throw new WrongUse("no command given");
            }
            String command = arguments.get(0);
            List<String> rest = arguments.subList(1, arguments.size());
            switch (command) {
                case "generate" -> {
                    Options options = Options.parse(rest, Set.of("contour", "count", "seed", "month", "language"), 0);
                    language = options.language();
                    return generate(options);
                }
                case "load" -> {
                    Options options = Options.parse(rest, Set.of("contour", "table", "errors", "language"), 1);
                    language = options.language();
                    return load(options, language);
                }
                default -> throw new WrongUse("unknown command");
            }
        } catch (WrongUse e) {
            err.println("error: " + e.getMessage());
            err.println(USAGE);
            return WRONG_USE;
        } catch (Refusal refusal) {
            err.println("refused: " + sentences(refusal, language));
            return NOT_ALL_DONE;
        } catch (SQLException e) {
            err.println("error: the database did not do its part" + reason(e) + "; nothing of the transaction under way was kept");
            return NOT_ALL_DONE;
        } catch (IOException e) {
            return fileFailed(e);
        } catch (UncheckedIOException e) {
            return fileFailed(e.getCause());
        }
    }

    private int fileFailed(IOException e) {
        err.println("error: a file could not be read or written (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                + "); nothing of the transaction under way was kept");
        return NOT_ALL_DONE;
    }

    private int generate(Options options) throws SQLException, IOException {
        Contour contour = options.contour();
        if (contour != Contour.TEST) {
            // Before connecting: no state of the database could make it right.
            throw Refusal.of(LoadRefusal.SYNTHETIC_IN_PRODUCTION, "contour");
        }
        int count = (int) options.number("count", SyntheticTaxpayers.LEAST_COUNT, SyntheticTaxpayers.GREATEST_COUNT, null);
        long seed = options.number("seed", Long.MIN_VALUE, Long.MAX_VALUE, DEFAULT_SEED);
        YearMonth month = options.month(DEFAULT_MONTH);
        try (Connection connection = connect()) {
            Progress progress = new Progress("taxpayers");
            SyntheticOutcome outcome = new SyntheticTaxpayers(connection, seed, month).generate(contour, count, progress);
            out.println("taxpayers added: " + outcome.added() + ", already there and left as they are: " + outcome.alreadyThere()
                    + ", rows added in all tables: " + outcome.rowsAdded() + ", " + progress.elapsed());
            return DONE;
        }
    }

    private int load(Options options, Language language) throws SQLException, IOException {
        Contour contour = options.contour();
        Optional<RegisterTable> table = RegisterTable.named(options.required("table"));
        Optional<PayrollTable> payroll = PayrollTable.named(options.required("table"));
        if (table.isEmpty() && payroll.isEmpty()) {
            throw new WrongUse("unknown table: --table is one of " + tables());
        }
        Path file = Path.of(options.operand());
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new WrongUse("no readable file at " + file);
        }
        String errorsFile = options.value("errors");
        if (errorsFile != null && Files.exists(Path.of(errorsFile)) && Files.isSameFile(file, Path.of(errorsFile))) {
            throw new WrongUse("--errors would overwrite the extract itself");
        }
        try (InputStream extract = Files.newInputStream(file);
                Connection connection = connect();
                ErrorReport errors = errorsFile == null
                        ? new ShownErrors(language) : new ErrorsFile(Path.of(errorsFile), language)) {
            Progress progress = new Progress("rows read");
            LoadOutcome outcome = payroll.isPresent() ? new PayrollLoader(connection, keys()).load(contour, payroll.get(), extract, errors, progress.ofLoad())
                    : new RegisterLoader(connection).load(contour, table.orElseThrow(), extract, errors, progress.ofLoad());
            out.println("rows read: " + outcome.read() + ", written: " + outcome.written() + ", unchanged: " + outcome.unchanged()
                    + ", refused: " + outcome.refused() + ", " + (outcome.warnings() == 0 ? "" : "warnings: " + outcome.warnings() + ", ") + progress.elapsed());
            if (table.filter(RegisterTable.TAX_DEBT::equals).isPresent() && outcome.refused() > 0) {
                out.println("the day of debt answers has not moved, because not the whole extract went in");
            }
            return outcome.refused() == 0 ? DONE : NOT_ALL_DONE;
        }
    }

    /** Workers are hashed with a secret that the nodes have, too. */
    private Path keys() {
        String folder = environment.get("KOPURO_KEYS");
        if (folder == null || !Files.isDirectory(Path.of(folder))) {
            throw new WrongUse("KOPURO_KEYS is not set to the folder of keys");
        }
        return Path.of(folder);
    }

    private static String tables() {
        return Stream.concat(Stream.of(RegisterTable.values()).map(RegisterTable::tableName), Stream.of(PayrollTable.values()).map(PayrollTable::tableName)).collect(Collectors.joining(", "));
    }

    private Connection connect() throws SQLException {
        String url = environment.get("KOPURO_DB_URL");
        if (url == null) {
            throw new WrongUse("KOPURO_DB_URL is not set");
        }
        String user = environment.get("KOPURO_DB_OWNER_USER");
        // The pair is taken as a whole: the owner's name with the application's password helps nobody.
        String prefix = user == null ? "KOPURO_DB_" : "KOPURO_DB_OWNER_";
        return DriverManager.getConnection(url, environment.get(prefix + "USER"), environment.get(prefix + "PASSWORD"));
    }

    private static String sentences(Refusal refusal, Language language) {
        return refusal.code().name() + ": " + refusal.sentence(language) + " " + refusal.whatToDo(language);
    }

    private static String reason(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        // Messages about connecting hold an address or a role; those about rows may hold a taxpayer's data and stay unsaid.
        boolean harmless = state.startsWith("08") || state.startsWith("28") || state.startsWith("3D") || state.equals("42501");
        return harmless ? " (" + state + ": " + e.getMessage().lines().findFirst().orElse("") + ")" : " (SQLSTATE " + state + ")";
    }

    private final class Progress implements LongConsumer {
        private static final long ROWS_WORTH_A_WORD = 50_000;
        private static final long INTERVAL_NANOS = 1_000_000_000L;

        private final String what;
        private final long startNanos = System.nanoTime();
        private long lastNanos = startNanos;

        Progress(String what) {
            this.what = what;
        }

        @Override
        public void accept(long done) {
            long now = System.nanoTime();
            if (now - lastNanos >= INTERVAL_NANOS) {
                lastNanos = now;
                err.println(what + ": " + done);
            }
        }

        LoadProgress ofLoad() {
            return new LoadProgress() {
                @Override
                public void rowsRead(long rows) {
                    accept(rows);
                }

                @Override
                public void merging(long rows) {
                    // The one phase that cannot count; said only where it can be felt.
                    if (rows >= ROWS_WORTH_A_WORD) {
                        err.println("checking and merging " + rows + " rows");
                    }
                }
            };
        }

        String elapsed() {
            return String.format(Locale.ROOT, "%d.%01d s", elapsedDuration().toSeconds(), elapsedDuration().toMillisPart() / 100);
        }

        private Duration elapsedDuration() {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }
    }

    /** Where refused rows are told. */
    private interface ErrorReport extends Consumer<RowError>, AutoCloseable {
        @Override
        void close() throws IOException;
    }

    private final class ShownErrors implements ErrorReport {
        private final Language language;
        private long count;

        ShownErrors(Language language) {
            this.language = language;
        }

        @Override
        public void accept(RowError error) {
            count++;
            if (count <= ERRORS_SHOWN) {
                String column = error.refusal().field().isEmpty() ? "" : ", " + error.refusal().field();
                err.println((error.loaded() ? "warning, line " : "line ") + error.line() + column + ": " + sentences(error.refusal(), language));
            }
        }

        @Override
        public void close() {
            if (count > ERRORS_SHOWN) {
                err.println((count - ERRORS_SHOWN) + " more refused rows; --errors FILE writes them all");
            }
        }
    }

    private static final class ErrorsFile implements ErrorReport {
        private final CsvWriter csv;
        private final Language language;

        ErrorsFile(Path file, Language language) throws IOException {
            this.csv = CsvWriter.builder().build(file);
            this.language = language;
            csv.writeRecord("line", "column", "code", "sentence", "what_to_do", "outcome");
        }

        @Override
        public void accept(RowError error) {
            Refusal refusal = error.refusal();
            csv.writeRecord(String.valueOf(error.line()), refusal.field(), refusal.code().name(),
                    refusal.sentence(language), refusal.whatToDo(language), error.loaded() ? "WARNING" : "REFUSED");
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }
    }

    /** {@code --name value} pairs and operands. */
    private record Options(Map<String, String> values, List<String> operands) {

        static Options parse(List<String> arguments, Set<String> known, int operandCount) {
            Map<String, String> values = new HashMap<>();
            List<String> operands = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                if (!argument.startsWith("--")) {
                    operands.add(argument);
                    continue;
                }
                String name = argument.substring(2);
                if (!known.contains(name)) {
                    throw new WrongUse("unknown option " + argument);
                }
                if (i + 1 == arguments.size()) {
                    throw new WrongUse(argument + " needs a value");
                }
                if (values.put(name, arguments.get(++i)) != null) {
                    throw new WrongUse(argument + " is given twice");
                }
            }
            if (operands.size() != operandCount) {
                throw new WrongUse(operandCount == 0 ? "unexpected " + operands.get(0) : "exactly one file is expected");
            }
            return new Options(values, operands);
        }

        String value(String name) {
            return values.get(name);
        }

        String required(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new WrongUse("--" + name + " is missing");
            }
            return value;
        }

        String operand() {
            return operands.get(0);
        }

        Contour contour() {
            return switch (required("contour")) {
                case "TEST" -> Contour.TEST;
                case "PRODUCTION" -> Contour.PRODUCTION;
                default -> throw new WrongUse("--contour is TEST or PRODUCTION");
            };
        }

        Language language() {
            return switch (values.getOrDefault("language", "en")) {
                case "ru" -> Language.RU;
                case "ky" -> Language.KY;
                case "en" -> Language.EN;
                default -> throw new WrongUse("--language is ru, ky or en");
            };
        }

        long number(String name, long least, long greatest, Long otherwise) {
            if (otherwise != null && !values.containsKey(name)) {
                return otherwise;
            }
            try {
                long number = Long.parseLong(required(name));
                if (number >= least && number <= greatest) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Told below together with numbers out of range.
            }
            throw new WrongUse("--" + name + " is a whole number from " + least + " to " + greatest);
        }

        YearMonth month(YearMonth otherwise) {
            String text = values.get("month");
            if (text == null) {
                return otherwise;
            }
            try {
                YearMonth month = YearMonth.parse(text);
                if (month.getYear() >= 2000 && month.getYear() <= 2099) {
                    return month;
                }
            } catch (DateTimeException e) {
                // Told below together with months out of range.
            }
            throw new WrongUse("--month is yyyy-MM, from 2000-01 to 2099-12");
        }
    }

    /** The command line asks for something that does not exist. */
    private static final class WrongUse extends IllegalArgumentException {
        WrongUse(String sentence) {
            super(sentence);
        }
    }
}
