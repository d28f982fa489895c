package org.kopuro.calendar;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** The operator's command line for calendars. What is shown of a year goes to {@code out} as a file that can be imported again. */
public final class CalendarCommand {

    public static final int DONE = 0;
    /** The file or the calendar was refused; nothing is changed. */
    public static final int REFUSED = 1;
    /** The command line is wrong; nothing was tried. */
    public static final int WRONG_USE = 2;

    private static final String USAGE = """
            usage: bin/admin calendar import CODE FILE.csv|FILE.ics --year Y --source TEXT
                   bin/admin calendar show CODE YEAR""";

    private final PrintStream out;
    private final PrintStream err;
    private final Owner owner;
    private final Clock clock;

    /** Opens a connection under the owner's role, once the command line makes sense. */
    public interface Owner {
        Connection connect() throws SQLException;
    }

    private CalendarCommand(PrintStream out, PrintStream err, Owner owner, Clock clock) {
        this.out = out;
        this.err = err;
        this.owner = owner;
        this.clock = clock;
    }

    /** Runs one command; the caller exits with the result. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err, Owner owner, Clock clock) throws SQLException {
        return new CalendarCommand(out, err, owner, clock).run(arguments);
    }

    private int run(List<String> arguments) throws SQLException {
        try {
            Map<String, String> options = new HashMap<>();
            List<String> words = words(arguments, options);
            if (words.size() == 3 && words.get(0).equals("import")) {
                return importYear(words.get(1), Path.of(words.get(2)), options);
            }
            if (words.size() == 3 && words.get(0).equals("show") && options.isEmpty()) {
                return show(words.get(1), number(words.get(2)));
            }
            throw new WrongUse("no such command");
        } catch (WrongUse e) {
            err.println("error: " + e.getMessage());
            err.println(USAGE);
            return WRONG_USE;
        } catch (Refusal refusal) {
            err.println("refused: " + refusal.code().name() + ": " + refusal.sentence(Language.EN) + " " + refusal.whatToDo(Language.EN));
            return REFUSED;
        }
    }

    private int importYear(String code, Path file, Map<String, String> options) throws SQLException {
        int year = number(needed(options, "year"));
        String source = needed(options, "source");
        CalendarFormat format = CalendarFormat.ofFile(file.toString()).orElseThrow(() -> new WrongUse("the file's name ends with .csv or .ics"));
        byte[] content = read(file);
        try (Connection connection = owner.connect()) {
            CalendarAdministration calendars = new CalendarAdministration(connection, clock);
            CalendarChanged change = calendars.replaceYear(code, year, source, format, content);
            out.println(summary(calendars.get(code), calendars.year(code, year).orElseThrow()) + ", revision " + change.revision());
            return DONE;
        }
    }

    private int show(String code, int year) throws SQLException {
        try (Connection connection = owner.connect()) {
            CalendarAdministration calendars = new CalendarAdministration(connection, clock);
            WorkingCalendar calendar = calendars.get(code);
            CalendarYear shown = calendars.year(code, year)
                    .orElseThrow(() -> Refusal.of(CalendarRefusal.CALENDAR_MISSING, "year", code, String.valueOf(year)));
            err.println(summary(calendar, shown) + ", revision " + calendar.revision() + ", zone " + calendar.zone() + ", imported " + shown.importedAt());
            err.println("source: " + shown.source());
            StringWriter text = new StringWriter();
            try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
                csv.writeRecord(CsvDays.COLUMNS);
                shown.days().forEach(day -> csv.writeRecord(day.day().toString(), day.kind().name(), day.name()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            out.print(text);
            return DONE;
        }
    }

    /** The number of working days is what an operator can compare with the published one. */
    private static String summary(WorkingCalendar calendar, CalendarYear year) {
        LocalDate first = Year.of(year.year()).atDay(1);
        long working = Stream.iterate(first, day -> day.getYear() == year.year(), day -> day.plusDays(1))
                .filter(day -> calendar.kind(day).orElseThrow() == DayKind.WORKING).count();
        return year.calendar() + " " + year.year() + ": " + year.days().size() + " named days, " + working + " working days in the year";
    }

    private static byte[] read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            // One octet more than allowed is enough to refuse.
            return stream.readNBytes(YearFile.LIMIT_BYTES + 1);
        } catch (IOException e) {
            throw new WrongUse("no readable file at " + file);
        }
    }

    private static List<String> words(List<String> arguments, Map<String, String> options) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                words.add(argument);
            } else if (!Set.of("--year", "--source").contains(argument) || i + 1 == arguments.size() || options.put(argument.substring(2), arguments.get(++i)) != null) {
                throw new WrongUse(argument + " is not known, has no value, or is given twice");
            }
        }
        return words;
    }

    private static String needed(Map<String, String> options, String name) {
        if (!options.containsKey(name)) {
            throw new WrongUse("--" + name + " is missing");
        }
        return options.get(name);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new WrongUse("the year is a number");
        }
    }

    private static final class WrongUse extends IllegalArgumentException {
        WrongUse(String message) {
            super(message);
        }
    }
}
