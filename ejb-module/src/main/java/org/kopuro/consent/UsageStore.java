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
            with used as (insert into consent.usage (occurrence, at, contour, participant_id, subsystem_id, service_code, message_id, user_id, issue,
                                       consent_kind, consent_id, taxpayer_inn, asked_inn, period_from, period_to, outcome, records, form_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (select inn from registers.taxpayer where contour = ? and inn = ?), ?, ?, ?, ?, ?, ?) returning consent_id, at, outcome)
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

    private static final String SELECT = """
            select u.*, p.full_name, concat_ws('/', p.instance, p.member_class, p.member_code, s.code) receiver, s.code subsystem, c.title_ru, c.title_ky, c.title_en
              from consent.usage u
              join participants.participant p on p.id = u.participant_id
              join participants.subsystem s on s.id = u.subsystem_id
              left join access.service c on c.code = u.service_code""";

    @Inject
    private Sql sql;

    void add(UsageEntry entry) {
        sql.update(INSERT, entry.occurrence(), entry.at(), entry.contour(), entry.participant(), entry.subsystem(), entry.serviceCode(), entry.messageId(),
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

    List<UsageView> about(Taxpayer taxpayer, UsageFilter filter, long before, int limit) {
        return list("u.contour = ? and u.taxpayer_inn = ?", List.of(taxpayer.contour(), taxpayer.inn().digits()), filter, before, limit);
    }

    List<UsageView> by(ParticipantId participant, Contour contour, UsageFilter filter, long before, int limit) {
        return list("u.contour = ? and u.participant_id = ?", List.of(contour, participant), filter, before, limit);
    }

    private List<UsageView> list(String whose, List<Object> first, UsageFilter filter, long before, int limit) {
        StringBuilder where = new StringBuilder(whose + " and u.id < ?");
        List<Object> parameters = new ArrayList<>(first);
        parameters.add(before);
        restrict(where, parameters, " and u.participant_id = ?", filter.participant());
        restrict(where, parameters, " and u.service_code = ?", filter.service());
        restrict(where, parameters, " and coalesce(u.consent_id, u.form_id) = ?", filter.consent());
        restrict(where, parameters, " and u.at >= ?", filter.from().map(day -> day.atStartOfDay(Installation.ZONE).toInstant()));
        restrict(where, parameters, " and u.at < ?", filter.to().map(day -> day.plusDays(1).atStartOfDay(Installation.ZONE).toInstant()));
        restrict(where, parameters, " and u.outcome = ?", filter.outcome());
        return sql.list(SELECT + " where " + where + " order by u.id desc limit " + limit, UsageStore::view, parameters.toArray());
    }

    private static void restrict(StringBuilder where, List<Object> parameters, String condition, Optional<?> value) {
        value.ifPresent(present -> {
            where.append(condition);
            parameters.add(present);
        });
    }

    void addInspection(UUID id, Taxpayer taxpayer, String reason, Instant at, Actor by) {
        try {
            sql.update("insert into consent.usage_inspection (id, contour, taxpayer_inn, at, actor, actor_role, reason) values (?, ?, ?, ?, ?, ?, ?)",
                    id, taxpayer.contour(), taxpayer.inn().digits(), at, by.account(), by.role(), reason);
        } catch (SqlFailure e) {
            throw e.constraint().equals("usage_inspection_taxpayer_fk") ? Refusal.of(InputRefusal.NOT_FOUND, "inn") : e;
        }
    }

    List<UsageInspection> inspections(Taxpayer taxpayer, int limit) {
        return sql.list("select id, at, actor_role, reason from consent.usage_inspection where contour = ? and taxpayer_inn = ? order by at desc, id limit " + limit,
                row -> new UsageInspection(row.uuid("id"), row.instant("at"), row.text("actor_role"), row.text("reason")), taxpayer.contour(), taxpayer.inn().digits());
    }

    private static UsageView view(Row row) {
        return new UsageView(row.large("id"), row.uuid("occurrence"), row.instant("at"), row.text("receiver"), new ParticipantId(row.uuid("participant_id")), row.text("full_name"),
                row.text("subsystem"), row.text("service_code"), titles(row), row.as(ConsentKind.class, "consent_kind"), row.maybe("consent_id", row::uuid).or(() -> row.maybe("form_id", row::uuid)), row.maybe("user_id", row::text),
                row.maybe("issue", row::text), row.text("message_id"), row.maybe("taxpayer_inn", row::text), row.maybe("period_from", row::day), row.maybe("period_to", row::day),
                row.text("outcome"), row.number("records"));
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
