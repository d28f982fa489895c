package org.kopuro.access.conformance;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.kopuro.kernel.Refusal;

/** CMS signed data (RFC 5652) around a content, with one signer; {@code openssl cms -verify} reads it. */
final class ReportSignature {

    private static final Set<String> DIGESTS = Set.of("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3");
    /** RSA (PKCS #1 v1.5) and ECDSA, by themselves and with SHA-256, -384 and -512. */
    private static final Set<String> METHODS = Set.of("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13",
            "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4");

    private ReportSignature() {
    }

    static byte[] sign(byte[] content, PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        try {
            String method = certificate.getPublicKey().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                    .build(new JcaContentSignerBuilder(method).build(key), certificate));
            generator.addCertificates(new JcaCertStore(List.of(certificate)));
            return generator.generate(new CMSProcessableByteArray(content), true).getEncoded("DER");
        } catch (OperatorCreationException | CMSException | IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    static List<X509Certificate> named(byte[] signed, Collection<X509Certificate> known) {
        SignerInformation signer = signer(read(signed));
        return known.stream().filter(certificate -> names(signer, certificate)).toList();
    }

    private static SignerInformation signer(CMSSignedData data) {
        if (data.getSignerInfos().size() != 1) {
            throw Refusal.of(ConformanceRefusal.REPORT_SIGNATURE_WRONG, "signature");
        }
        return data.getSignerInfos().iterator().next();
    }

    private static boolean names(SignerInformation signer, X509Certificate certificate) {
        try {
            return signer.getSID().match(new JcaX509CertificateHolder(certificate));
        } catch (CertificateEncodingException e) {
            return false;
        }
    }

    /** The content, when the certificate's key signed all of it; whatever certificates are sent along count for nothing. */
    static byte[] verified(byte[] signed, X509Certificate certificate) {
        CMSSignedData data = read(signed);
        SignerInformation signer = signer(data);
        try {
            // With signed attributes: without them a signature over other octets that look like attributes could be passed off as one.
            boolean right = names(signer, certificate) && DIGESTS.contains(signer.getDigestAlgOID())
                    && METHODS.contains(signer.getEncryptionAlgOID()) && signer.getSignedAttributes() != null
                    && signer.getSignedAttributes().get(CMSAttributes.messageDigest) != null
                    && signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate.getPublicKey()));
            if (right) {
                return (byte[]) data.getSignedContent().getContent();
            }
        } catch (CMSException | OperatorCreationException | RuntimeOperatorException | IllegalArgumentException | IllegalStateException | ClassCastException | NullPointerException
                | IndexOutOfBoundsException e) {
            // Told below: a signature that cannot be calculated is a wrong one. Of hostile octets the library throws all of these.
        }
        throw Refusal.of(ConformanceRefusal.REPORT_SIGNATURE_WRONG, "signature");
    }

    private static CMSSignedData read(byte[] signed) {
        try {
            // Refuses what follows the end, too.
            CMSSignedData data = new CMSSignedData(ContentInfo.getInstance(ASN1Primitive.fromByteArray(signed)));
            if (data.getSignedContent() != null && data.getSignedContent().getContentType().equals(CMSObjectIdentifiers.data)) {
                // Parsed only now, and then kept.
                data.getSignerInfos();
                return data;
            }
        } catch (CMSException | IOException | IllegalArgumentException | IllegalStateException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            // Told below. Of hostile octets the library throws all of these.
        }
        throw Refusal.of(ConformanceRefusal.REPORT_UNREADABLE, "signature", "CMS SignedData");
    }
}
