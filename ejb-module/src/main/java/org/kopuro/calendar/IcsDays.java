package org.kopuro.calendar;

import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.Context;
import com.github.mangstadt.vinnie.io.SyntaxRules;
import com.github.mangstadt.vinnie.io.VObjectDataListener;
import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import com.github.mangstadt.vinnie.io.VObjectReader;
import com.github.mangstadt.vinnie.io.Warning;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.kopuro.kernel.Refusal;

/**
 * Days in an iCalendar file: events of whole days, non-working unless their category says WORKING. What would need computing (repetition) or
 * judgement (a cancelled event) is refused, because a day too many or too few moves deadlines. Other components and properties are passed over.
 */
final class IcsDays implements VObjectDataListener {

    private static final List<String> IN_EVENT = List.of("VCALENDAR", "VEVENT");
    private static final int DEEPEST = 8;
    private static final Set<String> REPETITION = Set.of("RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID");
    private static final Set<String> MEANT = Set.of("DTSTART", "DTEND", "DURATION", "SUMMARY", "CATEGORIES", "STATUS");
    /** Property by property; of CATEGORIES there may be more. */
    private final Map<String, Value> event = new HashMap<>();
    private final YearFile days;
    private long eventLine;
    private boolean version2;
    private int depth;

    private record Value(String text, long line) {
    }

    private IcsDays(YearFile days) {
        this.days = days;
    }

    static void read(String text, YearFile days) {
        if (text.isBlank()) {
            throw Refusal.of(CalendarRefusal.FILE_EMPTY, "file");
        }
        IcsDays listener = new IcsDays(days);
        try (VObjectReader reader = new VObjectReader(new StringReader(text), SyntaxRules.iCalendar())) {
            reader.parse(listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (listener.depth != 0) {
            throw Refusal.of(CalendarRefusal.FILE_CUT_OFF, "file");
        }
    }

    @Override
    public void onComponentBegin(String name, Context context) {
        depth++;
        if (depth > DEEPEST || (depth == 1) != name.equals("VCALENDAR")) {
            throw broken(context);
        }
        if (name.equals("VEVENT")) {
            if (!version2 || depth != IN_EVENT.size()) {
                throw broken(context);
            }
            eventLine = context.getLineNumber();
            event.clear();
        }
    }

    @Override
    public void onComponentEnd(String name, Context context) {
        depth--;
        // The parser closes what was left open inside; a component without its own end was cut.
        if (!context.getUnfoldedLine().strip().toUpperCase(Locale.ROOT).endsWith(name)) {
            throw broken(context);
        }
        if (name.equals("VEVENT")) {
            addEvent();
        }
    }

    @Override
    public void onProperty(VObjectProperty property, Context context) {
        if (depth == 0) {
            throw broken(context);
        }
        if (!context.getParentComponents().equals(IN_EVENT)) {
            return;
        }
        String name = property.getName().toUpperCase(Locale.ROOT);
        if (REPETITION.contains(name)) {
            throw YearFile.at(CalendarRefusal.EVENT_RECURS, context.getLineNumber());
        }
        if (MEANT.contains(name)) {
            Value value = new Value(property.getValue(), context.getLineNumber());
            if (event.merge(name, value, (one, other) -> new Value(one.text + "," + other.text, one.line)) != value && !name.equals("CATEGORIES")) {
                throw broken(context);
            }
        }
    }

    @Override
    public void onVersion(String value, Context context) {
        version2 = value.equals("2.0");
    }

    @Override
    public void onWarning(Warning warning, VObjectProperty property, Exception thrown, Context context) {
        throw broken(context);
    }

    private void addEvent() {
        if (event.containsKey("STATUS") && event.get("STATUS").text.strip().equalsIgnoreCase("CANCELLED")) {
            throw YearFile.at(CalendarRefusal.EVENT_CANCELLED, eventLine);
        }
        if (!event.containsKey("DTSTART") || event.containsKey("DURATION")) {
            throw YearFile.at(CalendarRefusal.EVENT_NOT_ALL_DAY, eventLine);
        }
        LocalDate first = date(event.get("DTSTART"));
        LocalDate end = event.containsKey("DTEND") ? date(event.get("DTEND")) : first.plusDays(1);
        if (!end.isAfter(first)) {
            throw YearFile.at(CalendarRefusal.DATE_WRONG, event.get("DTEND").line);
        }
        DayKind kind = kind();
        Value summary = event.getOrDefault("SUMMARY", new Value("", eventLine));
        // However long the event, the first day beyond the year ends it.
        for (LocalDate day = first; day.isBefore(end); day = day.plusDays(1)) {
            days.add(day, kind, VObjectPropertyValues.unescape(summary.text), summary.line);
        }
    }

    private DayKind kind() {
        if (!event.containsKey("CATEGORIES")) {
            return DayKind.NON_WORKING;
        }
        List<String> categories = VObjectPropertyValues.parseList(event.get("CATEGORIES").text).stream().map(text -> text.strip().toUpperCase(Locale.ROOT)).toList();
        if (categories.contains("WORKING") && categories.contains("NON_WORKING")) {
            throw YearFile.at(CalendarRefusal.KIND_UNKNOWN, event.get("CATEGORIES").line);
        }
        return categories.contains("WORKING") ? DayKind.WORKING : DayKind.NON_WORKING;
    }

    private static LocalDate date(Value value) {
        String text = value.text.strip();
        if (text.indexOf('T') >= 0) {
            throw YearFile.at(CalendarRefusal.EVENT_NOT_ALL_DAY, value.line);
        }
        try {
            return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeParseException e) {
            throw YearFile.at(CalendarRefusal.DATE_WRONG, value.line);
        }
    }

    private static Refusal broken(Context context) {
        return YearFile.at(CalendarRefusal.LINE_BROKEN, context.getLineNumber());
    }
}
