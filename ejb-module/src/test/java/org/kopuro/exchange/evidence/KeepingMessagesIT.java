package org.kopuro.exchange.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.accounts.SignedIn;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** A call that was answered; the server is about to send. */
class KeepingMessagesIT {

    private static final Instant NOW = Clock.systemUTC().instant();
    /** Far enough back that thirty days have passed by the database's own clock. */
    private static final Instant LONG_AGO = Instant.parse("2024-10-01T06:00:00Z");
    private static final SignedIn AUDITOR = RecordedCall.anAuditor(Contour.TEST);

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", NOW);

    @BeforeAll
    static void aNodeHasStarted() {
        new TestApplication("TEST", NOW).run(MessageKeyCheck.class, MessageKeyCheck::check);
    }

    @Test
    void keepsBothMessagesOctetByOctet() {
        RecordedCall call = RecordedCall.of(application).kept();
        Contents contents = read(application, call.occurrence()).orThrow();
        assertArrayEquals(call.messages().request().octets(), contents.request());
        assertArrayEquals(call.messages().answer().octets(), contents.answer());
        assertArrayEquals(call.scene().identity.der(), contents.certificate().orElseThrow());
    }

    @Test
    void showsTheDatabaseNoTokenAndNoWordOfTheMessages() {
        RecordedCall call = RecordedCall.of(application).kept();
        String row = Rows.of("select encode(request, 'escape') || encode(answer, 'escape') || m::text from exchange.message m where occurrence = ?", call.occurrence()).get(0);
        assertFalse(row.contains(call.token()));
        assertFalse(row.contains("securityToken"));
        String hex = HexFormat.of().formatHex(call.token().getBytes(StandardCharsets.US_ASCII));
        assertFalse(row.contains(hex));
    }

    @Test
    void keepsUnderTheNamesOfTheUsageEntry() {
        RecordedCall call = RecordedCall.of(application).kept();
        assertEquals(List.of("t"), Rows.of("""
                select (m.at, m.contour, m.message_id) = (u.at, u.contour, u.message_id) and m.request_sha256 = ? and m.answer_sha256 = ?
                       and m.keep_until::date - u.at::date = 1825
                  from exchange.message m join consent.usage u using (occurrence) where m.occurrence = ?""",
                MessageLog.sha256(call.messages().request().octets()), MessageLog.sha256(call.messages().answer().octets()), call.occurrence()));
    }

    @Test
    void keepsOnlyDigestsWhereBodiesAreSwitchedOff() {
        TestApplication without = new TestApplication("TEST", NOW, Map.of("kopuro.messagelog.bodies", "false"));
        RecordedCall call = RecordedCall.of(without).kept();
        assertEquals(List.of("32|32|t"), Rows.of("""
                select octet_length(request_sha256) || '|' || octet_length(answer_sha256) || '|' || left((request is null and answer is null and key_number is null)::text, 1)
                  from exchange.message where occurrence = ?""", call.occurrence()));
        assertRefused(EvidenceRefusal.EVIDENCE_NOT_KEPT, read(application, call.occurrence()));
    }

