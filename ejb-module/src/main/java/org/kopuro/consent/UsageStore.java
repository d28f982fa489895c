package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.installation.Installation;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

@Dependent
class UsageStore {

    /**
     * The taxpayer is looked up here, so that an INN that the register does not know leaves the reference empty. A token's first disclosure is told to its taxpayer in
     * the same round trip (P11).
     */
    private static final String INSERT = """
            with used as (insert into consent.usage (occurrence, at, contour, participant_id, subsystem_id, service_code, service_version, message_id, user_id, issue,
                                       consent_kind, consent_id, taxpayer_inn, asked_inn, period_from, period_to, outcome, records, form_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (select inn from registers.taxpayer where contour = ? and inn = ?), ?, ?, ?, ?, ?, ?) returning consent_id, at, outcome)
            insert into consent.tiding (id, contour, taxpayer_inn, kind, token_id, participant_id, subsystem_id, at, text, once)
            select gen_random_uuid(), t.contour, t.taxpayer_inn, 'FIRST_USE', t.id, t.participant_id, t.subsystem_id, used.at, '', ''
              from used join consent.token t on t.id = used.consent_id where used.outcome = 'DISCLOSED'
            on conflict on constraint tiding_once_unique do nothing
            """;

    /** The increment and the comparison with the ceiling are one statement: no second node can slip between them. */
    private static final String COUNT = """
            insert into consent.daily_use as d (token_id, service_code, day, disclosures) values (?, ?, ?, 1)
            on conflict on constraint daily_use_pk do update set disclosures = d.disclosures + 1 where d.disclosures < ?
            returning disclosures
            """;

    /** Of a row {@code u} of consent.usage, for every statement that asks whether something was disclosed: an answer that never left disclosed nothing, whatever its row says. */
    static final String DISCLOSED = "u.outcome = 'DISCLOSED' and not exists (select from consent.usage_not_sent never where never.occurrence = u.occurrence)";

    /** What the row says, unless it was corrected. */
    private static final String OUTCOME = "case when x.occurrence is null then u.outcome else '" + UsageEntry.NOT_SENT + "' end";
    private static final String TOLD = OUTCOME + " outcome, case when x.occurrence is null then u.records else 0 end records";

    /** Gives back what the disclosure took. An exhausted token has ended, and stays so. */
    private static final String NOT_SENT = """
            with told as (
                insert into consent.usage_not_sent (occurrence, contour, at) select occurrence, contour, ?::timestamptz from consent.usage u
                 where occurrence = ? and outcome = 'DISCLOSED' and not exists (select from exchange.message m where m.occurrence = u.occurrence)
                on conflict on constraint usage_not_sent_pk do nothing returning occurrence),
            gone as (select u.contour, u.consent_id, u.form_id, u.service_code, (u.at at time zone 'Asia/Bishkek')::date as day from consent.usage u join told using (occurrence)),
            budget as (
                update consent.token_budget b set left_over = left_over + 1 from gone
                 where b.token_id = gone.consent_id and b.left_over < b.calls and not exists (select from consent.token t where t.id = b.token_id and t.state = 'EXHAUSTED')),
            counted as (
                update consent.daily_use d set disclosures = d.disclosures - 1 from gone
                 where (d.token_id, d.service_code, d.day) = (gone.consent_id, gone.service_code, gone.day) and d.disclosures > 0),
            counted_of_form as (
                update consent.form_daily_use d set disclosures = d.disclosures - 1 from gone
                 where (d.form_id, d.service_code, d.day) = (gone.form_id, gone.service_code, gone.day) and d.disclosures > 0)
            select contour from gone""";

