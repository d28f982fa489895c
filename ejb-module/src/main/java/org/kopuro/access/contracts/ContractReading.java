package org.kopuro.access.contracts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.wsdl.Binding;
import javax.wsdl.BindingOperation;
import javax.wsdl.Definition;
import javax.wsdl.Fault;
import javax.wsdl.Message;
import javax.wsdl.Operation;
import javax.wsdl.PortType;
import javax.wsdl.WSDLException;
import javax.wsdl.extensions.soap.SOAPBinding;
import javax.wsdl.extensions.soap.SOAPHeader;
import javax.wsdl.extensions.soap.SOAPOperation;
import javax.wsdl.factory.WSDLFactory;
import javax.wsdl.xml.WSDLReader;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.apache.ws.commons.schema.XmlSchemaCollection;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.StrictXml;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Makes a contract of strangers' files, and goes nowhere else for it. */
final class ContractReading {

    /** [data] Contracts have some hundred kilobytes. */
    private static final int FILES_MAX = 40;
    private static final int OCTETS_MAX = 8 * 1024 * 1024;
    private static final int DEPTH_MAX = 200;

    private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
    private static final String XSD = XMLConstants.W3C_XML_SCHEMA_NS_URI;

    private final Map<String, byte[]> octets = new LinkedHashMap<>();
    private final Map<String, Document> documents = new LinkedHashMap<>();

    ContractReading(List<ContractDocument> files) {
        if (files.size() > FILES_MAX || files.stream().mapToLong(file -> file.octets().length).sum() > OCTETS_MAX) {
            throw Refusal.of(ContractRefusal.CONTRACT_TOO_LARGE, "file", FILES_MAX, OCTETS_MAX / 1024 / 1024);
        }
        for (ContractDocument file : files) {
            octets.put(file.fileName(), file.octets());
            documents.put(file.fileName(), parsed(file));
        }
    }

    Contract contract() {
        documents.forEach(this::refuseReferencesElsewhere);
        List<String> wsdls = documents.keySet().stream().filter(name -> is(documents.get(name).getDocumentElement(), WSDL, "definitions")).toList();
        if (wsdls.size() != 1) {
            throw Refusal.of(wsdls.isEmpty() ? ContractRefusal.CONTRACT_WITHOUT_WSDL : ContractRefusal.CONTRACT_WITH_SEVERAL_WSDL, "file", String.join(", ", wsdls));
        }
        String wsdl = wsdls.get(0);
        try {
            return new Contract(operations(definition(wsdl)), components(wsdl));
        } catch (Refusal refused) {
            throw refused;
        } catch (WSDLException | RuntimeException e) {
            // Both libraries throw what they like at what they do not expect.
            throw unreadable(wsdl);
        }
    }

