package org.kopuro.access.procedures;

import jakarta.enterprise.context.Dependent;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
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
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

@Dependent
class ProcedureStore {

    /** A version with all that hangs on it, in one round trip. */
    private static final String SELECT = """
            select p.code, v.version, p.calendar_code, p.title_ru, p.title_ky, p.title_en, v.valid_from, v.valid_to, v.source, v.sender_zones, v.joint_test_required, v.agreement_required,
                   (select coalesce(json_agg(json_build_object('rule', rule, 'direction', direction, 'days', working_days, 'source', source)), '[]')
                      from access.procedure_deadline d where (d.procedure_code, d.version) = (v.procedure_code, v.version)) deadlines,
                   (select coalesce(json_agg(json_build_object('kind', request_kind, 'contour', contour, 'code', code, 'side', side, 'RU', text_ru, 'KY', text_ky, 'EN', text_en, 'source', source)
                                             order by request_kind, contour, position), '[]')
                      from access.procedure_item i where (i.procedure_code, i.version) = (v.procedure_code, v.version)) items,
                   (select coalesce(json_agg(json_build_object('measure', measure, 'code', code, 'immediate', immediate, 'RU', text_ru, 'KY', text_ky, 'EN', text_en, 'source', source,
                                             'incident', incident_kind) order by measure, position), '[]')
                      from access.procedure_ground g where (g.procedure_code, g.version) = (v.procedure_code, v.version)) grounds
              from access.procedure p join access.procedure_version v on v.procedure_code = p.code
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    Optional<Procedure> inForce(String code, Instant moment) {
        return procedures("""
                join calendar.calendar c on c.code = p.calendar_code
                where p.code = ? and (?::timestamptz at time zone c.zone)::date between v.valid_from and coalesce(v.valid_to, 'infinity')""", code, moment.atOffset(ZoneOffset.UTC)).stream().findFirst();
    }

    Optional<Procedure> version(String code, int version) {
        return procedures("where p.code = ? and v.version = ?", code, version).stream().findFirst();
    }

    List<Procedure> versions(String code) {
        return procedures("where p.code = ? order by v.valid_from desc", code);
    }

    List<String> codes() {
        List<?> codes = entities.createNativeQuery("select code from access.procedure order by code").getResultList();
        return codes.stream().map(String.class::cast).toList();
    }

    private List<Procedure> procedures(String where, Object... arguments) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(SELECT + where)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<Procedure> procedures = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    procedures.add(procedure(row));
                }
            }
            return procedures;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
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
                one.getBoolean("immediate"), texts(one), one.getString("source"), one.isNull("incident") ? Optional.empty() : Optional.of(one.getString("incident")))).toList();
        java.sql.Array zones = row.getArray("sender_zones");
        return new Procedure(row.getString("code"), row.getInt("version"), row.getString("calendar_code"),
                Map.of(Language.RU, row.getString("title_ru"), Language.KY, row.getString("title_ky"), Language.EN, row.getString("title_en")),
                row.getObject("valid_from", LocalDate.class), Optional.ofNullable(row.getObject("valid_to", LocalDate.class)), row.getString("source"),
                zones == null ? Optional.empty() : Optional.of(Arrays.asList((String[]) zones.getArray())),
                row.getBoolean("joint_test_required"), row.getBoolean("agreement_required"), deadlines, items, grounds);
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
