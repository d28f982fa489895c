package org.kopuro.access.contracts;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.namespace.QName;
import org.apache.ws.commons.schema.XmlSchemaAll;
import org.apache.ws.commons.schema.XmlSchemaAny;
import org.apache.ws.commons.schema.XmlSchemaAnyAttribute;
import org.apache.ws.commons.schema.XmlSchemaAttribute;
import org.apache.ws.commons.schema.XmlSchemaAttributeGroup;
import org.apache.ws.commons.schema.XmlSchemaAttributeGroupRef;
import org.apache.ws.commons.schema.XmlSchemaChoice;
import org.apache.ws.commons.schema.XmlSchemaComplexContentExtension;
import org.apache.ws.commons.schema.XmlSchemaComplexContentRestriction;
import org.apache.ws.commons.schema.XmlSchemaComplexType;
import org.apache.ws.commons.schema.XmlSchemaContent;
import org.apache.ws.commons.schema.XmlSchemaContentProcessing;
import org.apache.ws.commons.schema.XmlSchemaElement;
import org.apache.ws.commons.schema.XmlSchemaGroupRef;
import org.apache.ws.commons.schema.XmlSchemaParticle;
import org.apache.ws.commons.schema.XmlSchemaSequence;
import org.apache.ws.commons.schema.XmlSchemaSimpleContentExtension;
import org.apache.ws.commons.schema.XmlSchemaSimpleContentRestriction;
import org.apache.ws.commons.schema.XmlSchemaUse;

/** What an element of a complex type may hold, with everything that it inherits and refers to written out: slots in their order, attributes, a text. */
final class Content {

    /**
     * A place for an element or a wildcard.
     *
     * @param model the groups around it that are not plain sequences
     * @param element empty for a wildcard
     */
    record Slot(long min, long max, String model, Optional<XmlSchemaElement> element) {

        boolean ordered() {
            return !model.contains("/choice") && !model.contains("/all");
        }

        String occurrence() {
            return min + ".." + (max == Long.MAX_VALUE ? "*" : max);
        }
    }

    final Map<String, Slot> slots = new LinkedHashMap<>();
    final Map<String, XmlSchemaAttribute> attributes = new TreeMap<>();
    String anyAttribute = "";
    boolean mixed;
    Optional<TextType> text = Optional.empty();

    private final Map<String, Integer> groups = new HashMap<>();
    private final Components components;
    private final Budget budget;

    private Content(Components components, Budget budget) {
        this.components = components;
        this.budget = budget;
    }

    static Content of(XmlSchemaComplexType type, Components components, Budget budget) {
        Content content = new Content(components, budget);
        content.add(type, 0);
        return content;
    }

    private void add(XmlSchemaComplexType type, int depth) {
        budget.step(depth);
        mixed |= type.isMixed();
        add(type.getParticle(), 1, 1, "", depth);
        addAttributes(type.getAttributes(), type.getAnyAttribute(), depth);
        XmlSchemaContent derived = type.getContentModel() == null ? null : type.getContentModel().getContent();
        if (derived instanceof XmlSchemaComplexContentExtension extension) {
            addBase(extension.getBaseTypeName(), depth);
            add(extension.getParticle(), 1, 1, "", depth);
            addAttributes(extension.getAttributes(), extension.getAnyAttribute(), depth);
        } else if (derived instanceof XmlSchemaComplexContentRestriction restriction) {
            // Elements are repeated in a restriction, attributes are not.
            addBase(restriction.getBaseTypeName(), depth);
            slots.clear();
            add(restriction.getParticle(), 1, 1, "", depth);
            addAttributes(restriction.getAttributes(), restriction.getAnyAttribute(), depth);
        } else if (derived instanceof XmlSchemaSimpleContentExtension extension) {
            addText(extension.getBaseTypeName(), depth);
            addAttributes(extension.getAttributes(), extension.getAnyAttribute(), depth);
        } else if (derived instanceof XmlSchemaSimpleContentRestriction restriction) {
            addText(restriction.getBaseTypeName(), depth);
            text = Optional.of(text.orElseGet(TextType::any).restricted(restriction.getFacets(), budget));
            addAttributes(restriction.getAttributes(), restriction.getAnyAttribute(), depth);
        }
    }

    private void addBase(QName base, int depth) {
        if (!TextType.isBuiltIn(base) && components.type(base) instanceof XmlSchemaComplexType type) {
            add(type, depth + 1);
        }
    }

