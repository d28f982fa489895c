package org.kopuro.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.kopuro.consent.IssuedToken;
import org.kopuro.installation.Sql;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** A call finds its token among those that work, however many have ended (CON-148). */
class LookingUpTokensIT {

    private static final int ENDED = 20_000;
    private static final String WORKING = "select w.id from consent.token w where w.lookup = (select decode('%s', 'hex')) and w.state in ('ACTIVE', 'FROZEN')";

    private final Scene scene = new Scene();

    @Test
    void theStatementOpensTheIndexOfWorkingTokensFirstAndThatOfEndedOnesOtherwise() throws SQLException {
        String plan = explain("generic_plan", AdmissionStore.ADMISSION);
        assertTrue(plan.contains("token_working_unique") && plan.indexOf("token_working_unique") < plan.indexOf("token_ended_unique"), plan);
        assertFalse(plan.contains("Seq Scan on token"), plan);
        assertTrue(plan.contains("Index Cond: (id = found.id)"), "what was found is read by its id: " + plan);
    }

    @Test
    void whatHasEndedCostsNothing() throws SQLException {
        IssuedToken token = scene.token();
        String looking = WORKING.formatted(Rows.of("select encode(lookup, 'hex') from consent.token where id = ?", token.token().id().value()).get(0));
        int before = pages(looking);
        Rows.change("""
                insert into consent.token (id, contour, taxpayer_inn, participant_id, subsystem_id, lookup, pepper_number, last_four, state, issued_at, expires_at, ended_at, text_version,
                       text_language, text_sha256, events, paused)
                select gen_random_uuid(), contour, taxpayer_inn, participant_id, subsystem_id, sha256(('ended' || id || n)::bytea), pepper_number, '0000', 'EXPIRED', issued_at, expires_at,
                       expires_at, text_version, text_language, text_sha256, 1, false from consent.token cross join generate_series(1, ?) n where id = ?""", ENDED, token.token().id().value());
        try {
            assertEquals(before, pages(looking));
            assertTrue(before < 10, () -> before + " pages");
        } finally {
            Rows.change("delete from consent.token where taxpayer_inn = ? and last_four = '0000' and state = 'EXPIRED'", scene.inn.digits());
        }
    }

    private static int pages(String query) throws SQLException {
        explain("analyze, buffers, costs off, timing off, summary off", query);
        String plan = explain("analyze, buffers, costs off, timing off, summary off", query);
        assertTrue(plan.contains("token_working_unique"), plan);
        Matcher hits = Pattern.compile("Buffers: shared hit=(\\d+)").matcher(plan);
        assertTrue(hits.find(), plan);
        return Integer.parseInt(hits.group(1));
    }

    /** Of so few rows as there are in a test it would read them all. */
    private static String explain(String how, String query) throws SQLException {
        Matcher marks = Pattern.compile("\\?").matcher(query);
        StringBuilder numbered = new StringBuilder();
        for (int number = 1; marks.find(); number++) {
            marks.appendReplacement(numbered, "\\$" + number);
        }
        marks.appendTail(numbered);
        // Sent as it is: nobody binds what a generic plan leaves open.
        String url = TestDatabase.shared().url() + "?preferQueryMode=simple";
        try (Connection connection = DriverManager.getConnection(url, TestDatabase.OWNER, TestDatabase.PASSWORD); Statement sql = connection.createStatement()) {
            sql.execute("set enable_seqscan = off");
            return String.join("\n", Sql.on(connection).list("explain (" + how + ") " + numbered, row -> row.text("QUERY PLAN")));
        }
    }
}
