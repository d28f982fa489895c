package org.kopuro.exchange.evidence;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.Exchange;
import org.kopuro.ledger.EntryView;
import org.kopuro.ledger.Receipts;

/**
 * Takes a call out of the message log as one signed file. Outside a transaction: while a container is signed, and a time-stamp
 * authority is waited for, no connection is held.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Evidence {

    public static final String MEDIA_TYPE = "application/vnd.etsi.asic-e+zip";

    @Inject
    private EvidenceRecords records;
    @Inject
    private ContainerSigner signer;
    @Inject
    private Receipts receipts;

    /** The container for a call of the reader's contour; that it was read is committed before it is given away. */
    public byte[] export(SignedIn reader, UUID occurrence) {
        Contents contents = records.read(reader, occurrence).orThrow();
        byte[] container = signer.sign(contents, Map.of(
                ContainerSigner.CALL_RECEIPT, receipt(reader, occurrence, Exchange.LEDGER_TYPE),
                ContainerSigner.RECEIPT, receipt(reader, occurrence, MessageLog.LEDGER_TYPE)));
        records.recordReading(reader, occurrence);
        return container;
    }

    /** Both of the call's entries have one, a second after the call. */
    private String receipt(SignedIn reader, UUID occurrence, String type) {
        EntryView entry = receipts.about(occurrence, reader.contour()).stream().filter(each -> each.isOf(type)).findFirst()
                .orElseThrow(() -> new IllegalStateException("The ledger has no " + type + " of the call " + occurrence + "."));
        return receipts.receipt(entry, Map.of()).format();
    }
}
