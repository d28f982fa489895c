package org.kopuro.participants;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;

/** CMS signed data (RFC 5652) beside its content, with one signer, as {@code openssl cms -sign -binary} makes it. */
final class DetachedSignature {

    private static final Set<String> DIGESTS = Set.of("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3");
    /** RSA (PKCS #1 v1.5) and ECDSA, by themselves and with SHA-256, -384 and -512. */
    private static final Set<String> METHODS = Set.of("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13",
            "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4");

    private DetachedSignature() {
    }

    static boolean isBy(X509Certificate certificate, byte[] content, byte[] signature) {
        try {
            // Refuses what follows the end, too.
            ContentInfo info = ContentInfo.getInstance(ASN1Primitive.fromByteArray(signature));
            if (info == null || !CMSObjectIdentifiers.signedData.equals(info.getContentType())) {
                return false;
            }
            ContentInfo signed = SignedData.getInstance(info.getContent()).getEncapContentInfo();
            CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(content), info);
            if (!CMSObjectIdentifiers.data.equals(signed.getContentType()) || signed.getContent() != null || data.getSignerInfos().size() != 1) {
                return false;
            }
            SignerInformation signer = data.getSignerInfos().iterator().next();
            // With signed attributes: without them a signature over other octets that look like attributes could be passed off as one.
            return signer.getSID().match(new JcaX509CertificateHolder(certificate)) && DIGESTS.contains(signer.getDigestAlgOID())
                    && METHODS.contains(signer.getEncryptionAlgOID()) && signer.getSignedAttributes() != null
                    && signer.getSignedAttributes().get(CMSAttributes.messageDigest) != null
                    && signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate.getPublicKey()));
        } catch (CMSException | OperatorCreationException | RuntimeOperatorException | CertificateEncodingException | IOException | IllegalArgumentException
                | IllegalStateException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            // Of hostile octets the library throws all of these.
            return false;
        }
    }
}