    @Test
    void keepsTheDigestsOfFilesBesideTheMessages() {
        RecordedCall call = RecordedCall.of(application);
        List<Exchanged.Attached> came = List.of(new Exchanged.Attached("form", "application/pdf", 104_857_600, "0a".repeat(32)), new Exchanged.Attached("s".repeat(400), "text/plain", 0, "0b".repeat(32)));
        List<Exchanged.Attached> left = List.of(new Exchanged.Attached("file", "application/pdf", 7, "0c".repeat(32)));
        application.run(MessageLog.class, log -> log.keep(call.occurrence(),
                new Exchanged(call.messages().request().beside(came), call.messages().answer().beside(left), call.messages().thumbprint())));
        assertEquals(List.of("ANSWER 1 file 7 0c", "REQUEST 1 form 104857600 0a", "REQUEST 2 " + "s".repeat(300) + " 0 0b"), Rows.of("""
                select direction || ' ' || number || ' ' || content_id || ' ' || octets || ' ' || left(encode(sha256, 'hex'), 2) from exchange.message_attachment
                 where occurrence = ? order by 1""", call.occurrence()));
        String decision = new String(read(application, call.occurrence()).orThrow().decision(), StandardCharsets.UTF_8);
        assertTrue(decision.contains("{\"contentId\":\"form\",\"direction\":\"REQUEST\",\"mediaType\":\"application/pdf\",\"octets\":104857600,\"sha256\":\"" + "0a".repeat(32) + "\"}"), decision);
        String entry = Rows.of("select content from ledger.entry where record_id = ? and content like '%\"exchange.messages_kept\"%'", call.occurrence()).get(0);
        assertTrue(entry.contains("\"requestAttachments\":[\"" + "0a".repeat(32) + "\",\"" + "0b".repeat(32) + "\"]") && entry.contains("\"answerAttachments\":[\"" + "0c".repeat(32) + "\"]"), entry);
        assertThrows(SQLException.class, () -> asTheApplication("update exchange.message_attachment set octets = 1"));
        assertThrows(SQLException.class, () -> asTheApplication("delete from exchange.message_attachment"));
    }

    private static void asTheApplication(String sql) throws SQLException {
        try (Connection connection = TestDatabase.shared().application().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void keepsNothingOfACallThatHasNoRecord() {
        RecordedCall call = RecordedCall.of(application);
        assertThrows(IllegalStateException.class, () -> application.run(MessageLog.class, log -> log.keep(UUID.randomUUID(), call.messages())));
    }

    @Test
    void keepsTheMessagesOfACallOnce() {
        RecordedCall call = RecordedCall.of(application).kept();
        assertThrows(IllegalStateException.class, call::kept);
    }

    @Test
    void removesOctetsAfterTheirTimeAndNotBefore() {
        RecordedCall old = RecordedCall.of(new TestApplication("TEST", LONG_AGO, Map.of("kopuro.messagelog.retention-days", "30"))).kept();
        RecordedCall young = RecordedCall.of(new TestApplication("TEST", NOW, Map.of("kopuro.messagelog.retention-days", "30"))).kept();
        RecordedCall longer = RecordedCall.of(new TestApplication("TEST", LONG_AGO)).kept();
        assertTrue(application.with(MessageLog.class, MessageLog::forget) >= 1);
        assertRefused(EvidenceRefusal.EVIDENCE_RETENTION_OVER, read(application, old.occurrence()));
        assertEquals(List.of("64"), Rows.of("select octet_length(request_sha256 || answer_sha256) from exchange.message where occurrence = ?", old.occurrence()));
        assertArrayEquals(young.messages().request().octets(), read(application, young.occurrence()).orThrow().request());
        assertArrayEquals(longer.messages().request().octets(), read(application, longer.occurrence()).orThrow().request());
    }

    @Test
    void removesNoMoreAtOnceThanItIsTold() throws SQLException {
        TestApplication then = new TestApplication("TEST", LONG_AGO, Map.of("kopuro.messagelog.retention-days", "30"));
        for (int i = 0; i < 3; i++) {
            RecordedCall.of(then).kept();
        }
        assertEquals(2, forget(2));
        assertTrue(forget(1_000) >= 1);
        assertEquals(0, forget(1_000));
    }

    /** Two nodes sweep at the same minute: the second finds nothing to do and waits for nobody. */
    @Test
    void letsOneNodeSweepAtATime() {
        RecordedCall.of(new TestApplication("TEST", LONG_AGO, Map.of("kopuro.messagelog.retention-days", "30"))).kept();
        TestApplication.Open<Integer> first = application.begin(MessageLog.class, MessageLog::forget);
        assertTrue(first.result() >= 1);
        assertEquals(0, application.with(MessageLog.class, MessageLog::forget));
        first.commit();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "update exchange.message set keep_until = '2000-01-01'", "update exchange.message set request = null, answer = null", "delete from exchange.message",
        "truncate exchange.message", "update exchange.message_key set fingerprint = sha256('')", "delete from exchange.message_key",
        "update exchange.evidence_reading set account_id = gen_random_uuid()", "delete from exchange.evidence_reading"})
    void givesTheApplicationsRoleNoOtherWayToTouchWhatIsKept(String statement) throws SQLException {
        try (Connection connection = TestDatabase.shared().application().getConnection(); Statement sql = connection.createStatement()) {
            assertEquals("42501", assertThrows(SQLException.class, () -> sql.execute(statement)).getSQLState());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "answer"})
    void tellsOctetsThatWereAltered(String column) {
        RecordedCall call = RecordedCall.of(application).kept();
        alter("update exchange.message set " + column + " = set_byte(" + column + ", octet_length(" + column + ") / 2, get_byte(" + column
                + ", octet_length(" + column + ") / 2) # 1) where occurrence = ?", call);
        assertAltered(call, column);
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "answer"})
    void tellsOctetsThatWereTakenFromAnotherCall(String column) {
        RecordedCall other = RecordedCall.of(application).kept();
        RecordedCall call = RecordedCall.of(application).kept();
        alter("update exchange.message set (" + column + ", " + column + "_sha256) = (select " + column + ", " + column
                + "_sha256 from exchange.message where occurrence = '" + other.occurrence() + "') where occurrence = ?", call);
        assertAltered(call, column);
    }