    private static final String SELECT = """
            select u.id, u.occurrence, u.at, u.erased_at, u.participant_id, u.service_code, u.service_version, u.user_id, u.issue, u.message_id, u.period_from, u.period_to, u.form_id, u.consent_kind, u.consent_id,
                   u.taxpayer_inn,\s""" + TOLD + """
                   , p.full_name, concat_ws('/', p.instance, p.member_class, p.member_code, s.code) receiver, s.code subsystem, c.title_ru, c.title_ky, c.title_en,
                   -- Those through whom the taxpayer made the token; a participant reads their names in its receipt of it, and not of each use.
                   (select string_agg(full_name, ' → ' order by number) from consent.token_link k where k.token_id = u.consent_id) through
              from consent.usage u
              left join consent.usage_not_sent x on x.occurrence = u.occurrence
              join participants.participant p on p.id = u.participant_id
              join participants.subsystem s on s.id = u.subsystem_id
              left join access.service c on c.code = u.service_code""";

    /**
     * What a participant may read of its own calls: whom it asked about, in its own words, and of tokens those alone that the calling subsystem holds. A stranger reads the
     * same whether the token that it presented is somebody's or nobody's (CON-42).
     */
    private static final String SELECT_OWN = """
            select u.id, u.occurrence, u.at, u.erased_at, u.participant_id, u.service_code, u.service_version, u.user_id, u.issue, u.message_id, u.period_from, u.period_to, u.form_id,\s""" + TOLD + """
                   , case when u.consent_kind = 'TOKEN' and t.id is null then 'NONE' else u.consent_kind end consent_kind, t.id consent_id, u.asked_inn taxpayer_inn,
                   p.full_name, concat_ws('/', p.instance, p.member_class, p.member_code, s.code) receiver, s.code subsystem, c.title_ru, c.title_ky, c.title_en, null::text through
              from consent.usage u
              left join consent.usage_not_sent x on x.occurrence = u.occurrence
              left join consent.token t on t.id = u.consent_id and t.participant_id = u.participant_id and t.subsystem_id = u.subsystem_id
              join participants.participant p on p.id = u.participant_id
              join participants.subsystem s on s.id = u.subsystem_id
              left join access.service c on c.code = u.service_code""";

    @Inject
    private Sql sql;

    void add(UsageEntry entry) {
        sql.update(INSERT, entry.occurrence(), entry.at(), entry.contour(), entry.participant(), entry.subsystem(), entry.serviceCode(), entry.serviceVersion(), entry.messageId(),
                entry.userId(), entry.issue(), entry.kind(), entry.consentId().filter(id -> entry.kind() == ConsentKind.TOKEN), entry.contour(), entry.taxpayerInn(), entry.askedInn(),
                entry.periodFrom(), entry.periodTo(), entry.outcome(), entry.records(), entry.consentId().filter(id -> entry.kind() == ConsentKind.FORM));
    }

    boolean countDisclosure(UUID token, String serviceCode, LocalDate day, int ceiling) {
        return sql.exists(COUNT, token, serviceCode, day, ceiling);
    }

    /** The row is of this token alone, and its lock is the queue of the calls on it: n disclosures, exactly n times. */
    Optional<Budget> spend(UUID token) {
        return sql.first("update consent.token_budget set left_over = left_over - 1 where token_id = ? and left_over > 0 returning calls, left_over",
                row -> new Budget(row.number("calls"), row.number("left_over")), token);
    }

    /** The contour of the call; empty where its messages were kept, or it is corrected already, or nothing was disclosed. */
    Optional<Contour> notSent(UUID occurrence, Instant at) {
        return sql.first(NOT_SENT, row -> row.as(Contour.class, "contour"), at, occurrence);
    }

    /** @param covered the services that the reader may know of; all, when empty */
    List<UsageView> about(Taxpayer taxpayer, Optional<Set<String>> covered, UsageFilter filter, long before, int limit) {
        return list(SELECT, "u.consent_id", "u.contour = ? and u.taxpayer_inn = ? and u.service_code = any (coalesce(?::text[], array[u.service_code]))",
                List.of(taxpayer.contour(), taxpayer.inn().digits(), covered), filter, before, limit);
    }

    List<UsageView> by(ParticipantId participant, Contour contour, UsageFilter filter, long before, int limit) {
        return list(SELECT_OWN, "t.id", "u.contour = ? and u.participant_id = ?", List.of(contour, participant), filter, before, limit);
    }

