package org.kopuro.exchange.repetition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.ExchangeRefusal;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.exchange.metaservices.Metaservices;
import org.kopuro.exchange.metaservices.Protocol;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.SubsystemView;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** A participant sends a message id twice: what then is its policy. */
class RepeatedMessageIdsIT {

    private static final String SERVICE = "tpDataByINNforBusinessActivity";

    private final Scene scene = new Scene();
    private final TestApplication node = scene.application;

    private RepetitionRule set(RepetitionPolicy policy, int minutes) {
        RepetitionRule seen = node.with(Repetitions.class, repetitions -> repetitions.of(scene.participant.id(), Contour.TEST));
        return node.with(Repetitions.class, repetitions ->
                repetitions.set(scene.participant.id(), Contour.TEST, new RepetitionRule(policy, Duration.ofMinutes(minutes), seen.revision()), "in a test", Scene.OFFICIAL));
    }

    private Call call(String id) {
        return call(id, scene.client(), scene.certificate);
    }

    private Call call(String id, XRoadClient client, CertificateView by) {
        Call call = scene.call(SERVICE, null, by);
        return new Call(client, call.service(), id, call.userId(), call.issue(), call.consentToken(), call.credential(), call.remoteAddress());
    }

    private Answer<?> ask(Call call) {
        return node.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(call, scene.inn.digits()));
    }

    private static RefusalCode refusal(Answer<?> answer) {
        return answer instanceof Answer.Refused<?> refused ? refused.refusal().code() : null;
    }

    private String remembered() {
        return Rows.of("select count(*) from exchange.heard_id where subsystem_id = ?", scene.subsystem.id().value()).get(0);
    }

    @Test
    void usuallyNothingIsDoneAboutItAndNothingWritten() {
        assertEquals(RepetitionRule.USUAL, node.with(Repetitions.class, repetitions -> repetitions.of(scene.participant.id(), Contour.TEST)));
        for (int i = 0; i < 3; i++) {
            Answer<?> answer = ask(call("?"));
            assertEquals(null, refusal(answer));
            assertFalse(answer.warnsOfId());
        }
        assertEquals("0", remembered());
    }

    @Test
    void whoIsWarnedIsAnsweredAndTheLedgerKnows() {
        set(RepetitionPolicy.WARN, 15);
        assertFalse(ask(call("1")).warnsOfId());
        Answer<?> second = ask(call("1"));
        assertEquals(null, refusal(second));
        assertTrue(second.warnsOfId());
        assertEquals(List.of("true"), Rows.of("select content::json -> 'data' ->> 'idRepeated' from ledger.entry where record_id = ?", second.occurrence()));
    }

    @Test
    void whoIsRefusedSendsAnIdAgainOnlyAfterItIsForgotten() {
        set(RepetitionPolicy.REFUSE, 15);
        SubsystemView sibling = scene.addSubsystem("sibling");
        CertificateView siblings = scene.addCertificate(sibling, Contour.TEST);
        scene.grant(sibling, SERVICE, scene.today(), null);
        assertEquals(null, refusal(ask(call("1"))));
        Answer.Refused<?> refused = (Answer.Refused<?>) ask(call("1"));
        assertEquals(ExchangeRefusal.MESSAGE_ID_REPEATED, refused.refusal().code());
        assertTrue(refused.established());
        assertEquals(null, refusal(ask(call("2"))));
        XRoadClient other = new XRoadClient(scene.client().instance(), scene.client().memberClass(), scene.client().memberCode(), "sibling");
        assertEquals(null, refusal(ask(call("1", other, siblings))), "ids are a subsystem's own");
        Answer<?> list = node.with(Metaservices.class, metaservices -> metaservices.listMethods(call("2"), Protocol.SOAP, List.of()));
        assertEquals(ExchangeRefusal.MESSAGE_ID_REPEATED, refusal(list), "one id for all services");

        node.clock().advance(Duration.ofMinutes(15));
        assertEquals(null, refusal(ask(call("1"))), "forgotten, though not swept yet");
        assertEquals(ExchangeRefusal.MESSAGE_ID_REPEATED, refusal(ask(call("1"))));
        set(RepetitionPolicy.OBSERVE, 15);
        assertEquals(null, refusal(ask(call("1"))), "the next call counts");
        assertEquals("2", remembered());
        node.clock().advance(Duration.ofMinutes(16));
        node.run(Exchange.class, Exchange::sweepReplays);
        assertEquals("0", remembered());
    }

    @Test
    void ofTwoCallsAtTheSameInstantTheSecondWaitsForTheFirst() throws Exception {
        set(RepetitionPolicy.REFUSE, 60);
        TestApplication.Open<Answer<?>> first = node.begin(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(call("1"), scene.inn.digits()));
        assertEquals(null, refusal(first.result()));
        CompletableFuture<Answer<?>> second = CompletableFuture.supplyAsync(() -> ask(call("1")));
        assertThrows(TimeoutException.class, () -> second.get(500, TimeUnit.MILLISECONDS));
        first.commit();
        assertEquals(ExchangeRefusal.MESSAGE_ID_REPEATED, refusal(second.get(10, TimeUnit.SECONDS)));
    }

    @Test
    void nobodyElseUsesUpAnId() {
        set(RepetitionPolicy.REFUSE, 60);
        Scene another = new Scene(Contour.TEST, node);
        Call forged = call("1", scene.client(), another.certificate);
        assertEquals(IdentityRefusal.CERTIFICATE_OF_ANOTHER_SUBSYSTEM, refusal(ask(forged)));
        Call unknown = new Call(forged.client(), forged.service(), "1", Optional.empty(), Optional.empty(), Optional.empty(),
                Credential.signature(Scene.freshDigest(), Scene.freshDigest()), "127.0.0.1");
        assertEquals(IdentityRefusal.CERTIFICATE_UNKNOWN, refusal(ask(unknown)));
        assertEquals(null, refusal(ask(call("1"))));
        Call once = call("2");
        ask(once);
        assertEquals(IdentityRefusal.MESSAGE_REPLAYED, refusal(ask(once)), "a repeated message is something else, and said first");
    }

    @Test
    void anOfficialSetsWhatHeHasSeen() {
        assertEquals(1, set(RepetitionPolicy.WARN, 15).revision());
        RepetitionRule stale = new RepetitionRule(RepetitionPolicy.REFUSE, Duration.ofMinutes(15), 0);
        assertEquals(RepetitionRefusal.RULE_CHANGED_MEANWHILE, assertThrows(Refusal.class, () -> node.with(Repetitions.class, repetitions ->
                repetitions.set(scene.participant.id(), Contour.TEST, stale, "in a test", Scene.OFFICIAL))).code());
        RepetitionRule invented = new RepetitionRule(RepetitionPolicy.REFUSE, Duration.ofMinutes(15), 7);
        assertEquals(RepetitionRefusal.RULE_CHANGED_MEANWHILE, assertThrows(Refusal.class, () -> node.with(Repetitions.class, repetitions ->
                repetitions.set(scene.participant.id(), Contour.TEST, invented, "in a test", Scene.OFFICIAL))).code());
        for (int minutes : List.of(14, 10_081)) {
            assertEquals("rememberedMinutes", assertThrows(Refusal.class, () -> set(RepetitionPolicy.WARN, minutes)).field());
        }
        assertThrows(IllegalStateException.class, () -> Rows.change("update exchange.repetition_rule set policy = 'OBSERVE' where participant_id = ?", scene.participant.id().value()));
        assertEquals(RepetitionRule.USUAL, node.with(Repetitions.class, repetitions -> repetitions.of(scene.participant.id(), Contour.PRODUCTION)), "of one contour");
        assertEquals(List.of("1"), Rows.of("select count(*) from ledger.entry where record_id = ? and content::json ->> 'type' = 'exchange.repetition_rule_set'",
                scene.participant.id().value()));
    }

    @Test
    void qualityIsThreeSharesOfTheCalls() {
        assertEquals(new CallQuality(0, 0, 0, 0, 0, 0), quality(7));
        assertEquals(100, quality(7).score(), "who has not called has done nothing wrong");
        ask(call("1"));
        ask(call("1"));
        Call named = scene.call(SERVICE, null);
        ask(named);
        node.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(new Call(named.client(), named.service(), "2", Optional.empty(), Optional.empty(), Optional.empty(),
                scene.call(SERVICE, null).credential(), "127.0.0.1"), "not an INN"));
        String client = scene.client().toString();
        for (String claimed : List.of(client, client.substring(0, client.lastIndexOf('/')), client.replace(scene.client().memberCode(), scene.client().memberCode() + "0"))) {
            Rows.change("insert into exchange.security_event (occurrence, at, code, claimed_client) values (gen_random_uuid(), ?, 'INVALID_BODY', ?)",
                    node.clock().instant().atOffset(ZoneOffset.UTC), claimed);
        }
        CallQuality quality = quality(7);
        assertEquals(new CallQuality(4, 3, 1, 3, 3, 2), quality);
        assertEquals(75, quality.score());
        node.clock().advance(Duration.ofDays(2));
        assertEquals(0, quality(1).calls());
        for (int days : List.of(0, 32)) {
            assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class, () -> quality(days)).code());
        }
    }

    private CallQuality quality(int days) {
        return node.with(Repetitions.class, repetitions -> repetitions.quality(scene.participant.id(), Contour.TEST, days));
    }
}
