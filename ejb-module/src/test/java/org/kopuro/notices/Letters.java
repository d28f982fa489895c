package org.kopuro.notices;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.kopuro.kernel.Language;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestApplication;

/** Notices as tests need them, and a node's delivery rounds, each of whose steps commits by itself as on a server. */
final class Letters {

    private Letters() {
    }

    /** What other tests left there would come between: some of it breaks connections on purpose. It counts as gone out, so that no list is full of it. */
    static void emptyTheOutbox() {
        Rows.of("update notices.delivery set state = 'SENT', sent_at = created_at, lease = null, leased_until = null where state = 'PENDING' returning id");
    }

    /** A suspension of something, with every fact it needs. */
    static NewNotice suspension(String... addresses) {
        UUID about = UUID.randomUUID();
        return NewNotice.of(NoticeKind.N13, "N13 " + about, "connection", about, Language.RU).under("KG-147")
                .with(factsOf(NoticeKind.N13)).to(List.of(addresses));
    }

    /** Every fact that the kind needs, each recognisable. */
    static Map<String, String> factsOf(NoticeKind kind) {
        Map<String, String> facts = new LinkedHashMap<>();
        kind.required().forEach(name -> facts.put(name, "‹" + name + "›"));
        return facts;
    }

    static UUID write(TestApplication node, NewNotice notice) {
        return node.with(Notices.class, notices -> notices.write(notice));
    }

    static NoticeView read(TestApplication node, UUID notice) {
        return node.with(Notices.class, notices -> notices.get(notice));
    }

    static DeliveryRound rounds(TestApplication node) {
        return rounds(node, new MailCircuit());
    }

    static DeliveryRound rounds(TestApplication node, MailCircuit circuit) {
        return new DeliveryRound(new CommittingOutbox(node), circuit, node.installation(), node.clock());
    }

    /** As the container calls it: a transaction for every call. */
    static class CommittingOutbox extends Outbox {

        private final TestApplication node;

        CommittingOutbox(TestApplication node) {
            this.node = node;
        }

        @Override
        public List<Letter> claim() {
            return node.with(Outbox.class, Outbox::claim);
        }

        @Override
        public void record(Letter letter, Outcome outcome) {
            node.run(Outbox.class, outbox -> outbox.record(letter, outcome));
        }

        @Override
        public void release(UUID lease) {
            node.run(Outbox.class, outbox -> outbox.release(lease));
        }

        @Override
        public void serverFailed(String problem) {
            node.run(Outbox.class, outbox -> outbox.serverFailed(problem));
        }

        @Override
        public void serverWorks() {
            node.run(Outbox.class, Outbox::serverWorks);
        }

        @Override
        public void sentSomething() {
            node.run(Outbox.class, Outbox::sentSomething);
        }
    }
}
