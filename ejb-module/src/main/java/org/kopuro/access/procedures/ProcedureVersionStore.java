package org.kopuro.access.procedures;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/** The rows of procedures over a connection, the application's or the operator's; transactions are the caller's. */
final class ProcedureVersionStore {

    /** A version with all that hangs on it, in one round trip. */
    private static final String SELECT = """
            select p.code, v.version, p.calendar_code, p.title_ru, p.title_ky, p.title_en, v.valid_from, v.valid_to, v.source, v.contours, v.channel, v.channel_address, v.sender_zones, v.joint_test_required, v.agreement_required, v.ogrn_required, v.inn_required, v.stopping_proof_waived,
                   (select coalesce(json_agg(json_build_object('rule', rule, 'direction', direction, 'days', working_days, 'source', source, 'agreement', from_agreement)), '[]')
                      from access.procedure_deadline d where (d.procedure_code, d.version) = (v.procedure_code, v.version)) deadlines,
                   (select coalesce(json_agg(json_build_object('kind', request_kind, 'contour', contour, 'code', code, 'side', side, 'RU', text_ru, 'KY', text_ky, 'EN', text_en, 'source', source)
                                             order by position, request_kind, contour, code), '[]')
                      from access.procedure_item i where (i.procedure_code, i.version) = (v.procedure_code, v.version)) items,
                   (select coalesce(json_agg(json_build_object('measure', measure, 'code', code, 'immediate', immediate, 'RU', text_ru, 'KY', text_ky, 'EN', text_en, 'source', source,
                                             'incident', incident_kind) order by position, measure, code), '[]')
                      from access.procedure_ground g where (g.procedure_code, g.version) = (v.procedure_code, v.version)) grounds,
                   (select coalesce(json_agg(json_build_object('purpose', purpose, 'subject', subject)), '[]')
                      from access.procedure_subject s where (s.procedure_code, s.version) = (v.procedure_code, v.version)) subjects,
                   (select coalesce(json_agg(json_build_object('matter', matter, 'RU', text_ru, 'KY', text_ky, 'EN', text_en, 'source', source)), '[]')
                      from access.procedure_provision r where (r.procedure_code, r.version) = (v.procedure_code, v.version)) provisions,
                   (select coalesce(json_agg(json_build_object('role', role, 'kind', document_kind, 'source', source) order by role, document_kind), '[]')
                      from access.procedure_document n where (n.procedure_code, n.version) = (v.procedure_code, v.version)) documents,
                   (select coalesce(json_agg(json_build_object('code', e.code, 'RU', e.title_ru, 'KY', e.title_ky, 'EN', e.title_en) order by u.position, e.code), '[]')
                      from access.procedure_decree u join access.decree e on e.code = u.decree_code where (u.procedure_code, u.version) = (v.procedure_code, v.version)) decrees
              from access.procedure p join access.procedure_version v on v.procedure_code = p.code
            """;

    private final Sql sql;

    ProcedureVersionStore(Sql sql) {
        this.sql = sql;
    }

    Optional<Procedure> inForce(String code, Instant moment) {
        return sql.first(SELECT + """
                join calendar.calendar c on c.code = p.calendar_code
                where p.code = ? and (?::timestamptz at time zone c.zone)::date between v.valid_from and coalesce(v.valid_to, 'infinity')""", ProcedureVersionStore::procedure, code, moment);
    }

    Optional<Procedure> version(String code, int version) {
        return sql.first(SELECT + "where p.code = ? and v.version = ?", ProcedureVersionStore::procedure, code, version);
    }

    /** The newest first. */
    List<Procedure> versions(String code) {
        return sql.list(SELECT + "where p.code = ? order by v.valid_from desc", ProcedureVersionStore::procedure, code);
    }

    List<String> codes() {
        return sql.list("select code from access.procedure order by code", row -> row.text("code"));
    }

    Optional<LocalDate> firstDay(String code) {
        return sql.first("select valid_from from access.procedure_version where procedure_code = ? order by valid_from limit 1", row -> row.day("valid_from"), code);
    }

