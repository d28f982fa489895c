package org.kopuro.loans.programmes;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** Programmes and versions of their rules. */
@Dependent
class ProgrammeStore {

    private static final String PROGRAMME = """
            select p.code, d.adopted_on, p.title_ru, p.title_ky, p.title_en, p.sector, p.regulator_code, p.entry_point, p.duplicate_policy, p.stages_apart, p.active_from, p.active_to, p.procedure_code
              from loans.programme p join access.decree d on d.code = p.code
            """;
    private static final String RULES = """
            select programme, stage, version, issued_from, issued_to, applied_from, applied_to, snapshot_on, wage, factor_percent, months, months_until, cap, month_rules::text month_rules,
                   eligibility::text eligibility, on_fail, on_over_maximum, keep_percent, refresh_cutoff, refresh_day, asserted, id, source, reason, proposed_at, proposed_by, proposer_role, outcome,
                   decided_at, decided_by, decider_role, remark
              from loans.rule_set
            """;

    @Inject
    private Sql sql;

    List<Programme> programmes() {
        return sql.list(PROGRAMME + "order by d.adopted_on, p.code", ProgrammeStore::programme);
    }

    Optional<Programme> find(String code) {
        return sql.first(PROGRAMME + "where p.code = ?", ProgrammeStore::programme, code);
    }

    List<RuleSet> approved() {
        return sql.list(RULES + "where outcome = 'APPROVED'", ProgrammeStore::rules);
    }

