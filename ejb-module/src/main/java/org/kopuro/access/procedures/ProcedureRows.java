package org.kopuro.access.procedures;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/** The rows of procedures over a connection, the application's or the operator's; transactions are the caller's. */
final class ProcedureRows {

    /** A version with all that hangs on it, in one round trip. */
    private static final String SELECT = """
            select p.code, v.version, p.calendar_code, p.title_ru, p.title_ky, p.title_en, v.valid_from, v.valid_to, v.source, v.sender_zones, v.joint_test_required, v.agreement_required,
                   (select coalesce(json_agg(json_build_object('rule', rule, 'direction', direction, 'days', working_days, 'source', source)), '[]')
                      from access.procedure_deadline d where (d.procedure_code, d.version) = (v.procedure_code, v.version)) deadlines,
                   (select coalesce(json_agg(json_build_object('kind', request_kind, 'contour', contour, 'code', code, 'side', side, 'RU', text_ru, 'KY', text_ky, 'EN', text_en, 'source', source)
                                             order by position, request_kind, contour, code), '[]')
                      from access.procedure_item i where (i.procedure_code, i.version) = (v.procedure_code, v.version)) items,
                   (select coalesce(json_agg(json_build_object('measure', measure, 'code', code, 'immediate', immediate, 'RU', text_ru, 'KY', text_ky, 'EN', text_en, 'source', source)
                                             order by position, measure, code), '[]')
                      from access.procedure_ground g where (g.procedure_code, g.version) = (v.procedure_code, v.version)) grounds,
                   (select coalesce(json_object_agg(purpose, subject), '{}') from access.procedure_subject s where (s.procedure_code, s.version) = (v.procedure_code, v.version)) subjects
              from access.procedure p join access.procedure_version v on v.procedure_code = p.code
            """;

    private final Connection connection;

    ProcedureRows(Connection connection) {
        this.connection = connection;
    }

    Optional<Procedure> inForce(String code, Instant moment) throws SQLException {
        return procedures("""
                join calendar.calendar c on c.code = p.calendar_code
                where p.code = ? and (?::timestamptz at time zone c.zone)::date between v.valid_from and coalesce(v.valid_to, 'infinity')""", code, moment.atOffset(ZoneOffset.UTC)).stream().findFirst();
    }

    Optional<Procedure> version(String code, int version) throws SQLException {
        return procedures("where p.code = ? and v.version = ?", code, version).stream().findFirst();
    }

    /** The newest first. */
    List<Procedure> versions(String code) throws SQLException {
        return procedures("where p.code = ? order by v.valid_from desc", code);
    }

