package org.kopuro.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.requests.PastJava;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** Letters that a mail server took, and of which it is reported later what became of them (ACC-80). */
class LettersThatComeBackIT {

    private final ScriptedMailServer server = new ScriptedMailServer();
    private final TestApplication node = new TestApplication("TEST", Scene.NOON, Map.of("kopuro.smtp.host", "127.0.0.1",
            "kopuro.smtp.port", String.valueOf(server.port()), "kopuro.smtp.starttls", "false", "kopuro.smtp.from", "notices@authority.example.kg"));
    private final String domain = "@" + UUID.randomUUID().toString().substring(0, 8) + ".example.kg";

    @BeforeEach
    void start() {
        Letters.emptyTheOutbox();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aReportIsAskedForOfAServerThatKnowsReportsAndNamesTheDelivery() {
        server.extensions = List.of("DSN");
        UUID notice = write("first");
        assertEquals(List.of("MAIL FROM:<notices@authority.example.kg> RET=HDRS ENVID=" + delivery(notice).id(), "RCPT TO:<first" + domain + "> NOTIFY=SUCCESS,FAILURE,DELAY"), server.commands());
        server.extensions = List.of();
        server.commands().clear();
        write("second");
        assertEquals(List.of("MAIL FROM:<notices@authority.example.kg>", "RCPT TO:<second" + domain + ">"), server.commands(), "another is not asked");
    }

    @Test
    void whatCameBackWasNotSentAndIsListedAndSentElsewhere() {
        UUID notice = write("bank");
        assertTrue(Letters.read(node, notice).firstSentAt().isPresent());
        node.clock().advance(Duration.ofMinutes(5));
        byte[] report = ReturnedMailTest.report(Optional.of(delivery(notice).id().toString()), "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown", "x@y");
        assertEquals(DeliveryState.BOUNCED, take(report));
        assertEquals(DeliveryState.BOUNCED, take(report), "the same report, twice");
        assertEquals(List.of("1"), Rows.of("select count(*) from notices.delivery_report where delivery_id = ?", delivery(notice).id()));
        NoticeView.Delivery bounced = delivery(notice);
        assertEquals(List.of(Optional.empty(), Optional.of(node.clock().instant()), Optional.of("BOUNCED 550 5.1.1")), List.of(bounced.sentAt(), bounced.bouncedAt(), bounced.problem()));
        assertEquals(Optional.empty(), Letters.read(node, notice).firstSentAt());
        assertEquals(List.of(StuckDelivery.Reason.BOUNCED), node.with(Notices.class, notices -> notices.stuck(Contour.TEST, 200)).stream().filter(one -> one.notice().equals(notice))
                .map(StuckDelivery::reason).toList());
        assertEquals(List.of("SENT"), Rows.of("select outcome from notices.attempt where delivery_id = ?", bounced.id()), "when it was taken is kept");
        node.run(Notices.class, notices -> notices.resend(bounced.id(), Contour.TEST, Optional.of("other" + domain)));
        Letters.rounds(node).turn();
        assertTrue(Letters.read(node, notice).firstSentAt().isPresent());
        assertEquals("bounced_for_good", PastJava.broken("update notices.delivery set state = 'SENT', sent_at = now(), bounced_at = null where id = '" + bounced.id() + "'"));
    }

    @Test
    void anArrivalIsAMomentBesideAndASecondAddressCounts() {
        UUID notice = write("first", "second");
        List<NoticeView.Delivery> both = Letters.read(node, notice).deliveries();
        node.clock().advance(Duration.ofMinutes(1));
        assertEquals(DeliveryState.SENT, take(ReturnedMailTest.report(Optional.of(both.get(1).id().toString()), "Action: delivered\r\nStatus: 2.0.0", "x@y")));
        node.run(DeliveryReports.class, reports -> reports.bounced(both.get(0).id(), Optional.of("5.2.2"), Optional.empty(), Contour.TEST, Scene.OFFICIAL));
        NoticeView now = Letters.read(node, notice);
        assertEquals(both.get(1).sentAt(), now.firstSentAt(), "one address is enough");
        assertEquals(List.of(Optional.of(node.clock().instant())), now.deliveries().stream().filter(one -> one.id().equals(both.get(1).id())).map(NoticeView.Delivery::deliveredAt).toList());
    }

    /** State by report: what was never taken has no report, and what came back stays so. */
    @Test
    void theTableOfStatesAndReports() {
        List<String> table = new ArrayList<>();
        for (DeliveryState state : DeliveryState.values()) {
            for (ReportAction action : ReportAction.values()) {
                UUID notice = write(state == DeliveryState.PENDING ? "busy" : state == DeliveryState.REJECTED ? "unknown" : "bank");
                UUID delivery = delivery(notice).id();
                if (state == DeliveryState.BOUNCED) {
                    node.run(DeliveryReports.class, reports -> reports.bounced(delivery, Optional.empty(), Optional.empty(), Contour.TEST, Scene.OFFICIAL));
                }
                assertEquals(state, delivery(notice).state());
                byte[] report = ReturnedMailTest.report(Optional.of(delivery.toString()), "Action: " + action + "\r\nStatus: 5.0.0", "x@y");
                String outcome;
                try {
                    outcome = take(report).name();
                } catch (Refusal e) {
                    outcome = e.code().toString();
                }
                table.add(state + " " + action + " " + outcome);
                assertEquals(outcome.equals("TRANSITION_NOT_ALLOWED") ? state.name() : outcome, delivery(notice).state().name());
            }
        }
        List<String> expected = new ArrayList<>();
        for (DeliveryState state : DeliveryState.values()) {
            for (ReportAction action : ReportAction.values()) {
                expected.add(state + " " + action + " " + switch (state) {
                    case PENDING, REJECTED -> "TRANSITION_NOT_ALLOWED";
                    case SENT -> action == ReportAction.FAILED ? "BOUNCED" : "SENT";
                    case BOUNCED -> "BOUNCED";
                });
            }
        }
        assertEquals(expected, table);
    }

    @Test
    void whatNamesNoDeliveryOfTheContourOrTheFutureIsRefused() {
        UUID delivery = delivery(write("bank")).id();
        byte[] report = ReturnedMailTest.report(Optional.of(delivery.toString()), "Action: failed\r\nStatus: 5.1.1", "x@y");
        assertRefused(NoticeRefusal.REPORT_UNREADABLE, () -> take("Hello".getBytes(StandardCharsets.UTF_8)));
        assertRefused(InputRefusal.REQUEST_TOO_LARGE, () -> take(new byte[DeliveryReports.OCTETS_MAX + 1]));
        assertRefused(InputRefusal.NOT_FOUND, () -> take(ReturnedMailTest.report(Optional.of(UUID.randomUUID().toString()), "Action: failed\r\nStatus: 5.1.1", "x@y")));
        assertRefused(InputRefusal.FIELD_INVALID, () -> node.with(DeliveryReports.class,
                reports -> reports.take(report, Optional.of(node.clock().instant().plusSeconds(1)), Contour.TEST, Scene.OFFICIAL)));
        assertRefused(InputRefusal.FIELD_INVALID, () -> node.with(DeliveryReports.class, reports -> reports.bounced(delivery, Optional.of("5.1"), Optional.empty(), Contour.TEST, Scene.OFFICIAL)));
        assertEquals("bounce_reported", PastJava.broken(
                "update notices.delivery set state = 'BOUNCED', sent_at = null, bounced_at = now(), last_problem = 'BOUNCED' where id = '" + delivery + "'"));
    }

    private UUID write(String... names) {
        UUID notice = Letters.write(node, Letters.suspension(List.of(names).stream().map(name -> name + domain).toArray(String[]::new)));
        Letters.rounds(node).turn();
        return notice;
    }

    private NoticeView.Delivery delivery(UUID notice) {
        return Letters.read(node, notice).deliveries().get(0);
    }

    private DeliveryState take(byte[] report) {
        return node.with(DeliveryReports.class, reports -> reports.take(report, Optional.empty(), Contour.TEST, Scene.OFFICIAL));
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