    /** The id that the ledger names. */
    UUID idOf(String programme) {
        return sql.first("select id from loans.programme where code = ?", row -> row.uuid("id"), programme).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "programme"));
    }

    UUID add(NewProgramme programme) {
        UUID id = UUID.randomUUID();
        try {
            sql.update("""
                    insert into loans.programme (code, id, title_ru, title_ky, title_en, sector, regulator_code, entry_point, duplicate_policy, stages_apart, active_from, active_to, procedure_code, source)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", programme.code(), id, programme.titles().get(Language.RU), programme.titles().get(Language.KY),
                    programme.titles().get(Language.EN), programme.sector(), programme.regulator(), programme.entryPoint(), programme.duplicatePolicy(), programme.stagesApart(),
                    programme.activeFrom(), programme.activeTo(), programme.procedure(), programme.source());
            return id;
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "programme_pk" -> Refusal.of(ProgrammeRefusal.PROGRAMME_ADDED_ALREADY, "code");
                case "programme_decree_fk" -> Refusal.of(ProgrammeRefusal.PROGRAMME_REFERS_TO_NOTHING, "code");
                case "programme_regulator_fk" -> Refusal.of(ProgrammeRefusal.PROGRAMME_REFERS_TO_NOTHING, "regulator");
                case "programme_procedure_fk" -> Refusal.of(ProgrammeRefusal.PROGRAMME_REFERS_TO_NOTHING, "procedure");
                default -> e;
            };
        }
    }

    List<RuleSetView> ruleSets(String programme, int limit) {
        return sql.list(RULES + "where programme = ? order by stage, version desc limit ?", ProgrammeStore::view, programme, limit);
    }

    Optional<RuleSetView> ruleSet(String programme, UUID id) {
        return sql.first(RULES + "where programme = ? and id = ?", ProgrammeStore::view, programme, id);
    }

    /** As the stage's next version. */
    UUID propose(RuleSet rules, String source, String reason, Instant at, Actor by) {
        UUID id = UUID.randomUUID();
        sql.first("select code from loans.programme where code = ? for no key update", row -> row.text("code"), rules.programme()).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "programme"));
        try {
            sql.update("""
                    insert into loans.rule_set (id, programme, stage, version, issued_from, issued_to, applied_from, applied_to, snapshot_on, wage, factor_percent, months, months_until, cap, month_rules,
                        eligibility, on_fail, on_over_maximum, keep_percent, refresh_cutoff, refresh_day, asserted, source, reason, proposed_at, proposed_by, proposer_role)
                    values (?, ?, ?, (select coalesce(max(version), 0) + 1 from loans.rule_set where programme = ? and stage = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?,
                        ?, ?, ?, ?, ?)""", id, rules.programme(), rules.stage(), rules.programme(), rules.stage(), rules.issuedFrom(), rules.issuedTo(), rules.appliedFrom(), rules.appliedTo(),
                    rules.snapshotOn(), rules.formula().map(RuleSet.Formula::wageKopecks), rules.formula().map(RuleSet.Formula::factorPercent), rules.formula().map(RuleSet.Formula::months),
                    rules.formula().flatMap(RuleSet.Formula::monthsUntil), rules.formula().flatMap(RuleSet.Formula::capKopecks), RuleRows.ofMonths(rules.months()),
                    RuleRows.ofEligibility(rules.eligibility()), rules.onFail(), rules.onOverMaximum(), rules.keepPercent(), rules.refreshCutoff(), rules.refreshDay(), rules.asserted(), source, reason,
                    at, by.account().orElseThrow(), by.role());
            return id;
        } catch (SqlFailure e) {
            throw e.constraint().equals("rule_set_open_unique") ? Refusal.of(ProgrammeRefusal.RULE_SET_PROPOSED_ALREADY, "stage")
                    : e.constraint().equals("rule_set_rows_check") ? Refusal.of(InputRefusal.FIELD_TOO_LONG, "eligibility", 100_000) : e;
        }
    }

    void decide(UUID id, RuleSetView.Outcome outcome, Optional<String> remark, Instant at, Actor by) {
        try {
            sql.update("update loans.rule_set set outcome = ?, decided_at = ?, decided_by = ?, decider_role = ?, remark = ? where id = ?", outcome, at, by.account().orElseThrow(), by.role(), remark, id);
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "rule_set_newest" -> Refusal.of(ProgrammeRefusal.RULE_SET_OVERTAKEN, "ruleSet");
                case "rule_set_stages_apart" -> Refusal.of(ProgrammeRefusal.RULE_SET_STAGES_OVERLAP, "issuedFrom");
                case "rule_set_decided_once" -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", "DECIDED", outcome);
                default -> e;
            };
        }
    }

    private static Programme programme(Row row) {
        return new Programme(row.text("code"), row.day("adopted_on"), Map.of(Language.RU, row.text("title_ru"), Language.KY, row.text("title_ky"), Language.EN, row.text("title_en")),
                row.text("sector"), row.text("regulator_code"), row.as(EntryPoint.class, "entry_point"), row.as(DuplicatePolicy.class, "duplicate_policy"), row.flag("stages_apart"),
                row.day("active_from"), row.maybe("active_to", row::day), row.text("procedure_code"));
    }

    private static RuleSet rules(Row row) {
        Optional<RuleSet.Formula> formula = row.maybe("wage", row::large).map(wage -> new RuleSet.Formula(wage, row.number("factor_percent"), row.number("months"),
                row.maybe("months_until", row::day), row.maybe("cap", row::large)));
        return new RuleSet(row.text("programme"), row.number("stage"), row.number("version"), row.day("issued_from"), row.maybe("issued_to", row::day), row.maybe("applied_from", row::day),
                row.maybe("applied_to", row::day), row.maybe("snapshot_on", row::day), formula, RuleRows.months(row.text("month_rules")), RuleRows.eligibility(row.text("eligibility")),
                row.as(RuleSet.OnBreach.class, "on_fail"), row.as(RuleSet.OnBreach.class, "on_over_maximum"), row.number("keep_percent"), row.number("refresh_cutoff"), row.number("refresh_day"),
                row.flag("asserted"));
    }

    private static RuleSetView view(Row row) {
        return new RuleSetView(row.uuid("id"), rules(row), row.text("source"), row.text("reason"), row.instant("proposed_at"), row.maybe("proposed_by", row::uuid),
                row.maybe(RuleSetView.Outcome.class, "outcome"), row.maybe("decided_at", row::instant), row.maybe("decided_by", row::uuid), row.maybe("remark", row::text));
    }
}