    @Test
    void tellsARequestThatWasPutInTheAnswersPlace() {
        RecordedCall call = RecordedCall.of(application).kept();
        alter("update exchange.message set answer = request, answer_sha256 = request_sha256 where occurrence = ?", call);
        assertAltered(call, "answer");
    }

    @Test
    void tellsADigestThatWasAltered() {
        RecordedCall call = RecordedCall.of(application).kept();
        alter("update exchange.message set request_sha256 = sha256('something else') where occurrence = ?", call);
        assertAltered(call, "request");
    }

    @Test
    void showsNothingOfTheOtherContour() {
        RecordedCall call = RecordedCall.of(new Scene(Contour.PRODUCTION, application)).kept();
        assertRefused(InputRefusal.NOT_FOUND, read(application, call.occurrence()));
        SignedIn there = RecordedCall.anAuditor(Contour.PRODUCTION);
        assertTrue(application.with(EvidenceRecords.class, records -> records.read(there, call.occurrence())).contents().isPresent());
    }

    @Test
    void knowsNothingOfACallThatNeverWas() {
        assertRefused(InputRefusal.NOT_FOUND, read(application, UUID.randomUUID()));
    }

    private static EvidenceRecords.Outcome read(TestApplication node, UUID occurrence) {
        return node.with(EvidenceRecords.class, records -> records.read(AUDITOR, occurrence));
    }

    private void assertAltered(RecordedCall call, String column) {
        EvidenceRecords.Outcome outcome = read(application, call.occurrence());
        assertRefused(EvidenceRefusal.EVIDENCE_ALTERED, outcome);
        assertEquals(column + ".xml", outcome.refusal().orElseThrow().field());
        assertEquals(List.of(AUDITOR.login() + "|" + column + ".xml"), Rows.of(
                "select claimed_client || '|' || field from exchange.security_event where code = 'EVIDENCE_ALTERED' and message_id = ?", call.occurrence().toString()));
    }

    private static void assertRefused(RefusalCode code, EvidenceRecords.Outcome outcome) {
        assertEquals(Optional.of(code), outcome.refusal().map(Refusal::code));
        assertEquals(code, assertThrows(Refusal.class, outcome::orThrow).code());
    }

    private static void alter(String sql, RecordedCall call) {
        Rows.of("with altered as (" + sql + " returning 1) select count(*) from altered", call.occurrence()).forEach(count -> assertEquals("1", count));
    }

    private static int forget(int most) throws SQLException {
        try (Connection connection = TestDatabase.shared().application().getConnection(); Statement sql = connection.createStatement();
                var row = sql.executeQuery("select exchange.forget_messages(" + most + ")")) {
            row.next();
            return row.getInt(1);
        }
    }
}
