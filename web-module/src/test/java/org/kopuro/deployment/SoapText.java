package org.kopuro.deployment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.wss4j.common.ext.Attachment;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.transform.AttachmentTransformParameterSpec;
import org.kopuro.testing.TestCertificates;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Signs a message given as text without touching a character of it: the Security header is computed on a parsed copy and put in
 * where {@code ${security}} stands. What is signed is every element with a {@code wsu:Id}, unless a test says otherwise.
 * It uses the JDK's XML signature, not the library under test.
 */
public final class SoapText {

    private static final String WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String X509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
    private static final String BASE64 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
    private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private static final Pattern WSU_ID = Pattern.compile("wsu:Id=\"([^\"]+)\"");

    private final String text;
    private TestCertificates.Identity signer;
    private TestCertificates.Identity shownCertificate;
    private Instant created = Instant.now();
    private Duration validity = Duration.ofMinutes(5);
    private String signatureMethod;
    private String digestMethod = "http://www.w3.org/2001/04/xmlenc#sha256";
    private String canonicalization = EXCLUSIVE;
    private List<String> transforms = List.of(EXCLUSIVE);
    private Predicate<String> signed = id -> true;
    private boolean withTimestamp = true;
    private final Map<String, byte[]> parts = new LinkedHashMap<>();

    private SoapText(String text) {
        this.text = text;
    }

    public static SoapText of(String text) {
        return new SoapText(text);
    }

    public SoapText signedBy(TestCertificates.Identity identity) {
        signer = identity;
        shownCertificate = shownCertificate == null ? identity : shownCertificate;
        return this;
    }

    /** Sends along another certificate than the one whose key signs. */
    public SoapText showing(TestCertificates.Identity identity) {
        shownCertificate = identity;
        return this;
    }

    public SoapText created(Instant instant) {
        created = instant;
        return this;
    }

    public SoapText validFor(Duration duration) {
        validity = duration;
        return this;
    }

    public SoapText signatureMethod(String uri) {
        signatureMethod = uri;
        return this;
    }

    public SoapText digestMethod(String uri) {
        digestMethod = uri;
        return this;
    }

    public SoapText canonicalization(String uri) {
        canonicalization = uri;
        return this;
    }

    public SoapText transforms(String... uris) {
        transforms = List.of(uris);
        return this;
    }

    public SoapText withoutSigning(String id) {
        signed = signed.and(each -> !each.equals(id));
        return this;
    }

    /** Signs a file beside the message, too (SwA profile). */
    public SoapText withPart(String id, byte[] sha256) {
        parts.put(id, sha256);
        return this;
    }

    public SoapText withoutTimestamp() {
        withTimestamp = false;
        return this;
    }

    public String text() {
        if (signer == null) {
            return text.replace("${security}", "");
        }
        String method = signatureMethod != null ? signatureMethod : signer.keys().getPrivate().getAlgorithm().equals("EC")
                ? "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256" : "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
        try {
            String skeleton = "<wsse:Security xmlns:wsse=\"" + WSSE + "\" xmlns:wsu=\"" + WSU + "\" soap:mustUnderstand=\"1\" "
                    + "xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">"
                    + "<wsse:BinarySecurityToken wsu:Id=\"x509-of-test\" ValueType=\"" + X509 + "\" EncodingType=\"" + BASE64 + "\">"
                    + Base64.getEncoder().encodeToString(shownCertificate.certificate().getEncoded()) + "</wsse:BinarySecurityToken>"
                    + (withTimestamp ? "<wsu:Timestamp wsu:Id=\"ts-of-test\"><wsu:Created>" + created + "</wsu:Created><wsu:Expires>" + created.plus(validity)
                            + "</wsu:Expires></wsu:Timestamp>" : "")
                    + "</wsse:Security>";
            Document document = parse(xmlOf(text).replace("${security}", skeleton));
            Element security = (Element) document.getElementsByTagNameNS(WSSE, "Security").item(0);
            sign(document, security, method);
            return text.replace("${security}", serialized(security));
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException | TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sign(Document document, Element security, String method)
            throws GeneralSecurityException, MarshalException, XMLSignatureException {
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        DOMSignContext context = new DOMSignContext(signer.keys().getPrivate(), security);
        context.setProperty("org.jcp.xml.dsig.secureValidation", false);
        context.putNamespacePrefix("http://www.w3.org/2000/09/xmldsig#", "ds");
        List<Reference> references = new ArrayList<>();
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttributeNS(WSU, "Id")) {
                element.setIdAttributeNS(WSU, "Id", true);
                String id = element.getAttributeNS(WSU, "Id");
                if (signed.test(id) && !id.equals("x509-of-test")) {
                    references.add(reference(factory, id));
                }
            }
        }
        if (!parts.isEmpty()) {
            WSSConfig.init(); // Knows the transform.
        }
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            references.add(factory.newReference("cid:" + part.getKey(), factory.newDigestMethod(digestMethod, null), List.of(factory.newTransform(
                    "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Signature-Transform", new AttachmentTransformParameterSpec(callbacks -> { }, new Attachment()))), null, null, part.getValue()));
        }
        SignedInfo info = factory.newSignedInfo(factory.newCanonicalizationMethod(canonicalization, (C14NMethodParameterSpec) null),
                factory.newSignatureMethod(method, null), references);
        Element str = document.createElementNS(WSSE, "wsse:SecurityTokenReference");
        Element reference = document.createElementNS(WSSE, "wsse:Reference");
        reference.setAttributeNS(null, "URI", "#x509-of-test");
        reference.setAttributeNS(null, "ValueType", X509);
        str.appendChild(reference);
        KeyInfo keyInfo = factory.getKeyInfoFactory().newKeyInfo(List.of(new DOMStructure(str)));
        factory.newXMLSignature(info, keyInfo).sign(context);
    }

    private Reference reference(XMLSignatureFactory factory, String id) throws GeneralSecurityException {
        List<Transform> list = new ArrayList<>();
        for (String uri : transforms) {
            list.add(factory.newTransform(uri, (TransformParameterSpec) null));
        }
        return factory.newReference("#" + id, factory.newDigestMethod(digestMethod, null), list, null, null);
    }

    /** The SOAP document of a message, which may be the first part of a multipart one. */
    static String xmlOf(String message) {
        int start = message.startsWith("--") ? message.indexOf("<?xml") : message.startsWith("\ufeff") ? 1 : 0;
        return message.substring(start, message.lastIndexOf("Envelope>") + "Envelope>".length());
    }

    /** Every wsu:Id that the text names, so that a test can be sure it signs what it means to. */
    public List<String> ids() {
        return WSU_ID.matcher(text).results().map(match -> match.group(1)).toList();
    }

    public static Document parse(String xml) {
        return parse(xml.getBytes(StandardCharsets.UTF_8));
    }

    public static Document parse(byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(new String(xml, StandardCharsets.UTF_8), e);
        }
    }

    private static String serialized(Element element) throws TransformerException {
        Transformer transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        StringWriter out = new StringWriter();
        transformer.transform(new DOMSource(element), new StreamResult(out));
        return out.toString().replace("&#13;", "");
    }
}
