package org.kopuro.exchange.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.NewToken;
import org.kopuro.consent.TokenReceipts;
import org.kopuro.consent.TokenView;
import org.kopuro.consent.Tokens;
import org.kopuro.consent.UsageFilter;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.UsageView;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Exchange;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** CON-64, CON-110: a call was answered and recorded, and then its messages could not be kept. Of a day of its own, since the clock looks for everybody's. */
class AnswersThatNeverLeftIT {

    private final Scene scene = new Scene(Contour.TEST, new TestApplication("TEST,PRODUCTION", Instant.parse("2026-05-12T06:00:00Z")));
    private final IssuedToken token = scene.token(new NewToken(scene.subsystem.id(), scene.today().plusDays(1), Set.of("tpDataByINN"), Language.EN, Optional.empty(), Optional.of(10), Optional.empty()));

    /** Without the key that a node registers when it starts, nothing is kept. */
    AnswersThatNeverLeftIT() {
        scene.application.run(MessageKeyCheck.class, MessageKeyCheck::check);
    }

    @Test
    void areNoDisclosuresAndCostNothing() {
        Rows.change("update access.service_rule set calls_per_day = 5 where service_code = 'tpDataByINN'");
        UUID occurrence;
        try {
            occurrence = call();
        } finally {
            Rows.change("update access.service_rule set calls_per_day = null where service_code = 'tpDataByINN'");
        }
        assertEquals("DISCLOSED 1 9 1", told(occurrence) + " " + left() + " " + today());
        assertTrue(notSent(occurrence));
        assertEquals("NOT_SENT 0 10 0", told(occurrence) + " " + left() + " " + today());
        assertFalse(notSent(occurrence), "once");
        assertEquals("NOT_SENT 0 10 0", told(occurrence) + " " + left() + " " + today());
        assertEquals(List.of("exchange.answer_not_sent", "exchange.call"),
                Rows.of("select content::json ->> 'type' from ledger.entry where record_id = ? order by 1", occurrence));
        assertEquals(List.of(occurrence), list(Optional.of("NOT_SENT")).stream().map(UsageView::occurrence).toList());
        assertEquals(List.of(), list(Optional.of("DISCLOSED")));
        assertEquals(List.of("NOT_SENT"), scene.application.with(UsageLog.class, log -> log.by(scene.participant.id(), Contour.TEST, UsageFilter.EVERYTHING, Optional.empty(), 10)).stream()
                .map(UsageView::outcome).toList(), "its participant reads the same");
    }

    @Test
    void areNeverKeptAfterwardsAndWhatWasKeptIsNoneOfThem() {
        RecordedCall unsent = RecordedCall.of(scene);
        assertTrue(notSent(unsent.occurrence()));
        assertEquals("kept_or_not_sent", assertThrows(SqlFailure.class, unsent::kept).constraint());
        RecordedCall sent = RecordedCall.of(scene).kept();
        assertFalse(notSent(sent.occurrence()));
        assertEquals("DISCLOSED 1", told(sent.occurrence()));
        UUID refused = assertInstanceOf(Answer.Refused.class, scene.application.with(TaxServices.class, services ->
                services.tpDataByINN(scene.call("tpDataByINN", null), scene.inn.digits()))).occurrence();
        assertFalse(notSent(refused));
        assertEquals("CONSENT_REQUIRED 0", told(refused));
    }

    @Test
    void areFoundWhereTheirNodeCouldSayNothing() {
        UUID unsent = call();
        UUID sent = RecordedCall.of(scene).kept().occurrence();
        scene.application.clock().advance(Duration.ofMinutes(10).minusMillis(1));
        assertFalse(found().contains(unsent), "it may still leave");
        scene.application.clock().advance(Duration.ofMillis(1));
        assertTrue(found().contains(unsent));
        assertFalse(found().contains(sent));
        scene.application.clock().advance(Duration.ofDays(6));
        assertTrue(found().contains(unsent), "the database was away for days");
        assertTrue(notSent(unsent));
        assertFalse(found().contains(unsent));
    }

    /** A receipt is signed, and kept for years. */
    @Test
    void areInNoReceiptAndNoDateOfUse() {
        UUID unsent = call();
        assertEquals(1, receipt().getInt("disclosuresInAll"));
        assertTrue(notSent(unsent));
        assertEquals(List.of(0, 0), List.of(receipt().getInt("disclosuresInAll"), receipt().getJsonArray("disclosures").size()));
        TokenView unused = scene.application.with(Tokens.class, tokens -> tokens.get(scene.taxpayer(), token.token().id()));
        assertEquals(List.of(Optional.empty(), Optional.empty()), List.of(unused.firstUsedAt(), unused.lastUsedAt()));
        UUID sent = call();
        assertEquals(sent.toString(), receipt().getJsonArray("disclosures").getJsonObject(0).getString("ledgerEntry"));
        assertEquals(1, receipt().getInt("disclosuresInAll"));
    }

    private JsonObject receipt() {
        String json = scene.application.with(TokenReceipts.class, receipts -> receipts.of(scene.participant.id(), Contour.TEST, token.token().id(), Language.EN)).json();
        return Json.createReader(new StringReader(json)).readObject().getJsonObject("receipt");
    }

    private UUID call() {
        return assertInstanceOf(Answer.Disclosed.class, scene.application.with(TaxServices.class, services ->
                services.tpDataByINN(scene.call("tpDataByINN", token.text()), scene.inn.digits()))).occurrence();
    }

    private boolean notSent(UUID occurrence) {
        return scene.application.with(Exchange.class, exchange -> exchange.notSent(occurrence));
    }

    private List<UUID> found() {
        return scene.application.with(Exchange.class, Exchange::unsent);
    }

    private String told(UUID occurrence) {
        return list(Optional.empty()).stream().filter(use -> use.occurrence().equals(occurrence)).map(use -> use.outcome() + " " + use.records()).findFirst().orElseThrow();
    }

    private List<UsageView> list(Optional<String> outcome) {
        UsageFilter filter = new UsageFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), outcome);
        return scene.application.with(UsageLog.class, log -> log.of(scene.taxpayer(), filter, Optional.empty(), 10));
    }

    private int left() {
        return scene.application.with(Tokens.class, tokens -> tokens.get(scene.taxpayer(), token.token().id())).budget().orElseThrow().left();
    }

    /** Disclosures counted against the day's ceiling. */
    private String today() {
        return Rows.of("select disclosures from consent.daily_use where token_id = ?", token.token().id().value()).get(0);
    }
}
