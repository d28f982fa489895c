package org.kopuro.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;

/**
 * A CMS signature (RFC 5652), either detached, as what it signs is a document of its own and is looked into there, or around a text or a document. Whether it is valid is not
 * asked.
 */
final class SignatureCheck {

    /** With certificates, lists and time-stamps; read into memory, hence small. */
    static final int MEGABYTES_MAX = 1;
    /** Of ten megabytes of document and the signature. */
    static final int AROUND_DOCUMENT_MEGABYTES_MAX = 11;

    /** The object identifier of signed data, 1.2.840.113549.1.7.2. */
    private static final String SIGNED_DATA = "\6\t*\u0086H\u0086\u00f7\r\1\7\2";
    /** A sequence's tag and its length take two to six octets. */
    private static final int HEADER_MAX = 6;

    private SignatureCheck() {
    }

    static boolean begins(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, HEADER_MAX + SIGNED_DATA.length()), StandardCharsets.ISO_8859_1);
        return text.startsWith("0") && text.indexOf(SIGNED_DATA) >= 2;
    }

    static void checkDetached(Spool spool) throws IOException {
        if (read(spool, MEGABYTES_MAX).getEncapContentInfo().getContent() != null) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_SIGNATURE_NOT_DETACHED);
        }
    }

    static void checkText(Spool spool) throws IOException {
        TextCheck.check(content(spool, MEGABYTES_MAX).getOctetStream());
    }

    /** @param extension of the document inside */
    static void checkDocument(Spool spool, String extension) throws IOException {
        try (Spool inside = new Spool()) {
            byte[] octets = content(spool, AROUND_DOCUMENT_MEGABYTES_MAX).getOctets();
            if (octets.length == 0) {
                throw Inspection.refusal(DocumentRefusal.DOCUMENT_EMPTY);
            }
            inside.append(octets, octets.length);
            new Inspection(inside, extension).type();
        }
    }

    private static ASN1OctetString content(Spool spool, int megabytesMax) throws IOException {
        ContentInfo content = read(spool, megabytesMax).getEncapContentInfo();
        if (!CMSObjectIdentifiers.data.equals(content.getContentType()) || !(content.getContent() instanceof ASN1OctetString octets)) {
            throw Inspection.damaged();
        }
        return octets;
    }

    private static SignedData read(Spool spool, int megabytesMax) throws IOException {
        if (spool.size() > megabytesMax * 1024L * 1024) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_TOO_LARGE, megabytesMax);
        }
        byte[] octets = spool.octets(0, (int) spool.size());
        try (ASN1InputStream content = new ASN1InputStream(new ByteArrayInputStream(octets), octets.length)) {
            ASN1Object object = content.readObject();
            if (content.read() >= 0) {
                throw Inspection.refusal(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS);
            }
            ContentInfo info = ContentInfo.getInstance(object);
            if (info == null || !CMSObjectIdentifiers.signedData.equals(info.getContentType())) {
                throw Inspection.damaged();
            }
            SignedData signed = SignedData.getInstance(info.getContent());
            if (signed.getSignerInfos().size() == 0) {
                throw Inspection.damaged();
            }
            return signed;
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException | IndexOutOfBoundsException e) {
            // How Bouncy Castle says that octets are not what they claim.
            throw Inspection.damaged();
        }
    }
}
