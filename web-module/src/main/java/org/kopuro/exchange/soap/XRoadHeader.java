package org.kopuro.exchange.soap;

import java.util.List;
import java.util.Optional;
import org.kopuro.exchange.RepresentedParty;
import org.kopuro.exchange.ServiceAddress;
import org.kopuro.exchange.XRoadClient;
import org.w3c.dom.Element;

/**
 * The X-Road header of a request: what it says, the elements that say it (for the signature check), and its fields in their
 * order with the texts as they stood (for the answer, which repeats them by value).
 */
record XRoadHeader(
        XRoadClient client, ServiceAddress service, String id, Optional<String> userId, Optional<String> issue,
        Optional<RepresentedParty> representedParty, Optional<String> securityToken, Optional<String> securityTokenType, List<Element> signedElements, List<Field> fields) {

    /** A field as it is repeated in the answer: a text, or identifier parts with an object type. */
    record Field(String namespace, String localName, Optional<String> objectType, Optional<String> text, List<Part> parts) {
    }

    record Part(String namespace, String localName, String text) {
    }

    /** Appends the fields to an answer's header, newly built: a clone would drag {@code wsu:Id} along. */
    void appendTo(Element header) {
        Dom.declare(header, "xrd", Namespaces.XROAD);
        Dom.declare(header, "id", Namespaces.IDENTIFIERS);
        for (Field field : fields) {
            Element element = Dom.append(header, field.namespace(), prefix(field.namespace()) + field.localName());
            if (field.namespace().equals(Namespaces.REPRESENTATION)) {
                Dom.declare(element, "repr", Namespaces.REPRESENTATION);
            }
            field.objectType().ifPresent(type -> element.setAttributeNS(Namespaces.IDENTIFIERS, "id:objectType", type));
            field.text().ifPresent(text -> element.appendChild(element.getOwnerDocument().createTextNode(text)));
            field.parts().forEach(part -> Dom.append(element, part.namespace(), prefix(part.namespace()) + part.localName(), part.text()));
        }
    }

    private static String prefix(String namespace) {
        return switch (namespace) {
            case Namespaces.XROAD -> "xrd:";
            case Namespaces.IDENTIFIERS -> "id:";
            case Namespaces.REPRESENTATION -> "repr:";
            default -> throw new IllegalStateException(namespace);
        };
    }
}
