package org.kopuro.verify;

import java.util.stream.Collectors;
import org.kopuro.ledger.proof.Entry;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.ledger.proof.TrustedCheckpoint;
import org.kopuro.ledger.proof.VerifierKey;

/** Says what was proven, a line each. */
final class ReceiptTold {

    private final Told out;

    ReceiptTold(Told out) {
        this.out = out;
    }

    void tell(Receipt receipt, Receipt.Verified verified) {
        Entry entry = verified.entry();
        out.line("proven: this entry stands at index " + receipt.index() + " of the ledger " + verified.checkpoint().checkpoint().origin());
        out.line("type: " + entry.type() + ", version " + entry.version());
        out.line("time: " + entry.at());
        entry.contour().ifPresent(contour -> out.line("contour: " + contour));
        out.line("id: " + entry.id());
        out.line("record: " + entry.recordKind() + " " + entry.recordId());
        receipt.openings().forEach((field, opening) -> out.line(field + ": " + opening.value()));
        out.line("index: " + receipt.index());
        tell(verified.checkpoint());
    }

    void tell(TrustedCheckpoint checkpoint) {
        out.line("checkpoint: " + checkpoint.checkpoint().size() + " entries, root " + checkpoint.checkpoint().root());
        out.line("signed by: " + checkpoint.signedBy().stream().map(VerifierKey::name).collect(Collectors.joining(", ")));
        checkpoint.cosigned().forEach((witness, at) -> out.line("co-signed by: " + witness + " at " + at));
        checkpoint.unchecked().forEach(name -> out.line("not checked: a signature line of " + name + ", whose key was not given"));
    }
}
