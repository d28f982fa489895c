package org.kopuro.notices;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** Notices on their way through the outbox to a real mail server, whatever happens to nodes, transactions and the server. */
class DeliveringIT {

    private static final String FROM = "notices@authority.example.kg";

    private final int port = freePort();
    private final GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final TestApplication node = node(Map.of());
    private final TestApplication other = node(Map.of());
    private final String domain = "@" + UUID.randomUUID().toString().substring(0, 8) + ".example.kg";
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private boolean up;
    /** What the server took before each stop: it begins anew with nothing. */
    private final List<Managers> lives = new ArrayList<>();

    private TestApplication node(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("kopuro.smtp.host", "127.0.0.1", "kopuro.smtp.port", String.valueOf(port),
                "kopuro.smtp.starttls", "false", "kopuro.smtp.from", FROM));
        settings.putAll(more);
        return new TestApplication("TEST,PRODUCTION", Scene.NOON, settings);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void start() {
        Letters.emptyTheOutbox();
        startServer();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        stopServer();
    }

    private void startServer() {
        if (!up) {
            server.start();
            up = true;
        }
    }

    private void stopServer() {
        if (up) {
            lives.add(server.getManagers());
            server.stop();
            up = false;
        }
    }

    private List<MimeMessage> mailTo(String name) throws MessagingException {
        List<MimeMessage> found = new ArrayList<>();
        for (MimeMessage message : server.getReceivedMessages()) {
            if (message.getAllRecipients()[0].toString().equals(name + domain)) {
                found.add(message);
            }
        }
        return found;
    }

    private NewNotice notice(String... names) {
        return Letters.suspension(List.of(names).stream().map(name -> name + domain).toArray(String[]::new));
    }

    @Test
    void bringsTheLetterInItsLanguageWithItsHeaders() throws Exception {
        UUID id = Letters.write(node, notice("office").with("number", "№ 7").with("grounds", "Өтө көп чакыруу – ё"));
        assertEquals(1, Letters.rounds(node).turn());
        MimeMessage message = mailTo("office").get(0);
        NoticeView view = Letters.read(node, id);
        assertEquals("Подключение приостановлено, № 7", message.getSubject());
        assertEquals(view.body(), message.getContent().toString().replace("\r\n", "\n"));
        assertTrue(view.body().contains("Өтө көп чакыруу – ё"));
        assertEquals("text/plain; charset=UTF-8", message.getContentType());
        assertEquals(FROM, message.getFrom()[0].toString());
        assertArrayEquals(new String[] {"auto-generated"}, message.getHeader("Auto-Submitted"));
        assertArrayEquals(new String[] {"Mon, 2 Mar 2026 12:00:00 +0600"}, message.getHeader("Date"));
        assertEquals("<" + view.deliveries().get(0).id() + "@authority.example.kg>", message.getMessageID());
        assertEquals(Optional.of(node.clock().instant()), view.sentToAllAt());
        assertEquals(List.of("SENT"), Rows.of("select outcome from notices.attempt where delivery_id = ?", view.deliveries().get(0).id()));
        assertEquals(0, Letters.rounds(node).turn(), "once");
    }

    @Test
    void tellsNoRecipientOfAnother() throws Exception {
        Letters.write(node, notice("first", "second", "SECOND"));
        assertEquals(2, Letters.rounds(node).turn(), "one mailbox, however it is written");
        assertEquals(1, mailTo("first").get(0).getAllRecipients().length);
        assertEquals(1, mailTo("second").size());
    }

    @Test
    void givesAFactNoHeaderOfItsOwn() throws Exception {
        Letters.write(node, notice("office").with("number", "7\r\nBcc: spy" + domain + "\r\n\r\nOther text").with("participant", "A\nX-Evil: yes"));
        Letters.rounds(node).turn();
        MimeMessage message = mailTo("office").get(0);
        assertEquals(null, message.getHeader("Bcc"));
        assertEquals(null, message.getHeader("X-Evil"));
        assertTrue(message.getSubject().contains("7 Bcc: spy"), message.getSubject());
        assertEquals(List.of(), mailTo("spy"));
    }

