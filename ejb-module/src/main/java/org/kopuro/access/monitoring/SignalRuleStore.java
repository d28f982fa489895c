package org.kopuro.access.monitoring;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Refusal;

@Dependent
class SignalRuleStore {

    @Inject
    private Sql sql;

    void add(UUID id, NewSignalRule rule, SignalKind kind, Instant effectiveFrom, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into access.signal_rule (id, code, version, kind, effective_from, enabled, severity, window_minutes, at_least, step, percent, from_hour, to_hour, within_days,
                                                    set_at, actor, actor_role, reason)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, rule.code(), rule.after() + 1, kind, effectiveFrom, rule.enabled(), rule.severity(),
                    rule.windowMinutes(), rule.atLeast(), rule.step(), rule.percent(), rule.fromHour(), rule.toHour(), rule.withinDays(), at, by.account(), by.role(), rule.reason());
        } catch (SqlFailure e) {
            // Another official, at the same instant.
            throw Set.of("signal_rule_pk", "signal_rule_follows").contains(e.constraint()) ? Refusal.of(SignalRuleRefusal.SIGNAL_RULE_CHANGED_MEANWHILE, "after") : e;
        }
    }

    Optional<SignalRuleView> newest(String code) {
        return sql.first("select * from access.signal_rule where code = ? order by version desc limit 1", SignalRuleStore::rule, code);
    }

    /** By code, the newest version first. */
    List<SignalRuleView> list(int limit) {
        return sql.list("select * from access.signal_rule order by code, version desc limit ?", SignalRuleStore::rule, limit);
    }

    private static SignalRuleView rule(Row row) {
        return new SignalRuleView(row.uuid("id"), row.text("code"), row.number("version"), row.as(SignalKind.class, "kind"), row.instant("effective_from"), row.flag("enabled"),
                row.as(IncidentSeverity.class, "severity"), row.number("window_minutes"), row.number("at_least"), row.maybe("step", row::number), row.maybe("percent", row::number),
                row.maybe("from_hour", row::number), row.maybe("to_hour", row::number), row.maybe("within_days", row::number), row.maybe("set_at", row::instant), row.maybe("reason", row::text));
    }
}
