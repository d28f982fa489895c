package org.kopuro.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** Mailboxes and mail servers that refuse, put off, or break off: each as it is, and none at the cost of another. */
class DifficultMailboxesIT {

    private final ScriptedMailServer server = new ScriptedMailServer();
    private final TestApplication node = new TestApplication("TEST", Scene.NOON, Map.of("kopuro.smtp.host", "127.0.0.1",
            "kopuro.smtp.port", String.valueOf(server.port()), "kopuro.smtp.starttls", "false", "kopuro.smtp.from", "notices@authority.example.kg"));
    private final DeliveryRound round = Letters.rounds(node);
    private final String domain = "@" + UUID.randomUUID().toString().substring(0, 8) + ".example.kg";

    @BeforeEach
    void start() {
        Letters.emptyTheOutbox();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private UUID write(String... names) {
        return Letters.write(node, Letters.suspension(List.of(names).stream().map(name -> name + domain).toArray(String[]::new)));
    }

    private NoticeView.Delivery delivery(UUID notice, String name) {
        return Letters.read(node, notice).deliveries().stream().filter(each -> each.address().equals(name + domain)).findFirst().orElseThrow();
    }

    private List<StuckDelivery> stuck(UUID notice) {
        return node.with(Notices.class, notices -> notices.stuck(Contour.TEST, 200)).stream().filter(each -> each.notice().equals(notice)).toList();
    }

    private static Instant nextAttempt(NoticeView.Delivery delivery) {
        String sql = "select to_char(next_attempt_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from notices.delivery where id = ?";
        return Instant.parse(Rows.of(sql, delivery.id()).get(0));
    }

    @Test
    void aMailboxThatRejectsIsToldToTheOfficerAndStopsNobody() {
        UUID notice = write("first", "unknown", "last");
        round.turn();
        assertTrue(server.accepted().containsAll(List.of("first" + domain, "last" + domain)));
        assertFalse(server.accepted().contains("unknown" + domain));
        NoticeView.Delivery rejected = delivery(notice, "unknown");
        assertEquals(DeliveryState.REJECTED, rejected.state());
        assertEquals(Optional.of("RECIPIENT_REFUSED 550 5.1.1"), rejected.problem());
        assertEquals(List.of(StuckDelivery.Reason.REJECTED), stuck(notice).stream().map(StuckDelivery::reason).toList());
        assertEquals(Optional.empty(), Letters.read(node, notice).sentToAllAt());
        assertTrue(Letters.read(node, notice).firstSentAt().isPresent());
        node.clock().advance(Duration.ofDays(1));
        round.turn();
        assertEquals(1, delivery(notice, "unknown").attempts(), "never tried again");
    }

    @Test
    void aMailboxThatPutsOffIsAskedAgainEverMoreRarely() {
        UUID notice = write("busy");
        for (int attempt = 1; attempt <= 4; attempt++) {
            round.turn();
            assertEquals(attempt, delivery(notice, "busy").attempts());
            Duration wait = Duration.between(node.clock().instant(), nextAttempt(delivery(notice, "busy")));
            long usual = 60_000L << (attempt - 1);
            assertTrue(wait.toMillis() >= Math.max(60_000, usual * 3 / 4 - 1) && wait.toMillis() <= usual * 5 / 4 + 1, () -> wait + " after an attempt");
            round.turn();
            assertEquals(attempt, delivery(notice, "busy").attempts(), "not before its time");
            node.clock().advance(wait);
        }
        assertEquals(Optional.of("RECIPIENT_REFUSED 451 4.2.1"), delivery(notice, "busy").problem());
        assertEquals(DeliveryState.PENDING, delivery(notice, "busy").state());
        server.busy = false;
        round.turn();
        assertEquals(DeliveryState.SENT, delivery(notice, "busy").state());
        assertEquals(List.of("DEFERRED", "DEFERRED", "DEFERRED", "DEFERRED", "SENT"),
                Rows.of("select outcome from notices.attempt where delivery_id = ? order by number", delivery(notice, "busy").id()));
    }

    @Test
    void whatFailsForDaysIsListedAndStillTried() {
        UUID notice = write("busy");
        round.turn();
        assertEquals(List.of(), stuck(notice));
        node.clock().advance(Notices.PATIENCE);
        assertEquals(List.of(StuckDelivery.Reason.FAILING), stuck(notice).stream().map(StuckDelivery::reason).toList());
        round.turn();
        assertTrue(Duration.between(node.clock().instant(), nextAttempt(delivery(notice, "busy"))).compareTo(Duration.ofHours(18)) >= 0, "rarely");
        server.busy = false;
        node.clock().advance(Duration.ofDays(1));
        round.turn();
        assertEquals(DeliveryState.SENT, delivery(notice, "busy").state());
        assertEquals(List.of(), stuck(notice));
    }

    @Test
    void aLetterThatBreaksTheConnectionDoesNotKeepTheOthersWaiting() {
        UUID breaking = write("drop");
        node.clock().advance(Duration.ofSeconds(1));
        UUID closing = write("closing");
        node.clock().advance(Duration.ofSeconds(1));
        UUID behind = write("behind");
        for (int i = 0; i < 3; i++) {
            round.turn();
        }
        assertEquals(DeliveryState.SENT, delivery(behind, "behind").state());
        assertEquals(DeliveryState.PENDING, delivery(breaking, "drop").state());
        assertEquals(Optional.of("CONNECTION_LOST"), delivery(breaking, "drop").problem());
        assertEquals(Optional.of("CONNECTION_LOST 421 4.3.2"), delivery(closing, "closing").problem());
        assertEquals(1, delivery(breaking, "drop").attempts());
    }

    @Test
    void aLetterThatIsNotWantedIsRejected() {
        UUID notice = write("spam", "kind");
        round.turn();
        assertEquals(Optional.of("CONTENT_REFUSED 554 5.7.1"), delivery(notice, "spam").problem());
        assertEquals(DeliveryState.REJECTED, delivery(notice, "spam").state());
        assertEquals(DeliveryState.SENT, delivery(notice, "kind").state());
    }

    @Test
    void aSenderThatIsNotWantedRejectsNobody() {
        server.answerToSender = "550 5.7.1 not you";
        UUID notice = write("kind");
        round.turn();
        assertEquals(DeliveryState.PENDING, delivery(notice, "kind").state());
        assertEquals(Optional.of("SENDER_REFUSED 550 5.7.1"), delivery(notice, "kind").problem());
    }

    @Test
    void aServerThatIsDownCostsOneConnectionAndNoLetterAnAttempt() {
        server.greeting = "421 4.3.2 closed";
        List<UUID> notices = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            notices.add(write("box" + i));
        }
        int before = server.connections.get();
        assertEquals(0, round.turn());
        assertEquals(1, server.connections.get() - before);
        for (int i = 0; i < 20; i++) {
            round.turn();
        }
        assertEquals(1, server.connections.get() - before, "left alone for a while");
        notices.forEach(notice -> assertEquals(0, Letters.read(node, notice).deliveries().get(0).attempts()));
        MailState state = node.with(Notices.class, Notices::mailState);
        assertEquals(Optional.of("SERVER_UNREACHABLE"), state.problem());
        assertTrue(state.failingSince().isPresent() && state.waiting() >= 50);
        server.greeting = "220 again";
        node.clock().advance(MailCircuit.LONGEST);
        assertTrue(round.turn() >= 50);
        notices.forEach(notice -> assertTrue(Letters.read(node, notice).sentToAllAt().isPresent()));
        assertEquals(Optional.empty(), node.with(Notices.class, Notices::mailState).failingSince());
    }