    @Test
    void sendsNothingOfWhatWasRolledBack() throws Exception {
        NewNotice notice = notice("office");
        assertThrows(IllegalStateException.class, () -> node.run(Notices.class, notices -> {
            notices.write(notice);
            throw new IllegalStateException("the decision failed");
        }));
        assertEquals(0, Letters.rounds(node).turn());
        assertEquals(List.of(), Rows.of("select id::text from notices.notice where dedup_key = ?", notice.dedupKey));
        assertEquals(List.of(), mailTo("office"));
    }

    @Test
    void sendsNothingBeforeItsCauseIsCommitted() throws Exception {
        TestApplication.Open<UUID> decision = node.begin(Notices.class, notices -> notices.write(notice("office")));
        assertEquals(0, Letters.rounds(other).turn());
        decision.commit();
        assertEquals(1, Letters.rounds(other).turn());
    }

    @Test
    void sendsLaterWhatWasCommittedWhileTheServerWasDown() throws Exception {
        stopServer();
        UUID id = Letters.write(node, notice("office"));
        MailCircuit circuit = new MailCircuit();
        assertEquals(0, Letters.rounds(node, circuit).turn());
        assertEquals(0, Letters.read(node, id).deliveries().get(0).attempts());
        assertTrue(node.with(Notices.class, Notices::mailState).failingSince().isPresent());
        startServer();
        node.clock().advance(MailCircuit.LONGEST);
        assertEquals(1, Letters.rounds(node, circuit).turn());
        assertEquals(1, mailTo("office").size());
    }

    @Test
    void waitsVisiblyWhereNoServerIsSet() {
        TestApplication silent = new TestApplication("TEST", Scene.NOON);
        UUID id = Letters.write(silent, notice("office"));
        assertEquals(0, Letters.rounds(silent).turn());
        assertEquals(DeliveryState.PENDING, Letters.read(silent, id).deliveries().get(0).state());
        MailState state = silent.with(Notices.class, Notices::mailState);
        assertFalse(state.configured());
        assertTrue(state.waiting() >= 1 && state.oldestWaiting().isPresent());
    }

    @Test
    void repeatsALetterUnderItsNameWhenANodeDiedBeforeItCouldRemember() throws Exception {
        UUID id = Letters.write(node, notice("office"));
        DeliveryRound dying = new DeliveryRound(new Letters.CommittingOutbox(node) {
            @Override
            public void record(Letter letter, Outcome outcome) {
                throw new IllegalStateException("the node died");
            }
        }, new MailCircuit(), node.installation(), node.clock());
        assertThrows(IllegalStateException.class, dying::turn);
        assertEquals(1, mailTo("office").size());
        assertEquals(0, Letters.rounds(other).turn(), "the lease still runs");
        other.clock().advance(Outbox.LEASE);
        assertEquals(1, Letters.rounds(other).turn());
        List<MimeMessage> both = mailTo("office");
        assertEquals(2, both.size());
        assertEquals(both.get(0).getMessageID(), both.get(1).getMessageID());
        assertArrayEquals(both.get(0).getHeader("Date"), both.get(1).getHeader("Date"));
        assertEquals(DeliveryState.SENT, Letters.read(other, id).deliveries().get(0).state());
    }

    @Test
    void doesNotLetALateNodeSpeakForAnother() {
        UUID id = Letters.write(node, notice("office"));
        Letter late = node.with(Outbox.class, Outbox::claim).stream().filter(letter -> letter.address().endsWith(domain)).findFirst().orElseThrow();
        other.clock().advance(Outbox.LEASE);
        Letter next = other.with(Outbox.class, Outbox::claim).stream().filter(letter -> letter.address().endsWith(domain)).findFirst().orElseThrow();
        node.run(Outbox.class, outbox -> outbox.record(late, Outcome.of(Outcome.Kind.REJECTED, "RECIPIENT_REFUSED 550")));
        assertEquals(DeliveryState.PENDING, Letters.read(node, id).deliveries().get(0).state());
        other.run(Outbox.class, outbox -> outbox.record(next, Outcome.SENT));
        assertEquals(DeliveryState.SENT, Letters.read(node, id).deliveries().get(0).state());
    }

    @Test
    void sendsNoPasswordAndNoLetterWithoutTheTlsThatIsRequired() throws Exception {
        TestApplication careful = node(Map.of("kopuro.smtp.starttls", "true", "kopuro.smtp.user", "kopuro", "kopuro.smtp.password", "secret"));
        Letters.write(careful, notice("office"));
        assertEquals(0, Letters.rounds(careful).turn());
        assertEquals(Optional.of("SERVER_NOT_SECURE"), careful.with(Notices.class, Notices::mailState).problem());
        assertEquals(List.of(), mailTo("office"));
        assertFalse(careful.installation().smtp().orElseThrow().toString().contains("secret"));
        Letters.rounds(node).turn();
    }

