package org.kopuro.exchange.soap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * A contract as one file, for those who get it as an attachment and have nothing that its imports could be relative to: each namespace's schemas become one
 * schema within {@code wsdl:types}.
 */
final class WholeContract {

    private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
    private static final String WSDL_SOAP = "http://schemas.xmlsoap.org/wsdl/soap/";
    private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";

    private final Document whole;
    private final Map<String, Element> schemas = new LinkedHashMap<>();
    private final Set<String> imported = new HashSet<>();
    private final Set<URI> read = new HashSet<>();

    private WholeContract(Document whole) {
        this.whole = whole;
    }

    /**
     * @param location of the WSDL on the class path, as {@code classpath:…}
     * @param address  at which its services are called here
     */
    static byte[] of(String location, String address) {
        URI root = URI.create(location.replaceFirst("^classpath:/?", "/"));
        WholeContract contract = new WholeContract(document(root));
        contract.assemble(root, address);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_WITH_COMMENTS).canonicalizeSubtree(contract.whole, out);
        } catch (XMLSecurityException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private void assemble(URI root, String address) {
        Element types = Dom.children(whole.getDocumentElement(), WSDL, "types").get(0);
        for (Element schema : Dom.children(types, SCHEMA, "schema")) {
            Dom.children(schema, SCHEMA, "import").forEach(each -> add(root.resolve(each.getAttributeNS(null, "schemaLocation"))));
            types.removeChild(schema);
        }
        schemas.values().forEach(types::appendChild);
        for (Element service : Dom.children(whole.getDocumentElement(), WSDL, "service")) {
            for (Element port : Dom.children(service, WSDL, "port")) {
                Dom.children(port, WSDL_SOAP, "address").forEach(each -> each.setAttributeNS(null, "location", address));
            }
        }
    }

    private void add(URI location) {
        if (!read.add(location)) {
            return;
        }
        Element source = document(location).getDocumentElement();
        String namespace = source.getAttributeNS(null, "targetNamespace");
        Element schema = schemas.computeIfAbsent(namespace, any -> whole.createElementNS(SCHEMA, "xs:schema"));
        copyAttributes(source, schema);
        for (Element child : Dom.children(source)) {
            boolean include = Dom.is(child, SCHEMA, "include");
            if (include || Dom.is(child, SCHEMA, "import")) {
                Optional.of(child.getAttributeNS(null, "schemaLocation")).filter(text -> !text.isEmpty()).ifPresent(text -> add(location.resolve(text)));
                if (!include && imported.add(namespace + " " + child.getAttributeNS(null, "namespace"))) {
                    Element statement = (Element) whole.importNode(child, true);
                    statement.removeAttributeNS(null, "schemaLocation");
                    schema.insertBefore(statement, schema.getFirstChild());
                }
            } else {
                schema.appendChild(whole.importNode(child, true));
            }
        }
    }

    /** Declarations of prefixes among them: names in attributes' values need them. */
    private static void copyAttributes(Element from, Element to) {
        NamedNodeMap attributes = from.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            Attr there = to.getAttributeNodeNS(attribute.getNamespaceURI(), attribute.getLocalName());
            if (there != null && !there.getValue().equals(attribute.getNodeValue())) {
                throw new IllegalStateException("Two schemas of a namespace differ in " + attribute.getNodeName() + ".");
            }
            to.setAttributeNS(attribute.getNamespaceURI(), attribute.getNodeName(), attribute.getNodeValue());
        }
    }

    private static Document document(URI location) {
        try (InputStream in = WholeContract.class.getResourceAsStream(location.getPath())) {
            byte[] octets = in.readAllBytes();
            return XmlReader.read(octets, 0, octets.length, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
