package org.kopuro.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.kopuro.access.procedures.ProcedureAdministration;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.calendar.CalendarFormat;
import org.kopuro.calendar.Calendars;
import org.kopuro.kernel.Contour;

/** Procedures and calendars that belong to one test, so that no other one's obligations come between. */
public final class TestProcedures {

    private TestProcedures() {
    }

    /** KG-147's first version under a code and a calendar of its own, from 1 January 2026 on, with a service; its code. */
    public static String publish(String calendar) {
        String code = "T-" + UUID.randomUUID().toString().substring(0, 8);
        publish(with(with(with(like("KG-147"), "code", code), "calendar", calendar), "firstDay", "2026-01-01").toString(), Instant.parse("2025-12-01T06:00:00Z"));
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'x', 'x', 'x', ?)", service(code), code);
        return code;
    }

    /** RU-1221's first version without its numbers and zones, under a code of its own, which connects under these decrees of its own; its code. */
    public static String publishUnder(String... decrees) {
        for (String decree : decrees) {
            Rows.change("insert into access.decree (code, adopted_on, title_ru, title_ky, title_en, source) values (?, date '2025-06-02', 'x', 'x', 'x', 'a test')", decree);
            Rows.change("insert into access.decree_edition (decree_code, number, first_day, text, source, registered_at) values (?, 1, date '2025-06-02', 'As adopted.', 'a test', now())", decree);
        }
        String code = "T-" + UUID.randomUUID().toString().substring(0, 8);
        JsonObject free = with(with(with(like("RU-1221"), "senderZones", JsonValue.NULL), "ogrnRequired", JsonValue.FALSE), "innRequired", JsonValue.FALSE);
        publish(with(with(with(free, "code", code), "firstDay", "2026-01-12"), "decrees", Json.createArrayBuilder(List.of(decrees)).build()).toString(), Instant.parse("2025-12-01T06:00:00Z"));
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'x', 'x', 'x', ?)", service(code), code);
        return code;
    }

    /** Of no other test. */
    public static String decree() {
        return "D-" + UUID.randomUUID().toString().substring(0, 8);
    }

    public static String service(String procedure) {
        return procedure + "-service";
    }

    /** By the owner's command. */
    public static void publish(String document, Instant now) {
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            new ProcedureAdministration(owner, Clock.fixed(now, ZoneOffset.UTC)).publish(document);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest version as a document. */
    public static String document(String code) {
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            return new ProcedureAdministration(owner, Clock.systemUTC()).document(code);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first version: of what ships, the one of the scenes' days. */
    public static JsonObject like(String code) {
        String first = new TestApplication("TEST", Scene.NOON).with(Procedures.class, procedures -> procedures.document(code, 1));
        try (JsonReader reader = Json.createReader(new StringReader(first))) {
            return reader.readObject();
        }
    }

    public static JsonObject with(JsonObject document, String name, String value) {
        return with(document, name, Json.createValue(value));
    }

    public static JsonObject with(JsonObject document, String name, JsonValue value) {
        return Json.createObjectBuilder(document).add(name, value).build();
    }

    /** Saturday and Sunday off, and what the lines say; 2025 to 2027 loaded. */
    public static String calendar(TestApplication application, String... lines2026) {
        String code = "T-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        Rows.change("insert into calendar.calendar (code, zone, weekend) values (?, 'Asia/Bishkek', '{6,7}')", code);
        load(application, code, 2025);
        load(application, code, 2026, lines2026);
        load(application, code, 2027);
        return code;
    }

    public static void load(TestApplication application, String calendar, int year, String... lines) {
        String file = "date,kind,name\n" + year + "-01-01,NON_WORKING,New Year\n" + String.join("\n", lines) + "\n";
        application.run(Calendars.class, calendars -> calendars.replaceYear(calendar, year, "a test", CalendarFormat.CSV, file.strip().concat("\n").getBytes(StandardCharsets.UTF_8), Contour.PRODUCTION, Scene.OFFICIAL));
    }
}
