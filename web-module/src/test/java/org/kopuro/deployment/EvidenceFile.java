package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.URIDereferencer;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.kopuro.testing.TestApplication;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A container of evidence, read and checked by the JDK alone; DSS checks the same form in the launcher's tests. */
final class EvidenceFile {

    private final Map<String, byte[]> members;

    private EvidenceFile(Map<String, byte[]> members) {
        this.members = members;
    }

    static EvidenceFile of(byte[] container) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                members.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertEquals("mimetype", members.keySet().iterator().next());
        return new EvidenceFile(members);
    }

    byte[] member(String name) {
        assertNotNull(members.get(name), () -> name + " is not among " + members.keySet());
        return members.get(name);
    }

    /** One signature with the server's published key over exactly these members and its own properties. */
    void assertSignedByTheServerOver(Set<String> names) throws GeneralSecurityException, MarshalException, XMLSignatureException, IOException {
        Document document = SoapText.parse(member("META-INF/signatures001.xml"));
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            if (((Element) all.item(i)).hasAttribute("Id")) {
                ((Element) all.item(i)).setIdAttribute("Id", true);
            }
        }
        X509Certificate server = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(
                new ByteArrayInputStream(Files.readAllBytes(TestApplication.KEYS.resolve("signing-rsa.cert.pem"))));
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        DOMValidateContext context = new DOMValidateContext(server.getPublicKey(), document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0));
        URIDereferencer within = factory.getURIDereferencer();
        context.setURIDereferencer((reference, asked) -> reference.getURI().startsWith("#") ? within.dereference(reference, asked)
                : new OctetStreamData(new ByteArrayInputStream(member(name(reference.getURI())))));
        XMLSignature signature = factory.unmarshalXMLSignature(context);
        assertTrue(signature.validate(context), "the container's signature is not valid");
        Set<String> covered = signature.getSignedInfo().getReferences().stream().map(Reference::getURI).filter(uri -> !uri.startsWith("#"))
                .map(EvidenceFile::name).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(names), covered);
        assertEquals(new TreeSet<>(names), members.keySet().stream().filter(name -> !name.equals("mimetype") && !name.startsWith("META-INF/"))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The request's own signature still verifies, with the certificate that lies beside it, over the elements with these Ids. */
    void assertCallerSigned(String... ids) throws GeneralSecurityException, MarshalException, XMLSignatureException {
        X509Certificate caller = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(member("certificates/caller.pem")));
        Document request = SoapText.parse(member("request.xml"));
        NodeList all = request.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            if (((Element) all.item(i)).hasAttributeNS(SoapAnswer.WSU, "Id")) {
                ((Element) all.item(i)).setIdAttributeNS(SoapAnswer.WSU, "Id", true);
            }
        }
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        DOMValidateContext context = new DOMValidateContext(caller.getPublicKey(), request.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0));
        XMLSignature signature = factory.unmarshalXMLSignature(context);
        assertTrue(signature.validate(context), "the request's signature is not valid");
        Set<String> covered = signature.getSignedInfo().getReferences().stream().map(reference -> reference.getURI().substring(1)).collect(Collectors.toSet());
        assertTrue(covered.containsAll(Stream.of(ids).toList()), covered::toString);
    }

    private static String name(String uri) {
        return URLDecoder.decode(uri, StandardCharsets.UTF_8);
    }
}
