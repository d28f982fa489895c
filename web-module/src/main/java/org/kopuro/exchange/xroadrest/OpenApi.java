package org.kopuro.exchange.xroadrest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.kopuro.exchange.metaservices.Offered;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Describes a service in OpenAPI 3.0, from the schema of its SOAP messages: the JSON of {@code request} and {@code response} has their names and their order, so
 * one contract serves both protocols. It reads what our schemas are made of: sequences, arrays by {@code maxOccurs}, restrictions and attributes.
 */
final class OpenApi {

    private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    /** A file beside a SOAP message; beside JSON there is none. */
    private static final String ATTACHMENT = "ref:swaRef";
    private static final Map<String, JsonObject> BUILT_IN = Map.of(
            "string", type("string").build(), "language", type("string").build(), "boolean", type("boolean").build(),
            "date", type("string").add("format", "date").build(), "dateTime", type("string").add("format", "date-time").build(),
            "int", type("integer").add("format", "int32").build(), "long", type("integer").add("format", "int64").build(),
            "nonNegativeInteger", type("integer").add("minimum", 0).build(), "decimal", type("number").build(), "base64Binary", type("string").add("format", "byte").build());

    private final Map<String, Element> elements = new TreeMap<>();
    private final Map<String, Element> types = new TreeMap<>();
    private final Map<String, JsonObject> described = new TreeMap<>();

    private OpenApi() {
    }

    /**
     * @param schema  on the class path
     * @param address at which the service is called
     */
    static JsonObject of(String schema, Offered service, String address) {
        OpenApi api = new OpenApi();
        api.read(URI.create("/" + schema));
        JsonObject request = api.reference(api.part(service.code(), "request"));
        JsonObject response = api.reference(api.part(service.code() + "Response", "response"));
        JsonObjectBuilder schemas = Json.createObjectBuilder();
        api.described.forEach(schemas::add);
        schemas.add("Error", error());
        return Json.createObjectBuilder().add("openapi", "3.0.3")
                .add("info", Json.createObjectBuilder().add("title", service.code()).add("version", service.version()))
                .add("servers", Json.createArrayBuilder().add(Json.createObjectBuilder().add("url", address)))
                .add("paths", Json.createObjectBuilder().add("/", Json.createObjectBuilder().add("post", Json.createObjectBuilder()
                        .add("operationId", service.code())
                        .add("parameters", Json.createArrayBuilder().add(header("X-Road-Client", true)).add(header("X-Road-Id", false)).add(header("X-Road-UserId", false))
                                .add(header("X-Road-Issue", false)).add(header("Kopuro-Consent-Token", false)))
                        .add("requestBody", Json.createObjectBuilder().add("required", true).add("content", content(request)))
                        .add("responses", Json.createObjectBuilder()
                                .add("200", Json.createObjectBuilder().add("description", "What was asked for.").add("content", content(response)))
                                .add("default", Json.createObjectBuilder().add("description", "A refusal or a failure.").add("content", content(named("Error"))))))))
                .add("components", Json.createObjectBuilder().add("schemas", schemas)).build();
    }

    private void read(URI location) {
        for (Element child : children(document(location))) {
            switch (child.getLocalName()) {
                case "include" -> read(location.resolve(child.getAttribute("schemaLocation")));
                case "element" -> elements.put(child.getAttribute("name"), child);
                case "complexType", "simpleType" -> types.put(child.getAttribute("name"), child);
                default -> { }
            }
        }
    }

    /** The type of a part of a message. */
    private String part(String message, String name) {
        return particles(children(elements.get(message)).get(0)).stream().filter(each -> each.getAttribute("name").equals(name)).findFirst().orElseThrow().getAttribute("type");
    }

    private JsonObject reference(String type) {
        if (type.startsWith("xs:")) {
            return BUILT_IN.get(type.substring("xs:".length()));
        }
        Element declared = types.get(type);
        if (declared.getLocalName().equals("simpleType")) {
            return simple(declared);
        }
        if (!described.containsKey(type)) {
            described.put(type, JsonObject.EMPTY_JSON_OBJECT);
            described.put(type, complex(declared));
        }
        return named(type);
    }