    Optional<String> calendar(String code) {
        return sql.first("select calendar_code from access.procedure where code = ?", row -> row.text("calendar_code"), code);
    }

    /** Whoever else would publish a version of it waits for the end of this transaction. */
    void queue(String code) {
        sql.one("select pg_advisory_xact_lock(hashtextextended('access.procedure ' || ?, 0))", row -> true, code);
    }

    /** Those of the codes that are no decree's. */
    List<String> unknownDecrees(List<String> codes) {
        return sql.list("select code from unnest(?::text[]) code where not exists (select from access.decree d where d.code = code.code) order by code", row -> row.text("code"), codes);
    }

    /** The calendar's day of the moment; empty where there is no such calendar. */
    Optional<LocalDate> day(String calendar, Instant moment) {
        return sql.first("select (?::timestamptz at time zone zone)::date today from calendar.calendar where code = ?", row -> row.day("today"), moment, calendar);
    }

    void add(Procedure first) {
        sql.update("insert into access.procedure (code, calendar_code, title_ru, title_ky, title_en) values (?, ?, ?, ?, ?)", first.code(), first.calendar(),
                first.titles().get(Language.RU), first.titles().get(Language.KY), first.titles().get(Language.EN));
    }

    void end(Procedure version, LocalDate lastDay) {
        sql.update("update access.procedure_version set valid_to = ? where procedure_code = ? and version = ?", lastDay, version.code(), version.version());
    }

