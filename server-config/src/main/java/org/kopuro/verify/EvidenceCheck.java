package org.kopuro.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kopuro.ledger.proof.Entry;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.verify.evidence.Container;
import org.kopuro.verify.evidence.NotProven;

/**
 * An evidence container with all that it claims: the authority's signature over every member, and that the ledger has the call with this
 * outcome and the very messages that are inside.
 */
final class EvidenceCheck {

    private static final String CALL = "exchange.call";
    private static final String MESSAGES = "exchange.messages_kept";

    private final Trust trust;
    private final Told out;

    EvidenceCheck(Trust trust, Told out) {
        this.trust = trust;
        this.out = out;
    }

    /** @param certificates of the authority and of time-stamp authorities */
    void run(Path file, List<Path> certificates) throws Unproven {
        Container container;
        try {
            container = Container.check(file, certificates);
        } catch (NotProven e) {
            throw new Unproven(e.getMessage());
        }
        Receipt.Verified call = verified(container.callReceipt(), "call-receipt.json");
        require(call.entry().type().equals(CALL) && call.entry().id().equals(container.occurrence()), "The receipt call-receipt.json is of another entry than of this call.");
        require(has(call.entry(), "outcome", container.outcome()), "The ledger tells another outcome of the call than the decision in the container.");
        Receipt.Verified messages = verified(container.receipt(), "receipt.json");
        require(messages.entry().type().equals(MESSAGES) && messages.entry().recordId().equals(container.occurrence()), "The receipt receipt.json is of another entry than of this call's messages.");
        require(has(messages.entry(), "requestSha256", container.requestSha256()), "The ledger has another request of this call than the one in the container.");
        require(has(messages.entry(), "answerSha256", container.answerSha256()), "The ledger has another answer to this call than the one in the container.");
        out.line("proven: request, answer and decision of the call " + container.occurrence() + " are as the authority signed and the ledger recorded them");
        out.line("outcome: " + container.outcome());
        out.line("signed at: " + container.signedAt());
        container.stampedAt().ifPresent(at -> out.line("time-stamped at: " + at));
        new ReceiptTold(out).tell(call.checkpoint());
    }

    private Receipt.Verified verified(Optional<String> text, String member) throws Unproven {
        Receipt receipt = Receipt.parse(text.orElseThrow(() -> new Unproven("The container has no " + member + ".")));
        Receipt.Verified verified = receipt.verify(trust.ledger(), trust.witnesses());
        trust.cosigned(verified.checkpoint());
        return verified;
    }

    private static boolean has(Entry entry, String name, String value) {
        return value.equals(entry.data().getString(name, null));
    }

    private static void require(boolean holds, String otherwise) throws Unproven {
        if (!holds) {
            throw new Unproven(otherwise);
        }
    }
}