    @Test
    void whatTheServerSaidIsKeptWithoutTheAddressInIt() {
        UUID notice = write("unknown");
        round.turn();
        UUID delivery = delivery(notice, "unknown").id();
        assertEquals(List.of("RECIPIENT_REFUSED 550 5.1.1"), Rows.of("select problem from notices.attempt where delivery_id = ?", delivery));
    }

    @Test
    void aLetterThatMustGoOutSoonIsListedBefore() {
        Instant due = node.clock().instant().plus(Duration.ofHours(24));
        UUID about = UUID.randomUUID();
        NewNotice urgent = NewNotice.of(NoticeKind.N13, "N13 " + about, "connection", about, Language.KY)
                .with(Letters.factsOf(NoticeKind.N13)).to("busy" + domain).due(due);
        UUID notice = Letters.write(node, urgent);
        round.turn();
        assertEquals(List.of(), stuck(notice));
        node.clock().set(due.minus(Notices.WARNING));
        assertEquals(List.of(StuckDelivery.Reason.DUE_SOON), stuck(notice).stream().map(StuckDelivery::reason).toList());
        server.busy = false;
        round.turn();
        assertEquals(List.of(), stuck(notice));
    }

    @Test
    void isListedToTheOfficersOfItsContour() {
        UUID production = Letters.write(node, Letters.suspension("unknown" + domain).in(Contour.PRODUCTION));
        UUID both = write("unknown");
        round.turn();
        assertEquals(List.of(), stuck(production));
        assertEquals(1, stuck(both).size());
        assertTrue(node.with(Notices.class, notices -> notices.stuck(Contour.PRODUCTION, 200)).stream().map(StuckDelivery::notice).toList().containsAll(List.of(production, both)));
    }