    /** What was disclosed on a consent, the newest first. */
    List<ReceiptWriter.Disclosure> disclosures(ConsentKind kind, UUID consent, int most) {
        return sql.list("select u.at, u.service_code, u.records, u.occurrence" + disclosedOn(kind) + " order by u.at desc, u.id desc limit ?",
                row -> new ReceiptWriter.Disclosure(row.instant("at"), row.text("service_code"), row.number("records"), row.uuid("occurrence")), consent, most);
    }

    int countDisclosures(ConsentKind kind, UUID consent) {
        return sql.one("select count(*)::integer number" + disclosedOn(kind), row -> row.number("number"), consent);
    }

    private static String disclosedOn(ConsentKind kind) {
        return " from consent.usage u where u." + (kind == ConsentKind.FORM ? "form_id" : "consent_id") + " = ? and " + DISCLOSED;
    }

    private List<UsageView> list(String select, String token, String whose, List<Object> first, UsageFilter filter, long before, int limit) {
        StringBuilder where = new StringBuilder(whose + " and u.id < ?");
        List<Object> parameters = new ArrayList<>(first);
        parameters.add(before);
        restrict(where, parameters, " and u.participant_id = ?", filter.participant());
        restrict(where, parameters, " and u.service_code = ?", filter.service());
        restrict(where, parameters, " and coalesce(" + token + ", u.form_id) = ?", filter.consent());
        restrict(where, parameters, " and u.at >= ?", filter.from().map(day -> day.atStartOfDay(Installation.ZONE).toInstant()));
        restrict(where, parameters, " and u.at < ?", filter.to().map(day -> day.plusDays(1).atStartOfDay(Installation.ZONE).toInstant()));
        restrict(where, parameters, " and " + OUTCOME + " = ?", filter.outcome());
        return sql.list(select + " where " + where + " order by u.id desc limit " + limit, UsageStore::view, parameters.toArray());
    }

    private static void restrict(StringBuilder where, List<Object> parameters, String condition, Optional<?> value) {
        value.ifPresent(present -> {
            where.append(condition);
            parameters.add(present);
        });
    }

    void addInspection(UUID id, Taxpayer taxpayer, String reason, Instant at, Actor by) {
        try {
            sql.update("insert into consent.usage_inspection (id, contour, taxpayer_inn, at, actor, actor_role, kind, reason) values (?, ?, ?, ?, ?, ?, 'LOG', ?)",
                    id, taxpayer.contour(), taxpayer.inn().digits(), at, by.account(), by.role(), reason);
        } catch (SqlFailure e) {
            throw e.constraint().equals("usage_inspection_taxpayer_fk") ? Refusal.of(InputRefusal.NOT_FOUND, "inn") : e;
        }
    }

    /** The taxpayer whom the call turned out to be about, if any. */
    Optional<String> addEvidenceReading(UUID id, UUID occurrence, Contour contour, Instant at, Actor by) {
        return sql.one("""
                insert into consent.usage_inspection (id, contour, taxpayer_inn, at, actor, actor_role, kind, occurrence)
                select ?, contour, taxpayer_inn, ?, ?::uuid, ?, 'EVIDENCE', occurrence from consent.usage where occurrence = ? and contour = ? returning taxpayer_inn""",
                row -> row.maybe("taxpayer_inn", row::text), id, at, by.account(), by.role(), occurrence, contour);
    }

    void addFormReading(UUID id, UUID form, Taxpayer taxpayer, Instant at, Actor by) {
        sql.update("insert into consent.usage_inspection (id, contour, taxpayer_inn, at, actor, actor_role, kind, form_id) values (?, ?, ?, ?, ?, ?, 'FORM', ?)",
                id, taxpayer.contour(), taxpayer.inn().digits(), at, by.account(), by.role(), form);
    }

