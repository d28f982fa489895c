package org.kopuro.exchange.evidence;

import eu.europa.esig.dss.asic.xades.ASiCWithXAdESSignatureParameters;
import eu.europa.esig.dss.asic.xades.signature.ASiCWithXAdESService;
import eu.europa.esig.dss.enumerations.ASiCContainerType;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.MimeTypeEnum;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kopuro.installation.ServerKeys;
import org.kopuro.installation.Installation;

/**
 * Makes ASiC-E containers with one XAdES baseline signature over all members: level B, and T where a time-stamp authority is
 * configured. Signed with the RSA key of the answers, because old validators know it.
 */
@Dependent
class ContainerSigner {

    static final String DECISION = "decision.json";
    /** That the messages are in the ledger, and that the call is. */
    static final String RECEIPT = "receipt.json";
    static final String CALL_RECEIPT = "call-receipt.json";
    static final String CERTIFICATE = "certificates/caller.pem";

    @Inject
    private ServerKeys keys;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /** @param receipts by member's name */
    byte[] sign(Contents contents, Map<String, String> receipts) {
        return sign(contents, receipts, keys.rsa(), installation.timeStampAuthority(), clock.instant());
    }

    static byte[] sign(Contents contents, Map<String, String> receipts, ServerKeys.Signing key, Optional<URI> timeStamps, Instant at) {
        List<DSSDocument> members = members(contents, receipts);
        ASiCWithXAdESSignatureParameters parameters = new ASiCWithXAdESSignatureParameters();
        parameters.aSiC().setContainerType(ASiCContainerType.ASiC_E);
        parameters.setSignatureLevel(SignatureLevel.XAdES_BASELINE_B);
        parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
        parameters.setSigningCertificate(new CertificateToken(key.certificate()));
        parameters.bLevel().setSigningDate(Date.from(at));
        // Without sources of its own: what it would look up on the network is the validator's business.
        ASiCWithXAdESService service = new ASiCWithXAdESService(new CommonCertificateVerifier(true));
        byte[] signed = rsaSha256(key, service.getDataToSign(members, parameters).getBytes());
        byte[] container = DSSUtils.toByteArray(service.signDocument(members, parameters, new SignatureValue(SignatureAlgorithm.RSA_SHA256, signed)));
        return timeStamps.isPresent() ? new TimeStampAuthority(timeStamps.get()).stamp(container) : container;
    }

    private static List<DSSDocument> members(Contents contents, Map<String, String> receipts) {
        List<DSSDocument> members = new ArrayList<>();
        members.add(new InMemoryDocument(contents.request(), Direction.REQUEST.member(), MimeTypeEnum.XML));
        members.add(new InMemoryDocument(contents.answer(), Direction.ANSWER.member(), MimeTypeEnum.XML));
        members.add(new InMemoryDocument(contents.decision(), DECISION, MimeTypeEnum.JSON));
        new TreeMap<>(receipts).forEach((name, text) -> members.add(new InMemoryDocument(text.getBytes(StandardCharsets.UTF_8), name, MimeTypeEnum.JSON)));
        contents.certificate().ifPresent(der -> members.add(new InMemoryDocument(pem(der), CERTIFICATE, MimeTypeEnum.TEXT)));
        return members;
    }

    private static byte[] rsaSha256(ServerKeys.Signing key, byte[] octets) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.key());
            signature.update(octets);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] pem(byte[] der) {
        return ("-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