    private JsonObject simple(Element type) {
        Element restriction = children(type).stream().filter(each -> each.getLocalName().equals("restriction")).findFirst().orElseThrow();
        JsonObjectBuilder simple = Json.createObjectBuilder(reference(restriction.getAttribute("base")));
        JsonArrayBuilder values = Json.createArrayBuilder();
        for (Element facet : children(restriction)) {
            switch (facet.getLocalName()) {
                case "maxLength" -> simple.add("maxLength", Integer.parseInt(facet.getAttribute("value")));
                case "enumeration" -> values.add(facet.getAttribute("value"));
                case "fractionDigits" -> simple.add("multipleOf", java.math.BigDecimal.ONE.movePointLeft(Integer.parseInt(facet.getAttribute("value"))));
                default -> throw new IllegalStateException(facet.getLocalName());
            }
        }
        var enumeration = values.build();
        return (enumeration.isEmpty() ? simple : simple.add("enum", enumeration)).build();
    }

    private JsonObject complex(Element type) {
        JsonObjectBuilder properties = Json.createObjectBuilder();
        JsonArrayBuilder required = Json.createArrayBuilder();
        for (Element attribute : attributes(type)) {
            properties.add(attribute.getAttribute("name"), reference(attribute.getAttribute("type")));
            required.add(attribute.getAttribute("name"));
        }
        // The text of an element that has attributes.
        children(type).stream().filter(each -> each.getLocalName().equals("simpleContent")).forEach(each -> {
            properties.add("value", reference(children(each).get(0).getAttribute("base")));
            required.add("value");
        });
        for (Element particle : particles(type)) {
            String name = particle.getAttribute("name");
            if (particle.getAttribute("type").equals(ATTACHMENT)) {
                continue;
            }
            JsonObject one = reference(particle.getAttribute("type"));
            boolean many = !Set.of("", "1").contains(particle.getAttribute("maxOccurs"));
            properties.add(name, many ? type("array").add("items", one).build() : one);
            if (!particle.getAttribute("minOccurs").equals("0")) {
                required.add(name);
            }
        }
        JsonObjectBuilder complex = type("object").add("properties", properties);
        var names = required.build();
        return (names.isEmpty() ? complex : complex.add("required", names)).add("additionalProperties", false).build();
    }

    private static List<Element> particles(Element type) {
        List<Element> particles = new ArrayList<>();
        for (Element child : children(type)) {
            switch (child.getLocalName()) {
                case "sequence", "choice" -> particles.addAll(children(child));
                case "complexType" -> particles.addAll(particles(child));
                default -> { }
            }
        }
        return particles;
    }

    private static List<Element> attributes(Element type) {
        List<Element> attributes = new ArrayList<>();
        for (Element child : children(type)) {
            switch (child.getLocalName()) {
                case "attribute" -> attributes.add(child);
                case "simpleContent", "extension" -> attributes.addAll(attributes(child));
                default -> { }
            }
        }
        return attributes;
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && SCHEMA.equals(element.getNamespaceURI()) && !element.getLocalName().equals("annotation")) {
                children.add(element);
            }
        }
        return children;
    }

    private static Element document(URI location) {
        try (InputStream in = OpenApi.class.getResourceAsStream(location.getPath())) {
            return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().parse(in).getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject error() {
        JsonObject text = type("string").build();
        return type("object").add("properties", Json.createObjectBuilder().add("type", text).add("message", text).add("detail", text).add("code", text).add("field", text)
                        .add("explanation", type("array").add("items", type("object").add("properties", Json.createObjectBuilder().add("language", text).add("sentence", text).add("whatToDo", text))))
                        .add("consentId", text).add("since", type("string").add("format", "date-time")))
                .add("required", Json.createArrayBuilder().add("type").add("message").add("detail")).build();
    }

    private static JsonObject header(String name, boolean required) {
        return Json.createObjectBuilder().add("name", name).add("in", "header").add("required", required).add("schema", type("string").add("maxLength", 255)).build();
    }

    private static JsonObject content(JsonObject schema) {
        return Json.createObjectBuilder().add("application/json", Json.createObjectBuilder().add("schema", schema)).build();
    }

    private static JsonObject named(String type) {
        return Json.createObjectBuilder().add("$ref", "#/components/schemas/" + type).build();
    }

    private static JsonObjectBuilder type(String name) {
        return Json.createObjectBuilder().add("type", name);
    }
}