    @Test
    void signsInWhereTheServerWantsIt() throws Exception {
        server.getUserManager().setAuthRequired(true);
        server.setUser("kopuro@example.kg", "kopuro", "secret");
        server.setUser("office" + domain, "office", "office");
        TestApplication wrong = node(Map.of("kopuro.smtp.user", "kopuro", "kopuro.smtp.password", "guess"));
        Letters.write(node, notice("office"));
        assertEquals(0, Letters.rounds(wrong).turn());
        assertEquals(Optional.of("AUTHENTICATION_REFUSED"), wrong.with(Notices.class, Notices::mailState).problem());
        TestApplication right = node(Map.of("kopuro.smtp.user", "kopuro", "kopuro.smtp.password", "secret"));
        assertEquals(1, Letters.rounds(right).turn());
        assertEquals(1, mailTo("office").size());
    }

    @Test
    void writesOnceWhatTwoTransactionsTellAtTheSameTime() throws Exception {
        NewNotice notice = notice("office");
        TestApplication.Open<UUID> first = node.begin(Notices.class, notices -> notices.write(notice));
        Future<UUID> second = threads.submit(() -> Letters.write(other, notice));
        Thread.sleep(300);
        assertFalse(second.isDone(), "waits until the first is decided");
        first.commit();
        assertEquals(first.result(), second.get(10, TimeUnit.SECONDS));
        assertEquals(1, Letters.rounds(node).turn());
        assertEquals(first.result(), Letters.write(node, notice), "ever after");
        assertEquals(0, Letters.rounds(node).turn());
    }

    @Test
    void writesForTheSecondWhatTheFirstRolledBack() throws Exception {
        NewNotice notice = notice("office");
        TestApplication.Open<UUID> first = node.begin(Notices.class, notices -> notices.write(notice));
        Future<UUID> second = threads.submit(() -> Letters.write(other, notice));
        Thread.sleep(300);
        first.entities().getTransaction().rollback();
        first.entities().close();
        UUID id = second.get(10, TimeUnit.SECONDS);
        assertEquals(id, Letters.read(node, id).id());
        assertEquals(1, Letters.rounds(node).turn());
    }

    @Test
    void isShownInTheCabinetOfItsOwnerAndContourNewestFirst() {
        UUID owner = UUID.randomUUID();
        List<UUID> written = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            written.add(0, Letters.write(node, notice().inCabinetOf(owner).in(Contour.TEST)));
            node.clock().advance(Duration.ofSeconds(1));
        }
        Letters.write(node, notice().inCabinetOf(owner).in(Contour.PRODUCTION));
        Letters.write(node, notice().inCabinetOf(UUID.randomUUID()).in(Contour.TEST));
        written.add(0, Letters.write(node, notice().inCabinetOf(owner)));
        List<UUID> seen = new ArrayList<>();
        Optional<UUID> last = Optional.empty();
        List<NoticeView> page;
        do {
            Optional<UUID> before = last;
            page = node.with(Notices.class, notices -> notices.forParticipant(owner, Contour.TEST, before, 2));
            page.forEach(view -> seen.add(view.id()));
            last = page.stream().reduce((a, b) -> b).map(NoticeView::id);
        } while (!page.isEmpty());
        assertEquals(written, seen);

