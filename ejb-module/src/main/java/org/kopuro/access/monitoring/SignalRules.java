package org.kopuro.access.monitoring;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** The rules by which signals are raised (ACC-97), as versions: what a signal was raised by stays as it was. */
@Stateless
public class SignalRules {

    private static final int LIST_MAX = 500;

    @Inject
    private SignalRuleStore store;
    @Inject
    private Ledger ledger;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /**
     * Adds the next version of a rule. Rules hold in both contours, so that only officials of PRODUCTION change them where the installation has that. The numbers are hidden in the
     * ledger, which everybody reads: whoever knows them stays just below.
     */
    public SignalRuleView set(NewSignalRule rule, Contour contour, Actor by) {
        installation.requireForBoth(contour, SignalRuleRefusal.SIGNAL_RULE_BY_PRODUCTION);
        SignalRuleView newest = store.newest(rule.code()).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "code"));
        if (newest.version() != rule.after()) {
            throw Refusal.of(SignalRuleRefusal.SIGNAL_RULE_CHANGED_MEANWHILE, "after");
        }
        rule.requireOf(newest.kind());
        Instant at = clock.instant();
        Instant from = rule.effectiveFrom().orElse(at);
        if (from.isBefore(at) || !from.isAfter(newest.effectiveFrom())) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "effectiveFrom");
        }
        UUID id = UUID.randomUUID();
        store.add(id, rule, newest.kind(), from, at, by);
        ledger.record(LedgerEvent.of("access.signal_rule_set", 1, "signal_rule", id, at).with("code", rule.code()).with("version", rule.after() + 1).with("enabled", rule.enabled())
                .with("effectiveFrom", from).with("severity", rule.severity()).with("actor", by.account()).with("actorRole", by.role())
                .personal("windowMinutes", String.valueOf(rule.windowMinutes())).personal("atLeast", String.valueOf(rule.atLeast())).personal("step", rule.step().map(String::valueOf))
                .personal("percent", rule.percent().map(String::valueOf)).personal("fromHour", rule.fromHour().map(String::valueOf)).personal("toHour", rule.toHour().map(String::valueOf)).personal("withinDays", rule.withinDays().map(String::valueOf))
                .personal("reason", rule.reason()));
        return store.newest(rule.code()).orElseThrow();
    }

    /** By code, the newest version first; at most {@value #LIST_MAX}. */
    public List<SignalRuleView> list() {
        return store.list(LIST_MAX);
    }
}