    List<String> codes() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select code from access.procedure order by code"); ResultSet row = statement.executeQuery()) {
            List<String> codes = new ArrayList<>();
            while (row.next()) {
                codes.add(row.getString(1));
            }
            return codes;
        }
    }

    Optional<String> calendar(String code) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select calendar_code from access.procedure where code = ?")) {
            statement.setString(1, code);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** Whoever else would publish a version of it waits for the end of this transaction. */
    void queue(String code) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended('access.procedure ' || ?, 0))")) {
            statement.setString(1, code);
            statement.execute();
        }
    }

    /** The calendar's day of the moment; empty where there is no such calendar. */
    Optional<LocalDate> day(String calendar, Instant moment) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select (?::timestamptz at time zone zone)::date from calendar.calendar where code = ?")) {
            statement.setObject(1, moment.atOffset(ZoneOffset.UTC));
            statement.setString(2, calendar);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, LocalDate.class)) : Optional.empty();
            }
        }
    }

    void add(Procedure first) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into access.procedure (code, calendar_code, title_ru, title_ky, title_en) values (?, ?, ?, ?, ?)")) {
            bind(statement, first.code(), first.calendar(), first.titles().get(Language.RU), first.titles().get(Language.KY), first.titles().get(Language.EN));
            statement.executeUpdate();
        }
    }

    void end(Procedure version, LocalDate lastDay) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update access.procedure_version set valid_to = ? where procedure_code = ? and version = ?")) {
            bind(statement, lastDay, version.code(), version.version());
            statement.executeUpdate();
        }
    }

    /** The version with all that hangs on it; its id. */
    UUID addVersion(Procedure version) throws SQLException {
        UUID id = UUID.randomUUID();
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into access.procedure_version (procedure_code, version, valid_from, source, sender_zones, joint_test_required, agreement_required, id) values (?, ?, ?, ?, ?, ?, ?, ?)""")) {
            bind(statement, version.code(), version.version(), version.validFrom(), version.source(),
                    version.senderZones().isPresent() ? connection.createArrayOf("text", version.senderZones().get().toArray()) : null, version.jointTestRequired(), version.agreementRequired(), id);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into access.procedure_deadline (procedure_code, version, rule, direction, working_days, source) values (?, ?, ?, ?, ?, ?)")) {
            for (Map.Entry<DeadlineRule, DeadlineTerm> one : version.deadlines().entrySet()) {
                bind(statement, version.code(), version.version(), one.getKey().name(), one.getValue().direction().name(), one.getValue().workingDays(), one.getValue().source());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into access.procedure_item (procedure_code, version, position, request_kind, contour, code, side, text_ru, text_ky, text_en, source)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int position = 0;
            for (ChecklistItem item : version.items()) {
                bind(statement, version.code(), version.version(), ++position, item.kind().name(), item.contour().name(), item.code(), item.side().name(), item.texts().get(Language.RU),
                        item.texts().get(Language.KY), item.texts().get(Language.EN), item.source());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into access.procedure_ground (procedure_code, version, position, measure, code, immediate, text_ru, text_ky, text_en, source) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int position = 0;
            for (Ground ground : version.grounds()) {
                bind(statement, version.code(), version.version(), ++position, ground.measure().name(), ground.code(), ground.immediate(), ground.texts().get(Language.RU),
                        ground.texts().get(Language.KY), ground.texts().get(Language.EN), ground.source());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        try (PreparedStatement statement = connection.prepareStatement("insert into access.procedure_subject (procedure_code, version, purpose, subject) values (?, ?, ?, ?)")) {
            for (Map.Entry<Purpose, String> one : version.subjects().entrySet()) {
                bind(statement, version.code(), version.version(), one.getKey().name(), one.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return id;
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private List<Procedure> procedures(String where, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + where)) {
            bind(statement, arguments);
            List<Procedure> procedures = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    procedures.add(procedure(row));
                }
            }
            return procedures;
        }
    }

    private static Procedure procedure(ResultSet row) throws SQLException {
        Map<DeadlineRule, DeadlineTerm> deadlines = new EnumMap<>(DeadlineRule.class);
        for (JsonObject one : objects(row, "deadlines")) {
            deadlines.put(DeadlineRule.valueOf(one.getString("rule")),
                    new DeadlineTerm(DeadlineTerm.Direction.valueOf(one.getString("direction")), one.getInt("days"), one.getString("source")));
        }
        List<ChecklistItem> items = objects(row, "items").stream().map(one -> new ChecklistItem(RequestKind.valueOf(one.getString("kind")),
                Contour.valueOf(one.getString("contour")), one.getString("code"), ChecklistItem.Side.valueOf(one.getString("side")), texts(one), one.getString("source"))).toList();
        List<Ground> grounds = objects(row, "grounds").stream().map(one -> new Ground(Measure.valueOf(one.getString("measure")), one.getString("code"),
                one.getBoolean("immediate"), texts(one), one.getString("source"))).toList();
        java.sql.Array zones = row.getArray("sender_zones");
        return new Procedure(row.getString("code"), row.getInt("version"), row.getString("calendar_code"),
                Map.of(Language.RU, row.getString("title_ru"), Language.KY, row.getString("title_ky"), Language.EN, row.getString("title_en")),
                row.getObject("valid_from", LocalDate.class), Optional.ofNullable(row.getObject("valid_to", LocalDate.class)), row.getString("source"),
                zones == null ? Optional.empty() : Optional.of(Arrays.asList((String[]) zones.getArray())),
                row.getBoolean("joint_test_required"), row.getBoolean("agreement_required"), deadlines, items, grounds, subjects(row));
    }

    private static Map<Purpose, String> subjects(ResultSet row) throws SQLException {
        Map<Purpose, String> subjects = new EnumMap<>(Purpose.class);
        try (JsonReader reader = Json.createReader(new StringReader(row.getString("subjects")))) {
            JsonObject all = reader.readObject();
            all.keySet().forEach(purpose -> subjects.put(Purpose.valueOf(purpose), all.getString(purpose)));
        }
        return subjects;
    }

    private static List<JsonObject> objects(ResultSet row, String column) throws SQLException {
        try (JsonReader reader = Json.createReader(new StringReader(row.getString(column)))) {
            JsonArray array = reader.readArray();
            return array.getValuesAs(JsonObject.class);
        }
    }

    private static Map<Language, String> texts(JsonObject one) {
        return Map.of(Language.RU, one.getString("RU"), Language.KY, one.getString("KY"), Language.EN, one.getString("EN"));
    }
}