        node.run(Notices.class, notices -> notices.markRead(owner, Contour.TEST, written.get(0)));
        Instant first = node.clock().instant();
        node.clock().advance(Duration.ofHours(1));
        node.run(Notices.class, notices -> notices.markRead(owner, Contour.TEST, written.get(0)));
        assertEquals(Optional.of(first), Letters.read(node, written.get(0)).readAt());
        for (UUID stranger : List.of(UUID.randomUUID())) {
            assertEquals(InputRefusal.NOT_FOUND, assertThrows(Refusal.class, () ->
                    node.run(Notices.class, notices -> notices.markRead(stranger, Contour.TEST, written.get(1)))).code());
        }
        assertEquals(InputRefusal.NOT_FOUND, assertThrows(Refusal.class, () ->
                node.run(Notices.class, notices -> notices.markRead(owner, Contour.PRODUCTION, written.get(1)))).code());
    }

    @Test
    void isSentByOneOfTwoNodesThatLookAtTheSameMoment() throws Exception {
        for (int i = 0; i < 100; i++) {
            Letters.write(node, notice("box" + i));
        }
        List<Future<Integer>> rounds = new ArrayList<>();
        for (TestApplication each : List.of(node, other)) {
            for (int i = 0; i < 2; i++) {
                rounds.add(threads.submit(() -> Letters.rounds(each).turn()));
            }
        }
        int sent = 0;
        for (Future<Integer> round : rounds) {
            sent += round.get(60, TimeUnit.SECONDS);
        }
        assertEquals(100, sent);
        assertEquals(100, server.getReceivedMessages().length);
    }

    /** Two nodes write and send; the server comes and goes every fraction of a second, and breaks off what it was doing. */
    @Test
    void losesNothingThoughTheServerIsDownHalfTheTime() throws Exception {
        int notices = 200;
        Set<String> written = Collections.synchronizedSet(new HashSet<>());
        AtomicBoolean quiet = new AtomicBoolean();
        List<Future<?>> work = new ArrayList<>();
        for (TestApplication each : List.of(node, other)) {
            work.add(threads.submit(() -> {
                for (int i = 0; i < notices / 2; i++) {
                    // Every fourth decision fails after its notice was written.
                    boolean fails = i % 4 == 3;
                    NewNotice notice = notice("a" + UUID.randomUUID(), "b" + UUID.randomUUID());
                    try {
                        each.run(Notices.class, facade -> {
                            facade.write(notice);
                            if (fails) {
                                throw new IllegalStateException("the decision failed");
                            }
                        });
                        written.addAll(notice.recipients);
                    } catch (IllegalStateException expected) {
                        assertTrue(fails, expected.getMessage());
                    }
                    Thread.sleep(20);
                }
                return null;
            }));
            MailCircuit circuit = new MailCircuit();
            work.add(threads.submit(() -> {
                while (!quiet.get()) {
                    Letters.rounds(each, circuit).turn();
                    Thread.sleep(5);
                }
                return null;
            }));
        }
        // Time runs the same on both nodes, some hundred times faster than it does.
        work.add(threads.submit(() -> {
            while (!quiet.get()) {
                node.clock().advance(Duration.ofSeconds(5));
                other.clock().advance(Duration.ofSeconds(5));
                Thread.sleep(20);
            }
            return null;
        }));
        Random chance = new Random(12);
        int stops = 0;
        while (!work.get(0).isDone() || !work.get(2).isDone() || stops < 8) {
            Thread.sleep(100 + chance.nextInt(200));
            stopServer();
            stops++;
            Thread.sleep(100 + chance.nextInt(200));
            startServer();
        }
        String mine = "select count(*) from notices.delivery where state <> 'SENT' and address like '%' || ?";
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!Rows.of(mine, domain).equals(List.of("0")) && System.nanoTime() < giveUp) {
            Thread.sleep(100);
        }
        quiet.set(true);
        for (Future<?> each : work) {
            each.get(60, TimeUnit.SECONDS);
        }
        assertEquals(List.of("0"), Rows.of(mine, domain));
        stopServer();

        Map<String, Set<String>> idsByAddress = new HashMap<>();
        for (Managers life : lives) {
            for (StoredMessage stored : life.getImapHostManager().getAllMessages()) {
                MimeMessage message = stored.getMimeMessage();
                idsByAddress.computeIfAbsent(message.getAllRecipients()[0].toString(), address -> new HashSet<>()).add(message.getMessageID());
            }
        }
        assertEquals(300, written.size());
        Set<String> lost = new HashSet<>(written);
        lost.removeAll(idsByAddress.keySet());
        assertEquals(Set.of(), lost, lost.size() + " are lost");
        assertEquals(300, idsByAddress.size(), "and nobody got what was rolled back");
        idsByAddress.forEach((address, ids) -> assertEquals(1, ids.size(), () -> "copies of one letter bear one name: " + address));
        String brokenOff = "select count(*) from notices.attempt a join notices.delivery d on d.id = a.delivery_id where outcome = 'DEFERRED' and address like '%' || ?";
        assertTrue(Integer.parseInt(Rows.of(brokenOff, domain).get(0)) > 0, "the server never broke anything off: the test was too kind");
    }
}