    @Test
    void anOfficerSendsToAnotherAddress() {
        UUID notice = write("unknown");
        round.turn();
        UUID old = stuck(notice).get(0).delivery();
        node.run(Notices.class, notices -> notices.resend(old, Contour.TEST, Optional.of("known" + domain)));
        assertEquals(List.of(), stuck(notice));
        round.turn();
        assertTrue(server.accepted().contains("known" + domain));
        NoticeView view = Letters.read(node, notice);
        assertTrue(view.sentToAllAt().isPresent());
        assertEquals(2, view.deliveries().size(), "nothing is forgotten");
        Refusal again = assertThrows(Refusal.class, () ->
                node.run(Notices.class, notices -> notices.resend(old, Contour.TEST, Optional.empty())));
        assertEquals(NoticeRefusal.DELIVERY_ALREADY_REPLACED, again.code());
    }

    @Test
    void anOfficerSendsWhatIsOfItsContourOrOfBoth() {
        UUID production = Letters.write(node, Letters.suspension("unknown" + domain).in(Contour.PRODUCTION));
        UUID both = write("unknown");
        round.turn();
        UUID foreign = delivery(production, "unknown").id();
        Refusal refusal = assertThrows(Refusal.class, () -> node.run(Notices.class, notices -> notices.resend(foreign, Contour.TEST, Optional.of("known" + domain))));
        assertEquals(InputRefusal.NOT_FOUND + " delivery", refusal.code() + " " + refusal.field());
        assertEquals(1, Letters.read(node, production).deliveries().size(), "nothing is on its way");
        node.run(Notices.class, notices -> notices.resend(foreign, Contour.PRODUCTION, Optional.of("known" + domain)));
        node.run(Notices.class, notices -> notices.resend(delivery(both, "unknown").id(), Contour.PRODUCTION, Optional.of("other" + domain)));
        round.turn();
        assertEquals(DeliveryState.SENT, delivery(production, "known").state());
        assertEquals(DeliveryState.SENT, delivery(both, "other").state());
    }

    @Test
    void anOfficerDoesNotWaitForTheNextAttempt() {
        UUID notice = write("busy");
        round.turn();
        server.busy = false;
        UUID delivery = delivery(notice, "busy").id();
        assertEquals(delivery, node.with(Notices.class, notices -> notices.resend(delivery, Contour.TEST, Optional.empty())));
        round.turn();
        assertEquals(DeliveryState.SENT, delivery(notice, "busy").state());
    }

    @Test
    void anAddressThatIsReplacedWhileItFailsIsNotTriedAnyMore() {
        UUID notice = write("busy");
        round.turn();
        UUID old = delivery(notice, "busy").id();
        UUID fresh = node.with(Notices.class, notices -> notices.resend(old, Contour.TEST, Optional.of("other" + domain)));
        node.clock().advance(Duration.ofDays(1));
        server.busy = false;
        round.turn();
        assertFalse(server.accepted().contains("busy" + domain));
        assertEquals(Optional.of("REPLACED"), delivery(notice, "busy").problem());
        assertEquals(fresh, delivery(notice, "other").id());
        assertEquals(DeliveryState.SENT, delivery(notice, "other").state());
    }

    @Test
    void anAddressThatIsNoneIsSeenByTheOfficerAtOnce() {
        List<String> hostile = List.of("nobody", "a@b.kg\r\nRCPT TO:<x@y.kg>", "a@b.kg, c@d.kg", "<a@b.kg>", "\"a b\"@c.kg", "a@", "@b.kg", "a@b..kg",
                "имя@пример.кг", "x".repeat(300) + "@b.kg");
        UUID notice = Letters.write(node, Letters.suspension("kind" + domain).to(hostile));
        round.turn();
        assertEquals(DeliveryState.SENT, delivery(notice, "kind").state());
        assertEquals(hostile.size(), stuck(notice).size());
        stuck(notice).forEach(each -> assertEquals(Optional.of("ADDRESS_NOT_POSSIBLE"), each.problem()));
        UUID first = stuck(notice).get(0).delivery();
        assertEquals(NoticeRefusal.ADDRESS_NOT_POSSIBLE, assertThrows(Refusal.class, () ->
                node.run(Notices.class, notices -> notices.resend(first, Contour.TEST, Optional.of("still none")))).code());
    }

    @Test
    void anAddressInAnyScriptBehindTheAtSignIsPossible() {
        UUID notice = Letters.write(node, Letters.suspension("office@пример.кг"));
        round.turn();
        assertTrue(Letters.read(node, notice).sentToAllAt().isPresent());
        assertTrue(server.accepted().contains("office@xn--e1afmkfd.xn--c1an"), () -> server.accepted().toString());
    }
}
