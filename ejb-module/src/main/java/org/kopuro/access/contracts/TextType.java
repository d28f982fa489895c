package org.kopuro.access.contracts;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.apache.ws.commons.schema.XmlSchemaEnumerationFacet;
import org.apache.ws.commons.schema.XmlSchemaFacet;
import org.apache.ws.commons.schema.XmlSchemaPatternFacet;
import org.apache.ws.commons.schema.XmlSchemaSimpleType;
import org.apache.ws.commons.schema.XmlSchemaSimpleTypeContent;
import org.apache.ws.commons.schema.XmlSchemaSimpleTypeList;
import org.apache.ws.commons.schema.XmlSchemaSimpleTypeRestriction;
import org.apache.ws.commons.schema.XmlSchemaSimpleTypeUnion;
import org.apache.ws.commons.schema.XmlSchemaType;

/**
 * A simple type with all that it inherits.
 *
 * @param base        a built-in type's name, or what a list or a union consists of
 * @param bounds      facets that have one value
 * @param enumeration empty where every value of the base is one
 * @param patterns    one for each derivation; a value matches all
 */
record TextType(String base, Map<String, String> bounds, Optional<Set<String>> enumeration, Set<String> patterns) {

    /** Of built-in types, whose values are also values of the one on the right. */
    private static final Map<String, String> PARENTS = Map.ofEntries(Map.entry("normalizedString", "string"), Map.entry("token", "normalizedString"), Map.entry("language", "token"),
            Map.entry("NMTOKEN", "token"), Map.entry("Name", "token"), Map.entry("NCName", "Name"), Map.entry("ID", "NCName"), Map.entry("integer", "decimal"),
            Map.entry("nonPositiveInteger", "integer"), Map.entry("negativeInteger", "nonPositiveInteger"), Map.entry("nonNegativeInteger", "integer"),
            Map.entry("positiveInteger", "nonNegativeInteger"), Map.entry("long", "integer"), Map.entry("int", "long"), Map.entry("short", "int"), Map.entry("byte", "short"),
            Map.entry("unsignedLong", "nonNegativeInteger"), Map.entry("unsignedInt", "unsignedLong"), Map.entry("unsignedShort", "unsignedInt"), Map.entry("unsignedByte", "unsignedShort"));

    static boolean isBuiltIn(QName name) {
        return XMLConstants.W3C_XML_SCHEMA_NS_URI.equals(name.getNamespaceURI());
    }

    static TextType any() {
        return builtIn("anySimpleType");
    }

    private static TextType builtIn(String name) {
        return new TextType(name, Map.of(), Optional.empty(), Set.of());
    }

    static TextType named(QName name, Components components, Budget budget) {
        return named(name, components, budget, 0);
    }

    static TextType of(XmlSchemaSimpleType type, Components components, Budget budget) {
        return of(type, components, budget, 0);
    }

    private static TextType named(QName name, Components components, Budget budget, int depth) {
        if (isBuiltIn(name)) {
            return builtIn(name.getLocalPart());
        }
        XmlSchemaType type = components.type(name);
        return type instanceof XmlSchemaSimpleType simple ? of(simple, components, budget, depth + 1) : any();
    }

    private static TextType of(XmlSchemaSimpleType type, Components components, Budget budget, int depth) {
        budget.step(depth);
        XmlSchemaSimpleTypeContent content = type.getContent();
        if (content instanceof XmlSchemaSimpleTypeRestriction restriction) {
            TextType base = restriction.getBaseTypeName() != null ? named(restriction.getBaseTypeName(), components, budget, depth + 1)
                    : of(restriction.getBaseType(), components, budget, depth + 1);
            return base.restricted(restriction.getFacets(), budget);
        }
        if (content instanceof XmlSchemaSimpleTypeList list) {
            TextType item = list.getItemTypeName() != null ? named(list.getItemTypeName(), components, budget, depth + 1) : of(list.getItemType(), components, budget, depth + 1);
            return builtIn("list of " + item.text(budget));
        }
        if (content instanceof XmlSchemaSimpleTypeUnion union) {
            Stream<TextType> named = union.getMemberTypesQNames() == null ? Stream.of()
                    : Stream.of(union.getMemberTypesQNames()).map(name -> named(name, components, budget, depth + 1));
            Stream<TextType> inside = union.getBaseTypes().stream().map(one -> of(one, components, budget, depth + 1));
            String members = Stream.concat(named, inside).map(one -> one.text(budget)).distinct().collect(Collectors.joining(" | "));
            // Unions of unions double with every level; the budget counts what they are made of, this what they are called.
            return builtIn("union of " + (members.length() <= 100_000 ? members : Integer.toHexString(members.hashCode())));
        }
        return any();
    }

    TextType restricted(Collection<? extends XmlSchemaFacet> facets, Budget budget) {
        Map<String, String> narrower = new TreeMap<>(bounds);
        Set<String> values = new TreeSet<>();
        Set<String> alternatives = new TreeSet<>();
        for (XmlSchemaFacet facet : facets) {
            String value = String.valueOf(facet.getValue());
            // As long as a short text is what holds it.
            budget.keep(value.length() + 64);
            if (facet instanceof XmlSchemaEnumerationFacet) {
                values.add(value);
            } else if (facet instanceof XmlSchemaPatternFacet) {
                alternatives.add(value);
            } else {
                narrower.put(name(facet), value);
            }
        }
        Set<String> matched = new HashSet<>(patterns);
        if (!alternatives.isEmpty()) {
            matched.add(String.join("|", alternatives));
        }
        return new TextType(base, narrower, values.isEmpty() ? enumeration : Optional.of(values), matched);
    }

    /** XmlSchemaMaxLengthFacet is maxLength. */
    private static String name(XmlSchemaFacet facet) {
        String name = facet.getClass().getSimpleName().replaceAll("^XmlSchema|Facet$", "");
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** Whether each value of the other's base is one of this base. */
    boolean baseIncludes(TextType other) {
        for (String name = other.base; name != null; name = PARENTS.get(name)) {
            if (name.equals(base)) {
                return true;
            }
        }
        return base.equals("anySimpleType");
    }

    String text(Budget budget) {
        budget.keep(base.length() + enumeration.stream().flatMap(Set::stream).mapToLong(String::length).sum());
        List<String> words = Stream.of(bounds.toString(), enumeration.map(Object::toString).orElse(""), new TreeSet<>(patterns).toString())
                .filter(word -> !word.isEmpty() && !word.equals("{}") && !word.equals("[]")).toList();
        return base + (words.isEmpty() ? "" : " " + String.join(" ", words));
    }
}