    /**
     * Widens what the same reader has read within the day, where that adjoins; else it is a reading of its own. Five minutes are told as read anyway: see {@link #inspections}. Nothing
     * is read of what has not happened yet.
     */
    void addRecordsReading(UUID id, Contour contour, Instant from, Instant to, Optional<ParticipantId> participant, Instant at, Actor by) {
        Instant until = to.isAfter(at) ? at : to;
        Instant last = until.isBefore(from) ? from : until;
        boolean widened = sql.exists("""
                update consent.records_reading r set read_until = greatest(read_until, ?), records_from = least(records_from, ?), records_to = greatest(records_to, ?)
                 where id = (select id from consent.records_reading where contour = ? and actor = ? and actor_role = ? and participant_id is not distinct from ?::uuid
                                and at > ?::timestamptz - interval '1 day' and at <= ? and records_from <= ?::timestamptz + interval '5 minutes' and records_to >= ?::timestamptz - interval '5 minutes'
                              order by at desc, id desc limit 1)
                returning id""", at, from, last, contour, by.account(), by.role(), participant, at, at, last, from);
        if (!widened) {
            sql.update("""
                    insert into consent.records_reading (id, contour, at, read_until, actor, actor_role, participant_id, records_from, records_to) values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    id, contour, at, at, by.account(), by.role(), participant, from, last);
        }
    }

    /**
     * The newest first, what comes after {@code before}. Records are written some time after their calls: whoever was called about shortly before the time that was read is told, too.
     */
    List<UsageInspection> inspections(Taxpayer taxpayer, Optional<UUID> before, int limit) {
        return sql.list("""
                with last as materialized (select at, id from consent.usage_inspection where id = ?::uuid and kind <> 'RECORDS' union all select at, id from consent.records_reading where id = ?::uuid)
                select * from (
                    (select i.id, i.at, null::timestamptz read_until, i.actor_role, i.kind, i.reason, coalesce(i.occurrence, i.form_id) about from consent.usage_inspection i
                      where i.contour = ? and i.taxpayer_inn = ? and i.kind <> 'RECORDS' and (?::uuid is null or (i.at, i.id) < (select at, id from last))
                      order by i.at desc, i.id desc limit ?)
                    union all
                    (select r.id, r.at, r.read_until, r.actor_role, 'RECORDS', null, null from consent.records_reading r
                      where r.contour = ? and (?::uuid is null or (r.at, r.id) < (select at, id from last))
                        and exists (select from consent.usage u where u.contour = r.contour and u.taxpayer_inn = ? and u.at between r.records_from - interval '5 minutes' and r.records_to
                                       and u.at < r.read_until and u.participant_id = coalesce(r.participant_id, u.participant_id))
                      order by r.at desc, r.id desc limit ?)) i
                 order by at desc, id desc limit ?""",
                row -> new UsageInspection(row.uuid("id"), row.instant("at"), row.maybe("read_until", row::instant), row.text("actor_role"), row.as(InspectionKind.class, "kind"),
                        row.maybe("reason", row::text), row.maybe("about", row::uuid)),
                before, before, taxpayer.contour(), taxpayer.inn().digits(), before, limit, taxpayer.contour(), before, taxpayer.inn().digits(), limit, limit);
    }

    private static UsageView view(Row row) {
        return new UsageView(row.large("id"), row.uuid("occurrence"), row.instant("at"), row.text("receiver"), new ParticipantId(row.uuid("participant_id")), row.text("full_name"),
                row.text("subsystem"), row.text("service_code"), row.maybe("service_version", row::text), titles(row), row.as(ConsentKind.class, "consent_kind"), row.maybe("consent_id", row::uuid).or(() -> row.maybe("form_id", row::uuid)), row.maybe("user_id", row::text),
                row.maybe("issue", row::text), row.maybe("message_id", row::text).orElse(""), row.maybe("taxpayer_inn", row::text), row.maybe("period_from", row::day), row.maybe("period_to", row::day),
                row.text("outcome"), row.number("records"), row.maybe("through", row::text), row.maybe("erased_at", row::instant).isPresent());
    }

    /** Empty for what is no service of the catalogue. */
    private static Map<Language, String> titles(Row row) {
        Map<Language, String> titles = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            row.maybe("title_" + language.tag(), row::text).ifPresent(title -> titles.put(language, title));
        }
        return titles;
    }
}