    private void addText(QName base, int depth) {
        if (!TextType.isBuiltIn(base) && components.type(base) instanceof XmlSchemaComplexType type) {
            add(type, depth + 1);
        } else {
            text = Optional.of(TextType.named(base, components, budget));
        }
    }

    private void add(XmlSchemaParticle particle, long min, long max, String model, int depth) {
        if (particle == null) {
            return;
        }
        budget.step(depth);
        long least = times(min, particle.getMinOccurs());
        long most = times(max, particle.getMaxOccurs());
        if (particle instanceof XmlSchemaElement element) {
            XmlSchemaElement meant = element.isRef() ? components.element(element.getRef().getTargetQName()) : element;
            add(String.valueOf(element.isRef() ? meant.getQName() : element.getWireName()), new Slot(least, most, model, Optional.of(meant)));
        } else if (particle instanceof XmlSchemaAny any) {
            add("any(" + wildcard(any.getNamespace(), any.getProcessContent()) + ")", new Slot(least, most, model, Optional.empty()));
        } else if (particle instanceof XmlSchemaSequence sequence) {
            boolean plain = particle.getMinOccurs() == 1 && particle.getMaxOccurs() == 1;
            String inside = plain ? model : within(model, "sequence", particle);
            sequence.getItems().forEach(item -> add((XmlSchemaParticle) item, least, most, inside, depth + 1));
        } else if (particle instanceof XmlSchemaChoice choice) {
            String inside = within(model, "choice", particle);
            choice.getItems().forEach(item -> add((XmlSchemaParticle) item, 0, most, inside, depth + 1));
        } else if (particle instanceof XmlSchemaAll all) {
            String inside = within(model, "all", particle);
            all.getItems().forEach(item -> add((XmlSchemaParticle) item, least, most, inside, depth + 1));
        } else if (particle instanceof XmlSchemaGroupRef reference) {
            add(components.group(reference.getRefName()).getParticle(), least, most, model, depth + 1);
        }
    }

    /** Groups of a kind are numbered where they stand. */
    private String within(String model, String kind, XmlSchemaParticle group) {
        // With the number and the occurrence, and as a key of the numbers.
        budget.keep(2L * (model.length() + kind.length()) + 32);
        String place = model + "/" + kind;
        int number = groups.merge(place, 1, Integer::sum);
        return place + (number == 1 ? "" : number) + "[" + new Slot(group.getMinOccurs(), group.getMaxOccurs(), "", Optional.empty()).occurrence() + "]";
    }

    private void add(String name, Slot slot) {
        budget.keep(name.length());
        String free = name;
        for (int i = 2; slots.containsKey(free); i++) {
            budget.step(0);
            budget.keep(name.length() + 8);
            free = name + " (" + i + ")";
        }
        slots.put(free, slot);
    }

    private void addAttributes(List<?> members, XmlSchemaAnyAttribute any, int depth) {
        if (any != null) {
            anyAttribute = wildcard(any.getNamespace(), any.getProcessContent());
        }
        for (Object member : members) {
            budget.step(depth);
            if (member instanceof XmlSchemaAttribute attribute) {
                String name = String.valueOf(attribute.isRef() ? attribute.getRef().getTargetQName() : attribute.getWireName());
                budget.keep(name.length());
                if (attribute.getUse() == XmlSchemaUse.PROHIBITED) {
                    attributes.remove(name);
                } else {
                    attributes.put(name, attribute);
                }
            } else if (member instanceof XmlSchemaAttributeGroupRef reference) {
                XmlSchemaAttributeGroup group = components.attributeGroup(reference.getRef().getTargetQName());
                addAttributes(group.getAttributes(), group.getAnyAttribute(), depth + 1);
            } else if (member instanceof XmlSchemaAttributeGroup group) {
                addAttributes(group.getAttributes(), group.getAnyAttribute(), depth + 1);
            }
        }
    }

    private static String wildcard(String namespace, XmlSchemaContentProcessing processing) {
        return Objects.requireNonNullElse(namespace, "##any") + " " + processing;
    }

    private static long times(long one, long other) {
        if (one == 0 || other == 0) {
            return 0;
        }
        return one == Long.MAX_VALUE || other == Long.MAX_VALUE || one > Long.MAX_VALUE / other ? Long.MAX_VALUE : one * other;
    }
}
