package org.kopuro.exchange.soap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.kopuro.installation.ServerKeys;
import org.w3c.dom.Document;

/**
 * Signs Body and Timestamp of an answer, and nothing else: a Security Server copies the attributes of {@code xrd:id} onto the
 * hash that it inserts, and a {@code wsu:Id} there would then exist twice (xroad.md §9).
 *
 * <p>The key is of the family that the caller signed with: who can make an RSA or an ECDSA signature can check one (decision
 * 0004).
 */
@ApplicationScoped
class AnswerSigner {

    private static final int VALIDITY_SECONDS = 300;

    private ServerCrypto rsa;
    private ServerCrypto elliptic;
    private Clock clock;

    protected AnswerSigner() {
    }

    @Inject
    AnswerSigner(ServerKeys keys, NativeCryptography cryptography, Clock clock) {
        rsa = new ServerCrypto(cryptography.fitted(keys.rsa().key()), keys.rsa().certificate());
        elliptic = new ServerCrypto(cryptography.fitted(keys.elliptic().key()), keys.elliptic().certificate());
        this.clock = clock;
    }

    void sign(Document document, boolean withEllipticCurve) {
        try {
            WSSecHeader security = new WSSecHeader(document);
            security.insertSecurityHeader();

            WSSecSignature signature = new WSSecSignature(security);
            signature.setUserInfo("server", "");
            signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
            signature.setSignatureAlgorithm(withEllipticCurve ? "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256" : WSConstants.RSA_SHA256);
            signature.setDigestAlgo(WSConstants.SHA256);
            signature.setSigCanonicalization(WSConstants.C14N_EXCL_OMIT_COMMENTS);
            // Plain exclusive form: a prefix list is one more thing that a small client has to get right.
            signature.setAddInclusivePrefixes(false);
            signature.getParts().add(new WSEncryptionPart("Body", Namespaces.SOAP, "Element"));
            signature.getParts().add(new WSEncryptionPart("Timestamp", Namespaces.WSU, "Element"));

            WSSecTimestamp timestamp = new WSSecTimestamp(security);
            timestamp.setTimeToLive(VALIDITY_SECONDS);
            timestamp.setWsTimeSource(new ClockTime(clock));
            timestamp.build();
            signature.build(withEllipticCurve ? elliptic : rsa);
        } catch (WSSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
