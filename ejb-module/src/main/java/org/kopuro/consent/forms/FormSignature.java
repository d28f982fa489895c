package org.kopuro.consent.forms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessable;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.kopuro.kernel.Inn;

/** A CMS signature (RFC 5652) with one signer, over a content beside it or inside it. Whether its certificate is trusted is {@link SignerTrust}'s question. */
final class FormSignature {

    private static final Set<String> DIGESTS = Set.of("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3");
    /** RSA (PKCS #1 v1.5) and ECDSA, by themselves and with SHA-256, -384 and -512. */
    private static final Set<String> METHODS = Set.of("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13",
            "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4");
    private static final int RSA_BITS_MIN = 2048;
    private static final int EC_BITS_MIN = 256;
    private static final int CERTIFICATES_MAX = 20;
    /** Where certificates name people and organisations by number: plainly, or as in ETSI EN 319 412-1 ({@code PNOKG-…}, {@code TINKG-…}, {@code NTRKG-…}). */
    private static final Set<ASN1ObjectIdentifier> NUMBERS = Set.of(BCStyle.SERIALNUMBER, BCStyle.ORGANIZATION_IDENTIFIER, BCStyle.UID);
    private static final String PREFIX = "(?:[A-Z]{3}KG-)?";

    private final X509Certificate certificate;
    private final List<X509Certificate> sent;

    private FormSignature(X509Certificate certificate, List<X509Certificate> sent) {
        this.certificate = certificate;
        this.sent = sent;
    }

    /** Opens the signed content; it is digested while it is read, and need not fit into memory. */
    interface Content {
        InputStream open() throws IOException;
    }

    /** @param content empty where it is inside */
    static FormSignature verified(byte[] cms, Optional<Content> content) throws InvalidSignature {
        CMSSignedData data = read(cms, content);
        if (data.getSignerInfos().size() != 1) {
            throw new InvalidSignature(SignatureProblem.SIGNERS_SEVERAL);
        }
        SignerInformation signer = data.getSignerInfos().iterator().next();
        if (!DIGESTS.contains(signer.getDigestAlgOID()) || !METHODS.contains(signer.getEncryptionAlgOID())) {
            throw new InvalidSignature(SignatureProblem.ALGORITHM_FORBIDDEN);
        }
        List<X509Certificate> sent = certificates(data);
        X509Certificate certificate = named(signer, data, sent);
        requireLongKey(certificate.getPublicKey());
        try {
            // With signed attributes: without them a signature over other octets that look like attributes could be passed off as one.
            if (signer.getSignedAttributes() == null || signer.getSignedAttributes().get(CMSAttributes.messageDigest) == null
                    || !signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate.getPublicKey()))) {
                throw new InvalidSignature(SignatureProblem.SIGNATURE_WRONG);
            }
        } catch (CMSException | OperatorCreationException | RuntimeOperatorException | IllegalArgumentException | IllegalStateException | ClassCastException | NullPointerException
                | IndexOutOfBoundsException e) {
            // Of hostile octets the library throws all of these.
            throw new InvalidSignature(SignatureProblem.SIGNATURE_WRONG);
        }
        return new FormSignature(certificate, sent);
    }

    private record Streamed(Content content) implements CMSProcessable {

        @Override
        public void write(OutputStream out) throws IOException {
            try (InputStream octets = content.open()) {
                octets.transferTo(out);
            }
        }

        @Override
        public Object getContent() {
            return content;
        }
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** Whatever came along: between the signer and an issuer that is trusted, or not. */
    List<X509Certificate> sent() {
        return sent;
    }

    /** Whether the certificate is that of the person or organisation with this number. */
    boolean names(Inn inn) {
        for (RDN part : X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()).getRDNs()) {
            for (AttributeTypeAndValue value : part.getTypesAndValues()) {
                if (NUMBERS.contains(value.getType()) && IETFUtils.valueToString(value.getValue()).matches(PREFIX + inn.digits())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static CMSSignedData read(byte[] cms, Optional<Content> content) throws InvalidSignature {
        try {
            // Refuses what follows the end, too.
            ContentInfo info = ContentInfo.getInstance(ASN1Primitive.fromByteArray(cms));
            CMSSignedData data = content.isPresent() ? new CMSSignedData(new Streamed(content.get()), info) : new CMSSignedData(info);
            if (data.getSignedContent() != null) {
                // Parsed only now, and then kept.
                data.getSignerInfos();
                return data;
            }
        } catch (CMSException | IOException | IllegalArgumentException | IllegalStateException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            // Told below. Of hostile octets the library throws all of these.
        }
        throw new InvalidSignature(SignatureProblem.SIGNATURE_UNREADABLE);
    }

    private static List<X509Certificate> certificates(CMSSignedData data) throws InvalidSignature {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (X509CertificateHolder one : data.getCertificates().getMatches(null)) {
                if (certificates.size() == CERTIFICATES_MAX) {
                    throw new InvalidSignature(SignatureProblem.SIGNATURE_UNREADABLE);
                }
                certificates.add(new JcaX509CertificateConverter().getCertificate(one));
            }
        } catch (CertificateException | IllegalArgumentException | IllegalStateException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            throw new InvalidSignature(SignatureProblem.SIGNATURE_UNREADABLE);
        }
        return certificates;
    }

    private static X509Certificate named(SignerInformation signer, CMSSignedData data, List<X509Certificate> sent) throws InvalidSignature {
        int at = 0;
        for (X509CertificateHolder one : data.getCertificates().getMatches(null)) {
            if (signer.getSID().match(one)) {
                return sent.get(at);
            }
            at++;
        }
        throw new InvalidSignature(SignatureProblem.SIGNER_CERTIFICATE_MISSING);
    }

    private static void requireLongKey(PublicKey key) throws InvalidSignature {
        boolean enough = key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() >= RSA_BITS_MIN
                : key instanceof ECPublicKey elliptic && elliptic.getParams().getCurve().getField().getFieldSize() >= EC_BITS_MIN;
        if (!enough) {
            throw new InvalidSignature(SignatureProblem.KEY_TOO_SHORT);
        }
    }
}
