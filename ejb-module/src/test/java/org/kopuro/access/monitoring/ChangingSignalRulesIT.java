package org.kopuro.access.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** The security officer changes a rule for signals: ACC-97. */
class ChangingSignalRulesIT {

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private final String code = UUID.randomUUID().toString().chars().filter(one -> one != '-').mapToObj(one -> String.valueOf((char) ('A' + Character.digit(one, 16)))).collect(Collectors.joining());

    ChangingSignalRulesIT() {
        Rows.change("""
                insert into access.signal_rule (code, version, kind, effective_from, enabled, severity, window_minutes, at_least, step)
                values (?, 1, 'SEQUENTIAL_IDENTIFIERS', '2026-01-01', false, 'LOW', 60, 20, 1)""", code);
    }

    @Test
    void isAFurtherVersionToldToTheLedgerWithoutItsNumbers() {
        SignalRuleView set = set(1, 777, Optional.of(3), Optional.empty());
        assertEquals(List.of(2, 777, 3), List.of(set.version(), set.atLeast(), set.step().orElseThrow()));
        assertEquals(List.of(2, 1), application.with(SignalRules.class, SignalRules::list).stream().filter(rule -> rule.code().equals(code)).map(SignalRuleView::version).toList());
        String entry = Rows.of("select content from ledger.entry where record_id = ?", set.id()).get(0);
        assertTrue(entry.contains("\"access.signal_rule_set\"") && entry.contains("\"actor\":\"" + Scene.OFFICIAL.account().orElseThrow() + "\""), entry);
        assertFalse(entry.contains("777"), "whoever knows the number stays below it");
    }

    @Test
    void isRefusedWhereItDoesNotFollowOrIsNoRuleOfItsKind() {
        assertRefused(SignalRuleRefusal.SIGNAL_RULE_CHANGED_MEANWHILE, "after", () -> set(2, 20, Optional.of(1), Optional.empty()));
        assertRefused(InputRefusal.FIELD_INVALID, "step", () -> set(1, 20, Optional.empty(), Optional.empty()));
        assertRefused(InputRefusal.FIELD_INVALID, "percent", () -> set(1, 20, Optional.of(1), Optional.of(50)));
        assertRefused(InputRefusal.FIELD_INVALID, "atLeast", () -> set(1, 0, Optional.of(1), Optional.empty()));
        assertRefused(InputRefusal.FIELD_INVALID, "windowMinutes", () -> change(code, 1, 7, Contour.PRODUCTION));
        assertRefused(InputRefusal.NOT_FOUND, "code", () -> change("NO_SUCH_RULE", 1, 60, Contour.PRODUCTION));
        assertRefused(SignalRuleRefusal.SIGNAL_RULE_BY_PRODUCTION, "contour", () -> change(code, 1, 60, Contour.TEST));
        set(1, 20, Optional.of(1), Optional.empty());
        assertRefused(InputRefusal.FIELD_INVALID, "effectiveFrom", () -> set(2, 20, Optional.of(1), Optional.empty()));
        assertEquals(2, Rows.of("select version from access.signal_rule where code = ?", code).size(), "what is refused adds nothing");
    }

    @Test
    void theApplicationCannotGoRoundTheRules() {
        for (String values : List.of("3, 'SEQUENTIAL_IDENTIFIERS', now()", "2, 'EXCESSIVE_LOAD', now()", "2, 'SEQUENTIAL_IDENTIFIERS', '2025-01-01'")) {
            assertEquals("signal_rule_follows", refusedByTheDatabase("insert into access.signal_rule (code, version, kind, effective_from, enabled, severity, window_minutes, at_least, step)"
                    + " values ('" + code + "', " + values + ", true, 'LOW', 60, 20, 1)"));
        }
    }

    private SignalRuleView set(int after, int atLeast, Optional<Integer> step, Optional<Integer> percent) {
        return application.with(SignalRules.class, rules -> rules.set(new NewSignalRule(code, after, Optional.empty(), false, IncidentSeverity.HIGH, 60, atLeast, step, percent,
                Optional.empty(), Optional.empty(), Optional.empty(), "too many of them"), Contour.PRODUCTION, Scene.OFFICIAL));
    }

    private SignalRuleView change(String rule, int after, int window, Contour contour) {
        return application.with(SignalRules.class, rules -> rules.set(new NewSignalRule(rule, after, Optional.empty(), false, IncidentSeverity.HIGH, window, 20, Optional.of(1), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), "too many of them"), contour, Scene.OFFICIAL));
    }

    private static String refusedByTheDatabase(String sql) {
        try (Connection connection = TestDatabase.shared().application().getConnection(); Statement statement = connection.createStatement()) {
            return BrokenConstraint.in(assertThrows(SQLException.class, () -> statement.executeUpdate(sql))).orElse("");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(RefusalCode code, String field, Executable attempt) {
        Refusal refusal = assertThrows(Refusal.class, attempt);
        assertEquals(code + " " + field, refusal.code() + " " + refusal.field());
    }
}
