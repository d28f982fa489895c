package org.kopuro.exchange.evidence;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.SignedIn;

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

    /** The container for a call of the reader's contour; that it was read is committed before it is given away. */
    public byte[] export(SignedIn reader, UUID occurrence) {
        Contents contents = records.read(reader, occurrence).orThrow();
        // The ledger's receipt of the call goes in here.
        Optional<String> receipt = Optional.empty();
        byte[] container = signer.sign(contents, receipt);
        records.recordReading(reader, occurrence);
        return container;
    }
}