    /** The version with all that hangs on it, in the order of its lists; its id. */
    UUID addVersion(Procedure version) {
        UUID id = UUID.randomUUID();
        String code = version.code();
        int number = version.version();
        sql.update("""
                insert into access.procedure_version (procedure_code, version, valid_from, source, contours, channel, channel_address, sender_zones, joint_test_required, agreement_required, ogrn_required, inn_required, stopping_proof_waived, id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                code, number, version.validFrom(), version.source(), version.contours(), version.channel().kind(), version.channel().address(), version.senderZones().orElse(null), version.jointTestRequired(), version.agreementRequired(), version.ogrnRequired(), version.innRequired(), version.stoppingProofWaived(), id);
        List<Object[]> deadlines = new ArrayList<>();
        version.deadlines().forEach((rule, term) -> deadlines.add(new Object[] {code, number, rule, term.direction(), term.workingDays(), term.source(), term.fromAgreement()}));
        sql.batch("insert into access.procedure_deadline (procedure_code, version, rule, direction, working_days, source, from_agreement) values (?, ?, ?, ?, ?, ?, ?)", deadlines);
        List<Object[]> items = new ArrayList<>();
        version.items().forEach(item -> items.add(new Object[] {code, number, items.size() + 1, item.kind(), item.contour(), item.code(), item.side(), item.texts().get(Language.RU),
            item.texts().get(Language.KY), item.texts().get(Language.EN), item.source()}));
        sql.batch("""
                insert into access.procedure_item (procedure_code, version, position, request_kind, contour, code, side, text_ru, text_ky, text_en, source)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", items);
        List<Object[]> grounds = new ArrayList<>();
        version.grounds().forEach(ground -> grounds.add(new Object[] {code, number, grounds.size() + 1, ground.measure(), ground.code(), ground.immediate(), ground.texts().get(Language.RU),
            ground.texts().get(Language.KY), ground.texts().get(Language.EN), ground.source(), ground.incidentKind()}));
        sql.batch("""
                insert into access.procedure_ground (procedure_code, version, position, measure, code, immediate, text_ru, text_ky, text_en, source, incident_kind)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                grounds);
        List<Object[]> subjects = new ArrayList<>();
        version.subjects().forEach((purpose, subject) -> subjects.add(new Object[] {code, number, purpose, subject}));
        sql.batch("insert into access.procedure_subject (procedure_code, version, purpose, subject) values (?, ?, ?, ?)", subjects);
        List<Object[]> provisions = new ArrayList<>();
        version.provisions().forEach((matter, said) -> provisions.add(new Object[] {code, number, matter, said.texts().get(Language.RU), said.texts().get(Language.KY), said.texts().get(Language.EN),
            said.source()}));
        sql.batch("insert into access.procedure_provision (procedure_code, version, matter, text_ru, text_ky, text_en, source) values (?, ?, ?, ?, ?, ?, ?)", provisions);
        List<Object[]> documents = new ArrayList<>();
        version.documents().forEach(document -> documents.add(new Object[] {code, number, document.role(), document.kind(), document.source()}));
        sql.batch("insert into access.procedure_document (procedure_code, version, role, document_kind, source) values (?, ?, ?, ?, ?)", documents);
        List<Object[]> decrees = new ArrayList<>();
        version.decrees().forEach(decree -> decrees.add(new Object[] {code, number, decree.code(), decrees.size() + 1}));
        sql.batch("insert into access.procedure_decree (procedure_code, version, decree_code, position) values (?, ?, ?, ?)", decrees);
        return id;
    }

    private static Procedure procedure(Row row) {
        Map<DeadlineRule, DeadlineTerm> deadlines = new EnumMap<>(DeadlineRule.class);
        for (JsonObject one : objects(row, "deadlines")) {
            deadlines.put(DeadlineRule.valueOf(one.getString("rule")),
                    new DeadlineTerm(DeadlineTerm.Direction.valueOf(one.getString("direction")), one.getInt("days"), one.getString("source"), one.getBoolean("agreement")));
        }
        List<ChecklistItem> items = objects(row, "items").stream().map(one -> new ChecklistItem(RequestKind.valueOf(one.getString("kind")),
                Contour.valueOf(one.getString("contour")), one.getString("code"), ChecklistItem.Side.valueOf(one.getString("side")), texts(one), one.getString("source"))).toList();
        List<Ground> grounds = objects(row, "grounds").stream().map(one -> new Ground(Measure.valueOf(one.getString("measure")), one.getString("code"),
                one.getBoolean("immediate"), texts(one), one.getString("source"), one.isNull("incident") ? Optional.empty() : Optional.of(one.getString("incident")))).toList();
        Map<Purpose, String> subjects = new EnumMap<>(Purpose.class);
        objects(row, "subjects").forEach(one -> subjects.put(Purpose.valueOf(one.getString("purpose")), one.getString("subject")));
        Map<Matter, Provision> provisions = new EnumMap<>(Matter.class);
        objects(row, "provisions").forEach(one -> provisions.put(Matter.valueOf(one.getString("matter")), new Provision(texts(one), one.getString("source"))));
        List<RequiredDocument> documents = objects(row, "documents").stream()
                .map(one -> new RequiredDocument(ProductRole.valueOf(one.getString("role")), ProductDocumentKind.valueOf(one.getString("kind")), one.getString("source"))).toList();
        return new Procedure(row.text("code"), row.number("version"), row.text("calendar_code"),
                Map.of(Language.RU, row.text("title_ru"), Language.KY, row.text("title_ky"), Language.EN, row.text("title_en")), row.day("valid_from"), row.maybe("valid_to", row::day),
                row.text("source"), row.all(String.class, "contours").stream().map(Contour::valueOf).toList(),
                new Channel(row.as(Channel.Kind.class, "channel"), row.maybe("channel_address", row::text)), provisions, row.maybe("sender_zones", column -> row.all(String.class, column)), row.flag("joint_test_required"), row.flag("agreement_required"), row.flag("ogrn_required"), row.flag("inn_required"), row.flag("stopping_proof_waived"),
                deadlines, items, grounds, subjects, documents,
                objects(row, "decrees").stream().map(one -> new Decree(one.getString("code"), texts(one))).toList());
    }

    private static List<JsonObject> objects(Row row, String column) {
        try (JsonReader reader = Json.createReader(new StringReader(row.text(column)))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }

    private static Map<Language, String> texts(JsonObject one) {
        return Map.of(Language.RU, one.getString("RU"), Language.KY, one.getString("KY"), Language.EN, one.getString("EN"));
    }
}
