package org.kopuro.access.contracts;

import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.apache.ws.commons.schema.XmlSchema;
import org.apache.ws.commons.schema.XmlSchemaAttribute;
import org.apache.ws.commons.schema.XmlSchemaAttributeGroup;
import org.apache.ws.commons.schema.XmlSchemaElement;
import org.apache.ws.commons.schema.XmlSchemaGroup;
import org.apache.ws.commons.schema.XmlSchemaType;
import org.kopuro.kernel.Refusal;

/** The named parts of all schemas of a contract. Its schemas may share a namespace, among which the library's own look-up finds one only. */
final class Components {

    private final Map<QName, XmlSchemaElement> elements = new HashMap<>();
    private final Map<QName, XmlSchemaType> types = new HashMap<>();
    private final Map<QName, XmlSchemaAttribute> attributes = new HashMap<>();
    private final Map<QName, XmlSchemaAttributeGroup> attributeGroups = new HashMap<>();
    private final Map<QName, XmlSchemaGroup> groups = new HashMap<>();

    Components(XmlSchema[] schemas) {
        for (XmlSchema schema : schemas) {
            if (XMLConstants.W3C_XML_SCHEMA_NS_URI.equals(schema.getTargetNamespace())) {
                continue;
            }
            elements.putAll(schema.getElements());
            types.putAll(schema.getSchemaTypes());
            attributes.putAll(schema.getAttributes());
            attributeGroups.putAll(schema.getAttributeGroups());
            groups.putAll(schema.getGroups());
        }
    }

    XmlSchemaElement element(QName name) {
        return found(elements, name);
    }

    boolean hasElement(QName name) {
        return elements.containsKey(name);
    }

    XmlSchemaType type(QName name) {
        return found(types, name);
    }

    /** Those of {@code xml:} need no schema. */
    boolean hasAttribute(QName name) {
        return attributes.containsKey(name) || !XMLConstants.XML_NS_URI.equals(name.getNamespaceURI());
    }

    XmlSchemaAttribute attribute(QName name) {
        return found(attributes, name);
    }

    XmlSchemaAttributeGroup attributeGroup(QName name) {
        return found(attributeGroups, name);
    }

    XmlSchemaGroup group(QName name) {
        return found(groups, name);
    }

    private static <T> T found(Map<QName, T> all, QName name) {
        T one = all.get(name);
        if (one == null) {
            throw Refusal.of(ContractRefusal.CONTRACT_INCOMPLETE, "file", String.valueOf(name));
        }
        return one;
    }
}
