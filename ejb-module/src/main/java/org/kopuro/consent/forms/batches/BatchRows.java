package org.kopuro.consent.forms.batches;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.consent.forms.Forms;
import org.kopuro.consent.forms.NewForm;
import org.kopuro.consent.forms.TransferResult;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;

/** The short transactions of a batch: each row is one. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class BatchRows {

    private static final int CODE_LENGTH_MAX = 100;

    @Inject
    private BatchStore store;
    @Inject
    private Forms forms;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public BatchLimits limits() {
        return store.limits();
    }

    /** The batch's id; the one that it had where the same archive comes again. */
    public UUID receive(BatchSender sender, String sha256, int rows) {
        UUID id = UUID.randomUUID();
        if (!store.add(id, sender, sha256, rows, clock.instant())) {
            return store.find(sender, sha256);
        }
        ledger.record(LedgerEvent.of("consent.form_batch_received", 1, sender.contour(), "form_batch", id, clock.instant()).with("participant", sender.participant().value())
                .with("subsystem", sender.subsystem().value()).with("archiveSha256", sha256).with("rows", rows).with("actor", sender.by().account()).with("actorRole", sender.by().role()));
        return id;
    }

    public boolean isDone(UUID batch, int number) {
        return store.isDone(batch, number);
    }

    /** Transfers a row's form, unless that was done: by another node, or when the archive came before. */
    public void transfer(UUID batch, BatchSender sender, BatchLine line, NewForm form, Optional<Upload> file, Optional<Upload> signature) {
        store.lock(batch, line.number());
        if (store.isDone(batch, line.number())) {
            return;
        }
        TransferResult result = forms.transfer(sender.participant(), sender.subsystem(), sender.contour(), form, file, signature, sender.by());
        store.add(batch, sender.contour(), new RowResult(line.number(), form.number(), result.result().name(), result.problem().map(Enum::name), Optional.empty(), Optional.of(result.form().id())));
    }

    /** What was refused is undone by now. */
    public void refuse(UUID batch, BatchSender sender, BatchLine line, Refusal refusal) {
        store.lock(batch, line.number());
        if (!store.isDone(batch, line.number())) {
            store.add(batch, sender.contour(), new RowResult(line.number(), line.ownNumber(), RowResult.REFUSED, Optional.of(bounded(refusal.code().name())),
                    Optional.ofNullable(refusal.field()).map(BatchRows::bounded), Optional.empty()));
        }
    }

    /** Of the participant. */
    public BatchReport report(UUID batch, ParticipantId participant, Contour contour) {
        return store.report(batch, participant, contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "batch"));
    }

    private static String bounded(String text) {
        return text.length() <= CODE_LENGTH_MAX ? text : text.substring(0, CODE_LENGTH_MAX);
    }
}
