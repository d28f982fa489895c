package org.kopuro.consent.forms.batches;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.consent.ConsentKind;
import org.kopuro.consent.Consents;
import org.kopuro.consent.UsageEntry;
import org.kopuro.consent.forms.FormResult;
import org.kopuro.consent.forms.Forms;
import org.kopuro.consent.forms.NewForm;
import org.kopuro.consent.forms.TransferResult;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;

/** The short transactions of a batch: each row is one. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class BatchRows {

    /** As the taxpayer reads it of a call by which a form is transferred. */
    private static final String SERVICE = "transferForm";

    @Inject
    private BatchStore store;
    @Inject
    private Forms forms;
    @Inject
    private Consents consents;
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

    /** The numbers of the rows that have a result. */
    public Set<Integer> done(UUID batch) {
        return store.done(batch);
    }

    /** Transfers a row's form, unless that was done: by another node, or when the archive came before. */
    public void transfer(UUID batch, BatchSender sender, BatchLine line, NewForm form, Optional<Upload> file, Optional<Upload> signature) {
        store.lock(batch, line.number());
        if (store.isDone(batch, line.number())) {
            return;
        }
        TransferResult result = forms.transfer(sender.participant(), sender.subsystem(), sender.contour(), form, file, signature, sender.by());
        store.add(batch, sender.contour(), new RowResult(line.number(), form.number(), result.result().name(), result.problem().map(Enum::name), Optional.empty(), Optional.of(result.form().id())));
        if (result.result() != FormResult.REGISTERED) {
            leaveTrace(batch, sender, line, form.taxpayer(), result.result());
        }
    }

    /** As a rejected transfer by a call leaves it: in the log of whoever was named, provable by an entry of the ledger under the same id. */
    private void leaveTrace(UUID batch, BatchSender sender, BatchLine line, Inn taxpayer, FormResult result) {
        UUID occurrence = UUID.randomUUID();
        Instant now = clock.instant();
        Optional<String> inn = Optional.of(taxpayer.digits());
        consents.log(new UsageEntry(occurrence, now, sender.contour(), sender.participant().value(), sender.subsystem().value(), SERVICE, Optional.empty(), batch + "/" + line.number(),
                Optional.empty(), Optional.empty(), ConsentKind.NONE, Optional.empty(), inn, inn, Optional.empty(), Optional.empty(), result.name(), 0));
        ledger.record(LedgerEvent.itself("consent.form_row_rejected", 1, Optional.of(sender.contour()), "usage", occurrence, now).with("outcome", result.name()).with("service", SERVICE)
                .with("participant", sender.participant().value()).with("subsystem", sender.subsystem().value()).with("batch", batch).with("row", line.number())
                .with("actor", sender.by().account()).with("actorRole", sender.by().role()).personal("subject", taxpayer.digits()).personal("asked", taxpayer.digits()));
    }

    /** What was refused is undone by now. */
    public void refuse(UUID batch, BatchSender sender, BatchLine line, Refusal refusal) {
        store.lock(batch, line.number());
        if (!store.isDone(batch, line.number())) {
            store.add(batch, sender.contour(), RowResult.refused(line, refusal));
        }
    }

    /** Of the participant. */
    public BatchReport report(UUID batch, ParticipantId participant, Contour contour) {
        return store.report(batch, participant, contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "batch"));
    }
}
