package org.kopuro.calendar;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kopuro.kernel.Refusal;

/**
 * The days of one year from a file that nobody vouches for. The first thing wrong refuses the file, with its line: a year with a day lost is worse than
 * no year. A refused day beyond the year and a refused repetition bound what is kept to the days that a year has.
 */
final class YearFile {

    static final int LIMIT_BYTES = 1_048_576;
    static final int NAME_LIMIT = 200;

    private final int year;
    private final Map<LocalDate, Told> days = new TreeMap<>();

    private record Told(CalendarDay day, long line) {
    }

    private YearFile(int year) {
        this.year = year;
    }

    static List<CalendarDay> read(CalendarFormat format, byte[] file, int year) {
        if (file.length > LIMIT_BYTES) {
            throw Refusal.of(CalendarRefusal.FILE_TOO_LARGE, "file", String.valueOf(LIMIT_BYTES));
        }
        String text = text(file);
        YearFile days = new YearFile(year);
        switch (format) {
            case CSV -> CsvDays.read(text, days);
            case ICS -> IcsDays.read(text, days);
        }
        if (days.days.isEmpty()) {
            throw Refusal.of(CalendarRefusal.FILE_EMPTY, "file");
        }
        return days.days.values().stream().map(Told::day).sorted(Comparator.comparing(CalendarDay::day)).toList();
    }

    /** Malformed input is refused, not replaced: which line it is in tells where the export went wrong. */
    private static String text(byte[] file) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        CharBuffer text = CharBuffer.allocate(file.length);
        CoderResult result = utf8.decode(bytes, text, true);
        if (result.isError()) {
            throw at(CalendarRefusal.LINE_NOT_UTF8, lineOf(file, bytes.position()));
        }
        String decoded = text.flip().toString();
        return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
    }

    private static long lineOf(byte[] file, int position) {
        long line = 1;
        for (int i = 0; i < position; i++) {
            line += file[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    void add(LocalDate day, DayKind kind, String name, long line) {
        if (day.getYear() != year) {
            throw at(CalendarRefusal.DAY_OUTSIDE_YEAR, line, day.toString(), String.valueOf(year));
        }
        Told earlier = days.putIfAbsent(day, new Told(new CalendarDay(day, kind, checked(name, line)), line));
        if (earlier != null) {
            throw at(earlier.day.kind() == kind ? CalendarRefusal.DAY_TWICE : CalendarRefusal.DAYS_CONTRADICT, line, day.toString(), String.valueOf(earlier.line));
        }
    }

    private static String checked(String name, long line) {
        String text = name.strip();
        if (text.isEmpty() || text.codePointCount(0, text.length()) > NAME_LIMIT || text.codePoints().anyMatch(YearFile::noNameHasIt)) {
            throw at(CalendarRefusal.NAME_WRONG, line, String.valueOf(NAME_LIMIT));
        }
        return text;
    }

    /** Control characters, line ends of any kind, and what turns the direction of the text around it. */
    private static boolean noNameHasIt(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** @param arguments what the texts mention behind the line */
    static Refusal at(CalendarRefusal code, long line, String... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = String.valueOf(line);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Refusal.of(code, "line " + line, all);
    }
}