    private static Document parsed(ContractDocument file) {
        try {
            Document document = StrictXml.builder(DEPTH_MAX).parse(new ByteArrayInputStream(file.octets()));
            Element root = document.getDocumentElement();
            if (!is(root, WSDL, "definitions") && !is(root, XSD, "schema")) {
                throw Refusal.of(ContractRefusal.CONTRACT_OF_ANOTHER_KIND, "file", file.fileName());
            }
            return document;
        } catch (SAXException e) {
            throw unreadable(file.fileName());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refuseReferencesElsewhere(String fileName, Document document) {
        for (String redefinition : List.of("redefine", "override")) {
            if (document.getElementsByTagNameNS(XSD, redefinition).getLength() > 0) {
                throw Refusal.of(ContractRefusal.CONTRACT_REDEFINES, "file", fileName);
            }
        }
        if (document.getElementsByTagNameNS(WSDL, "import").getLength() > 0) {
            throw Refusal.of(ContractRefusal.CONTRACT_REFERS_ELSEWHERE, "file", fileName, "wsdl:import");
        }
        for (String reference : List.of("include", "import")) {
            NodeList found = document.getElementsByTagNameNS(XSD, reference);
            for (int i = 0; i < found.getLength(); i++) {
                Element one = (Element) found.item(i);
                // An import may leave it to the reader where its namespace comes from: from the other files.
                if (reference.equals("include") || one.hasAttribute("schemaLocation")) {
                    named(one.getAttribute("schemaLocation"), fileName);
                }
            }
        }
    }

    /** The handed in file that a relative address means. Folders are not kept: a contract's files have names of their own. */
    private String named(String location, String from) {
        String name = location.substring(location.lastIndexOf('/') + 1);
        if (location.contains(":") || location.contains("\\") || location.startsWith("/") || !documents.containsKey(name)) {
            throw Refusal.of(ContractRefusal.CONTRACT_REFERS_ELSEWHERE, "file", from, location.length() <= 200 ? location : location.substring(0, 200));
        }
        return name;
    }

    private Components components(String wsdl) {
        XmlSchemaCollection schemas = new XmlSchemaCollection();
        schemas.setSchemaResolver((namespace, location, base) -> {
            String name = named(location == null ? "" : location, wsdl);
            InputSource source = new InputSource(new ByteArrayInputStream(octets.get(name)));
            source.setSystemId(name);
            return source;
        });
        NodeList inline = documents.get(wsdl).getElementsByTagNameNS(XSD, "schema");
        for (int i = 0; i < inline.getLength(); i++) {
            schemas.read((Element) inline.item(i), wsdl + "#" + i);
        }
        for (Map.Entry<String, Document> file : documents.entrySet()) {
            boolean read = List.of(schemas.getXmlSchemas()).stream().anyMatch(schema -> file.getKey().equals(schema.getSourceURI()));
            if (!read && !file.getKey().equals(wsdl)) {
                schemas.read(file.getValue(), file.getKey());
            }
        }
        return new Components(schemas.getXmlSchemas());
    }

    private Definition definition(String wsdl) throws WSDLException {
        WSDLReader reader = WSDLFactory.newInstance().newWSDLReader();
        reader.setFeature("javax.wsdl.verbose", false);
        reader.setFeature("javax.wsdl.importDocuments", false);
        // Whatever its features say, it fetches what schemas import; it is not shown any.
        Document withoutTypes = (Document) documents.get(wsdl).cloneNode(true);
        NodeList types = withoutTypes.getElementsByTagNameNS(WSDL, "types");
        while (types.getLength() > 0) {
            types.item(0).getParentNode().removeChild(types.item(0));
        }
        return reader.readWSDL(wsdl, withoutTypes);
    }

    private static Map<String, Contract.Operation> operations(Definition definition) {
        Map<String, Contract.Operation> operations = new TreeMap<>();
        for (PortType portType : all(definition.getPortTypes(), PortType.class)) {
            for (Object one : portType.getOperations()) {
                Operation operation = (Operation) one;
                Optional<Binding> binding = all(definition.getBindings(), Binding.class).stream()
                        .filter(bound -> bound.getPortType() != null && portType.getQName().equals(bound.getPortType().getQName())).findFirst();
                Optional<BindingOperation> bound = binding.map(some -> some.getBindingOperation(operation.getName(), null, null));
                Map<String, Contract.Part> faults = new TreeMap<>();
                for (Fault fault : all(operation.getFaults(), Fault.class)) {
                    parts(fault.getMessage()).forEach((part, content) -> faults.put(fault.getName() + "/" + part, content));
                }
                operations.put(operation.getName(), new Contract.Operation(action(binding, bound), headers(definition, bound),
                        operation.getInput() == null ? Map.of() : parts(operation.getInput().getMessage()),
                        operation.getOutput() == null ? Map.of() : parts(operation.getOutput().getMessage()), faults));
            }
        }
        return operations;
    }

    private static Map<String, Contract.Part> parts(Message message) {
        if (message == null || message.isUndefined()) {
            throw Refusal.of(ContractRefusal.CONTRACT_INCOMPLETE, "file", message == null ? "wsdl:message" : String.valueOf(message.getQName()));
        }
        Map<String, Contract.Part> parts = new TreeMap<>();
        for (javax.wsdl.Part part : all(message.getParts(), javax.wsdl.Part.class)) {
            QName name = part.getElementName() != null ? part.getElementName() : part.getTypeName();
            if (name == null) {
                throw Refusal.of(ContractRefusal.CONTRACT_INCOMPLETE, "file", String.valueOf(part.getName()));
            }
            parts.put(part.getName(), new Contract.Part(part.getElementName() != null, name));
        }
        return parts;
    }

    private static String action(Optional<Binding> binding, Optional<BindingOperation> bound) {
        List<String> words = new ArrayList<>();
        binding.ifPresent(some -> all(some.getExtensibilityElements(), SOAPBinding.class).forEach(soap -> words.add(soap.getStyle() + " " + soap.getTransportURI())));
        bound.ifPresent(some -> all(some.getExtensibilityElements(), SOAPOperation.class).forEach(soap -> words.add(soap.getStyle() + " '" + soap.getSoapActionURI() + "'")));
        return String.join(" ", words);
    }

    private static List<QName> headers(Definition definition, Optional<BindingOperation> bound) {
        List<QName> headers = new ArrayList<>();
        bound.filter(some -> some.getBindingInput() != null).ifPresent(some -> all(some.getBindingInput().getExtensibilityElements(), SOAPHeader.class).forEach(header -> {
            Message message = definition.getMessage(header.getMessage());
            javax.wsdl.Part part = message == null ? null : message.getPart(header.getPart());
            headers.add(part == null || part.getElementName() == null ? new QName(header.getPart()) : part.getElementName());
        }));
        return headers.stream().sorted(Comparator.comparing(QName::toString)).toList();
    }

    /** wsdl4j knows no generics. */
    private static <T> List<T> all(Map<?, ?> raw, Class<T> type) {
        return all(List.copyOf(raw.values()), type);
    }

    private static <T> List<T> all(List<?> raw, Class<T> type) {
        return raw.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    private static Refusal unreadable(String fileName) {
        return Refusal.of(ContractRefusal.CONTRACT_NOT_READABLE, "file", fileName);
    }
}
