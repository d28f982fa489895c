package org.kopuro.exchange.soap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.validate.NoOpValidator;
import org.kopuro.documents.NoRoom;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SigningCertificate;
import org.w3c.dom.Element;

/**
 * Verifies that one certificate's key signed exactly the elements that will be processed. Whose certificate it is, and
 * whether it is trusted, is asked of the register later; here trust is not a question.
 */
@ApplicationScoped
class SignatureCheck {

    private final WSSecurityEngine engine = new WSSecurityEngine();
    private final PresentedCertificates certificates = new PresentedCertificates();

    @Inject
    private Clock clock;

    SignatureCheck() {
        WSSConfig config = WSSConfig.getNewInstance();
        // Our own checks replace both: the register decides on trust, this class on time.
        config.setValidator(WSConstants.SIGNATURE, new AcceptableKey());
        config.setValidator(WSConstants.TIMESTAMP, new NoOpValidator());
        engine.setWssConfig(config);
    }

    SignatureCheck(Clock clock) {
        this();
        this.clock = clock;
    }

    /** Who signed, and whether with an elliptic curve. */
    record Verified(Credential credential, boolean byEllipticCurve) {
    }

    /** @param beside reads files that came beside the message; empty where none are taken, and a signature may cover none */
    Verified verify(XRoadMessage message, Optional<SignedAttachments.Reading> beside) throws IOException {
        SignaturePolicy.SecurityHeader security = SignaturePolicy.check(message, beside.isPresent());
        checkTimestamp(security.timestamp(), clock.instant());
        WSSecurityEngineResult signature = verify(security, beside);
        List<WSDataRef> references = signedReferences(signature);
        requireCoverage(message, security, references);
        try {
            X509Certificate certificate = (X509Certificate) signature.get(WSSecurityEngineResult.TAG_X509_CERTIFICATE);
            byte[] thumbprint = SigningCertificate.thumbprintOf(certificate.getEncoded());
            return new Verified(Credential.signature(thumbprint, digestOf(thumbprint, references)), security.isByEllipticCurve());
        } catch (CertificateEncodingException e) {
            throw Refusal.of(IdentityRefusal.SIGNATURE_FORM_REFUSED, "wsse:BinarySecurityToken", "X.509");
        }
    }

    private WSSecurityEngineResult verify(SignaturePolicy.SecurityHeader security, Optional<SignedAttachments.Reading> beside) throws IOException {
        RequestData data = new RequestData();
        data.setWssConfig(engine.getWssConfig());
        data.setSigVerCrypto(certificates);
        // The profile's further rules would refuse honest clients (an extra enveloped-signature transform); ours are in SignaturePolicy.
        data.setDisableBSPEnforcement(true);
        Optional<SignedAttachments> files = beside.map(reading -> new SignedAttachments(reading, thumbprint(security.certificate())));
        files.ifPresent(data::setAttachmentCallbackHandler);
        try {
            List<WSSecurityEngineResult> signatures = engine.processSecurityHeader(security.element(), data).getActionResults().get(WSConstants.SIGN);
            if (signatures == null || signatures.size() != 1) {
                throw Refusal.of(IdentityRefusal.SIGNATURE_INVALID, "ds:Signature");
            }
            return signatures.get(0);
        } catch (WSSecurityException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof Refusal refusal) {
                    throw refusal;
                }
                if (cause instanceof NoRoom full) {
                    throw full;
                }
            }
            if (files.isPresent()) {
                files.get().requireArrived();
            }
            throw Refusal.of(IdentityRefusal.SIGNATURE_INVALID, "ds:Signature");
        }
    }

    /** Of the certificate as it stands in the message. */
    private static byte[] thumbprint(Element certificate) {
        try {
            return SigningCertificate.thumbprintOf(Base64.getMimeDecoder().decode(certificate.getTextContent()));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(IdentityRefusal.SIGNATURE_FORM_REFUSED, "wsse:BinarySecurityToken", "Base64");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<WSDataRef> signedReferences(WSSecurityEngineResult signature) {
        return (List<WSDataRef>) signature.get(WSSecurityEngineResult.TAG_DATA_REF_URIS);
    }

    /** Coverage is identity of nodes: the element that was digested must be the element that is processed. */
    private static void requireCoverage(XRoadMessage message, SignaturePolicy.SecurityHeader security, List<WSDataRef> references) {
        Set<Element> covered = Collections.newSetFromMap(new IdentityHashMap<>());
        references.forEach(reference -> covered.add(reference.getProtectedElement()));
        requireCovered(covered, message.body(), "soap:Body");
        requireCovered(covered, security.timestamp(), "wsu:Timestamp");
        message.header().signedElements().forEach(element -> requireCovered(covered, element, element.getLocalName()));
    }

    private static void requireCovered(Set<Element> covered, Element element, String name) {
        if (!covered.contains(element)) {
            throw Refusal.of(IdentityRefusal.SIGNATURE_INCOMPLETE, name);
        }
    }

    private static void checkTimestamp(Element timestamp, Instant now) {
        Instant created = instant(timestamp, "Created", null);
        Instant expires = instant(timestamp, "Expires", Instant.MAX);
        if (created == null || !expires.isAfter(created)) {
            throw Refusal.of(IdentityRefusal.TIMESTAMP_INVALID, "wsu:Timestamp");
        }
        if (Duration.between(created, now).abs().compareTo(Exchange.TIMESTAMP_WINDOW) > 0 || !now.isBefore(expires)) {
            throw Refusal.of(IdentityRefusal.TIMESTAMP_OUTSIDE_WINDOW, "wsu:Timestamp", now.toString());
        }
    }

    private static Instant instant(Element timestamp, String name, Instant whenAbsent) {
        List<Element> elements = Dom.children(timestamp, Namespaces.WSU, name);
        if (elements.isEmpty()) {
            return whenAbsent;
        }
        if (elements.size() > 1) {
            throw Refusal.of(IdentityRefusal.TIMESTAMP_INVALID, "wsu:" + name);
        }
        try {
            return OffsetDateTime.parse(elements.get(0).getTextContent().strip()).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.of(IdentityRefusal.TIMESTAMP_INVALID, "wsu:" + name);
        }
    }

    /**
     * Identifies what was signed, by whom. Not the signature value: from one ECDSA signature anybody can compute a second
     * valid one over the same content.
     */
    private static byte[] digestOf(byte[] thumbprint, List<WSDataRef> references) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(thumbprint);
            references.forEach(reference -> digest.update(reference.getDigestValue()));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
