package org.kopuro.client;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Signs a message with WS-Security: the Body, a time-stamp and every X-Road header element, each by an Id of its own, so that
 * nothing the server acts on could be exchanged on the way.
 */
public final class Signer {

    private static final int VALIDITY_MINUTES = 5;

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Clock clock;

    public Signer(PrivateKey key, X509Certificate certificate, Clock clock) {
        this.key = key;
        this.certificate = certificate;
        this.clock = clock;
    }

    /** A request: every element of the header. */
    void sign(Document message) throws GeneralSecurityException {
        sign(message, Xml.children(Xml.child(message.getDocumentElement(), Xml.SOAP, "Header").orElseThrow()));
    }

    /** @param parts of the header, signed together with the Body and the time-stamp; none in an answer */
    public void sign(Document message, List<Element> parts) throws GeneralSecurityException {
        Element header = Xml.child(message.getDocumentElement(), Xml.SOAP, "Header").orElseThrow();
        List<Element> signed = new ArrayList<>(parts);
        signed.add(Xml.child(message.getDocumentElement(), Xml.SOAP, "Body").orElseThrow());

        // On the envelope, because every signed element uses it: what is digested must be what is written.
        Xml.declare(message.getDocumentElement(), "wsu", Xml.WSU);
        Element security = Xml.append(header, Xml.WSSE, "wsse:Security");
        Xml.declare(security, "wsse", Xml.WSSE);
        security.setAttributeNS(Xml.SOAP, "soap:mustUnderstand", "1");
        Element token = Xml.append(security, Xml.WSSE, "wsse:BinarySecurityToken", Base64.getEncoder().encodeToString(certificate.getEncoded()));
        token.setAttributeNS(null, "EncodingType", Xml.BASE64);
        token.setAttributeNS(null, "ValueType", Xml.X509);
        token.setAttributeNS(Xml.WSU, "wsu:Id", "certificate");
        signed.add(timestamp(security));

        try {
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            DOMSignContext context = new DOMSignContext(key, security);
            context.setDefaultNamespacePrefix("ds");
            List<Reference> references = new ArrayList<>();
            for (Element element : signed) {
                String id = "signed-" + references.size();
                element.setAttributeNS(Xml.WSU, "wsu:Id", id);
                // A tree without a schema does not know which attributes are Ids.
                context.setIdAttributeNS(element, Xml.WSU, "Id");
                references.add(factory.newReference("#" + id, factory.newDigestMethod(Xml.SHA256, null),
                        List.of(factory.newTransform(Xml.EXCLUSIVE_C14N, (TransformParameterSpec) null)), null, null));
            }
            String method = key.getAlgorithm().equals("EC") ? "ecdsa-sha256" : "rsa-sha256";
            factory.newXMLSignature(
                    factory.newSignedInfo(factory.newCanonicalizationMethod(Xml.EXCLUSIVE_C14N, (C14NMethodParameterSpec) null),
                            factory.newSignatureMethod("http://www.w3.org/2001/04/xmldsig-more#" + method, null), references),
                    KeyInfoFactory.getInstance("DOM").newKeyInfo(List.of(new DOMStructure(reference(message))))).sign(context);
        } catch (MarshalException | XMLSignatureException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private Element timestamp(Element security) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Element timestamp = Xml.append(security, Xml.WSU, "wsu:Timestamp");
        Xml.append(timestamp, Xml.WSU, "wsu:Created", now.toString());
        Xml.append(timestamp, Xml.WSU, "wsu:Expires", now.plus(VALIDITY_MINUTES, ChronoUnit.MINUTES).toString());
        return timestamp;
    }

    /** Points to the certificate that is sent along. */
    private static Element reference(Document message) {
        Element outer = message.createElementNS(Xml.WSSE, "wsse:SecurityTokenReference");
        Element inner = Xml.append(outer, Xml.WSSE, "wsse:Reference");
        inner.setAttributeNS(null, "URI", "#certificate");
        inner.setAttributeNS(null, "ValueType", Xml.X509);
        return outer;
    }
}
