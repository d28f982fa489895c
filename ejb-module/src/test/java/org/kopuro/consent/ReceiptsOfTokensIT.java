package org.kopuro.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.consent.events.PublishedKeys;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.representation.Acting;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** What taxpayers and participants keep of what was agreed: CON-140 to CON-142, CON-155. */
class ReceiptsOfTokensIT {

    private static final String SERVICE = "TPpaymentDateByInn";
    private final Scene scene = new Scene();

    @Test
    void aReceiptSaysWhatWasAgreedOnWhichTextAndWhatBecameOfIt() throws Exception {
        IssuedToken token = scene.token(new NewToken(scene.subsystem.id(), scene.today().plusDays(30), Set.of(SERVICE), Language.KY,
                Optional.of(new Months(YearMonth.of(2025, 1), YearMonth.of(2025, 12))), Optional.of(5), Optional.empty()));
        JsonObject fresh = told(ofTaxpayer(token, Language.EN));
        assertEquals(List.of("urn:kopuro:consent-receipt:1", token.token().id().value().toString(), "TOKEN", "TEST", "en", "ACTIVE"), List.of(fresh.getString("schemaVersion"),
                fresh.getString("consentId"), fresh.getString("consentKind"), fresh.getString("contour"), fresh.getString("language"), fresh.getString("state")));
        assertEquals(List.of(scene.inn.digits(), scene.client().toString()), List.of(fresh.getJsonObject("taxpayer").getString("inn"), fresh.getJsonObject("participant").getString("id")));
        assertTrue(fresh.getJsonObject("authority").containsKey("id"));
        assertEquals(List.of("\"" + SERVICE + "\""), fresh.getJsonArray("services").stream().map(Object::toString).toList());
        assertEquals(SERVICE, fresh.getJsonArray("purposes").getJsonObject(0).getString("service"));
        assertFalse(fresh.getJsonArray("purposes").getJsonObject(0).getString("title").isEmpty());
        assertEquals("2025-01 2025-12", fresh.getJsonObject("period").getString("from") + " " + fresh.getJsonObject("period").getString("to"));
        assertEquals(5, fresh.getJsonObject("budget").getInt("left"));
        assertEquals(token.token().expiresAt().toString(), fresh.getString("expiresAt"));
        ConsentText read = ConsentText.in(Language.KY);
        assertEquals(Json.createObjectBuilder().add("version", read.version()).add("language", "ky").add("sha256", read.digest()).add("text", read.text()).build(), fresh.getJsonObject("text"));
        assertEquals(List.of("ISSUE"), events(fresh));
        assertEquals(3, fresh.getJsonArray("rights").size());
        assertFalse(fresh.containsKey("through") || fresh.containsKey("endedAt"));

        Answer<?> disclosed = ask(token);
        later(tokens -> tokens.freeze(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        Answer<?> refused = ask(token);
        later(tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        ConsentReceipt receipt = ofTaxpayer(token, Language.EN);
        JsonObject ended = told(receipt);
        assertEquals(List.of("REVOKED", "TAXPAYER"), List.of(ended.getString("state"), ended.getString("cause")));
        assertEquals(List.of("ISSUE", "FREEZE", "DEACTIVATE"), events(ended));
        assertEquals(Rows.of("select id::text from ledger.entry where record_id = ? and content ~ 'consent.token_(issued|changed)' order by number", token.token().id().value()), entries(ended));
        assertEquals(3, Set.copyOf(entries(ended)).size());
        assertEquals(List.of(disclosed.occurrence().toString()), ended.getJsonArray("disclosures").getValuesAs(one -> one.asJsonObject().getString("ledgerEntry")));
        assertFalse(receipt.json().contains(refused.occurrence().toString()), "nothing was disclosed by that");
        assertEquals(4, ended.getJsonObject("budget").getInt("left"));
        assertEquals(fresh.getJsonObject("text"), ended.getJsonObject("text"));

        SignedJWT signed = SignedJWT.parse(receipt.signed());
        var key = JWKSet.parse(scene.application.with(PublishedKeys.class, PublishedKeys::json)).getKeyByKeyId(signed.getHeader().getKeyID());
        assertTrue(signed.verify(new ECDSAVerifier(key.toECKey())));
        assertEquals(ended, json(signed.getPayload().toString()).getJsonObject("receipt"));
        assertEquals(ended.getString("receiptId"), signed.getJWTClaimsSet().getJWTID());
        for (Language language : Language.values()) {
            JsonObject forHolder = told(ofHolder(scene.participant.id(), Contour.TEST, token, language));
            assertEquals(List.of(language.tag(), "REVOKED"), List.of(forHolder.getString("language"), forHolder.getString("state")));
        }
        TokenText text = TokenText.read(token.text()).orElseThrow();
        for (String kept : List.of(receipt.json(), signed.getPayload().toString())) {
            assertFalse(kept.contains(text.canonical()) || kept.contains(text.printed()) || kept.contains("lastFour"), "the token is in no receipt");
        }
    }

    @Test
    void whatStandsStillOrIsOverIsSoInItsReceipt() {
        IssuedToken token = scene.token();
        scene.application.run(Tokens.class, tokens -> tokens.pauseAll(scene.taxpayer(), Scene.TAXPAYER));
        assertTrue(told(ofTaxpayer(token, Language.RU)).getBoolean("paused"));
        scene.application.run(Tokens.class, tokens -> tokens.resumeAll(scene.taxpayer(), Scene.TAXPAYER));
        assertFalse(told(ofTaxpayer(token, Language.RU)).getBoolean("paused"));

        IssuedToken other = scene.token(new NewToken(scene.subsystem.id(), scene.today().plusDays(60), Set.of(SERVICE), Language.RU));
        scene.application.clock().set(token.token().expiresAt());
        JsonObject expired = told(ofHolder(scene.participant.id(), Contour.TEST, token, Language.RU));
        assertEquals(List.of("EXPIRED", token.token().expiresAt().toString()), List.of(expired.getString("state"), expired.getString("endedAt")), "before anything has written it down");
        scene.apply(ConnectionEvent.DISCONNECT);
        JsonObject revoked = told(ofHolder(scene.participant.id(), Contour.TEST, other, Language.RU));
        assertEquals(List.of("ISSUE", "DISCONNECT_PARTICIPANT"), events(revoked), "its participant proves later, too, what it had");
        assertEquals(Rows.of("select id::text from ledger.entry where record_id = ? and content like '%\"consent.tokens_revoked\"%'", scene.participant.id().value()), entries(revoked).subList(1, 2));
    }

    @Test
    void nobodyElseGetsAReceipt() {
        IssuedToken token = scene.token();
        Scene other = new Scene(Contour.TEST, scene.application);
        TokenId id = token.token().id();
        assertRefused(() -> scene.application.run(TokenReceipts.class, receipts -> receipts.of(Acting.himself(Contour.TEST, other.inn), id, Language.RU)));
        assertRefused(() -> scene.application.run(TokenReceipts.class, receipts -> receipts.of(Acting.himself(Contour.PRODUCTION, scene.inn), id, Language.RU)));
        assertRefused(() -> ofHolder(other.participant.id(), Contour.TEST, token, Language.RU));
        assertRefused(() -> ofHolder(scene.participant.id(), Contour.PRODUCTION, token, Language.RU));
        assertRefused(() -> scene.application.run(TokenReceipts.class, receipts -> receipts.of(scene.participant.id(), Contour.TEST, new TokenId(UUID.randomUUID()), Language.RU)));
    }

    private ConsentReceipt ofTaxpayer(IssuedToken token, Language language) {
        return scene.application.with(TokenReceipts.class, receipts -> receipts.of(Acting.himself(Contour.TEST, scene.inn), token.token().id(), language));
    }

    private ConsentReceipt ofHolder(ParticipantId holder, Contour contour, IssuedToken token, Language language) {
        return scene.application.with(TokenReceipts.class, receipts -> receipts.of(holder, contour, token.token().id(), language));
    }

    private Answer<?> ask(IssuedToken token) {
        return scene.application.with(TaxServices.class, services -> services.tpPaymentDateByInn(scene.call(SERVICE, token.text()), scene.inn.digits(), "2025-05-01", "2025-05-31"));
    }

    private interface Change {
        TokenView on(Tokens tokens);
    }

    /** A second after what was before. */
    private void later(Change change) {
        scene.application.clock().advance(Duration.ofSeconds(1));
        scene.application.with(Tokens.class, change::on);
    }

    private static List<String> events(JsonObject receipt) {
        return receipt.getJsonArray("events").getValuesAs(one -> one.asJsonObject().getString("event"));
    }

    private static List<String> entries(JsonObject receipt) {
        return receipt.getJsonArray("events").getValuesAs(one -> one.asJsonObject().getString("ledgerEntry"));
    }

    private static JsonObject told(ConsentReceipt receipt) {
        return json(receipt.json()).getJsonObject("receipt");
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private static void assertRefused(Runnable work) {
        assertEquals(InputRefusal.NOT_FOUND, assertThrows(Refusal.class, work::run).code());
    }
}
