package org.kopuro.access.contracts;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.apache.ws.commons.schema.XmlSchemaAttribute;
import org.apache.ws.commons.schema.XmlSchemaComplexType;
import org.apache.ws.commons.schema.XmlSchemaElement;
import org.apache.ws.commons.schema.XmlSchemaSimpleType;
import org.apache.ws.commons.schema.XmlSchemaType;
import org.apache.ws.commons.schema.XmlSchemaUse;
import org.kopuro.access.contracts.Change.Direction;
import org.kopuro.access.contracts.Content.Slot;
import org.kopuro.access.contracts.Contract.Operation;
import org.kopuro.access.contracts.Contract.Part;

/** Walks through two contracts from their operations on, and notes what differs. */
final class Comparison {

    private static final QName ANY_TYPE = new QName(XMLConstants.W3C_XML_SCHEMA_NS_URI, "anyType");

    private record Key(DifferenceKind kind, String path, String before, String after) {
    }

    /** A pair of named types that waits. A queue and no recursion: types may refer to one another in a chain as long as the text. */
    private record Pair(QName before, QName after, Direction direction) {
    }

    /** What an element or an attribute says of its type: a name, or the type itself. */
    private record Typed(QName name, XmlSchemaType inside) {

        String text() {
            return name == null ? "(unnamed)" : name.getLocalPart();
        }
    }

    private final Components before;
    private final Components after;
    private final Budget budget = new Budget();
    private final Map<Key, Effect> found = new LinkedHashMap<>();
    private final Set<Pair> seen = new HashSet<>();
    private final Deque<Pair> waiting = new ArrayDeque<>();

    Comparison(Components before, Components after) {
        this.before = before;
        this.after = after;
    }

    Differences of(SortedMap<String, Operation> older, SortedMap<String, Operation> newer) {
        Set<String> names = new TreeSet<>(older.keySet());
        names.addAll(newer.keySet());
        for (String name : names) {
            Operation was = older.get(name);
            Operation is = newer.get(name);
            if (was == null) {
                note(DifferenceKind.OPERATION_ADDED, name, "", name, Effect.COMPATIBLE);
            } else if (is == null) {
                note(DifferenceKind.OPERATION_REMOVED, name, name, "", Effect.BREAKING);
            } else {
                operation(name, was, is);
            }
        }
        while (!waiting.isEmpty()) {
            named(waiting.remove());
        }
        List<Difference> all = found.entrySet().stream().map(one -> new Difference(one.getKey().kind(), one.getKey().path(), one.getKey().before(), one.getKey().after(), one.getValue()))
                .sorted(Comparator.comparing(Difference::effect).reversed().thenComparing(Difference::path).thenComparing(Difference::kind)
                        .thenComparing(Difference::before).thenComparing(Difference::after)).toList();
        return new Differences(all.subList(0, Math.min(all.size(), Differences.TOLD_MAX)), all.size(), (int) all.stream().filter(one -> one.effect() == Effect.BREAKING).count());
    }

    private void operation(String name, Operation was, Operation is) {
        changed(DifferenceKind.ACTION_CHANGED, name, was.action(), is.action(), Effect.BREAKING);
        changed(DifferenceKind.HEADERS_CHANGED, name, names(was.headers()), names(is.headers()), Effect.BREAKING);
        // Files that people hand in need not hold the schemas of X-Road.
        was.headers().stream().filter(header -> is.headers().contains(header) && before.hasElement(header) && after.hasElement(header))
                .forEach(header -> element(header.getLocalPart(), before.element(header), after.element(header), Direction.REQUEST));
        message(name, was.input(), is.input(), Direction.REQUEST);
        message(name, was.output(), is.output(), Direction.ANSWER);
        Set<String> faults = new TreeSet<>(was.faults().keySet());
        faults.addAll(is.faults().keySet());
        for (String fault : faults) {
            if (!was.faults().containsKey(fault)) {
                note(DifferenceKind.FAULT_ADDED, name, "", fault, Change.WIDER.in(Direction.ANSWER));
            } else if (!is.faults().containsKey(fault)) {
                note(DifferenceKind.FAULT_REMOVED, name, fault, "", Change.NARROWER.in(Direction.ANSWER));
            } else {
                part(name, was.faults().get(fault), is.faults().get(fault), Direction.ANSWER);
            }
        }
    }

    private static String names(List<QName> headers) {
        return headers.stream().map(QName::toString).collect(Collectors.joining(", "));
    }

    private void message(String operation, Map<String, Part> was, Map<String, Part> is, Direction direction) {
        // Of an element, its part's name is not on the wire.
        List<Part> older = List.copyOf(was.values());
        List<Part> newer = List.copyOf(is.values());
        if (older.size() != newer.size()) {
            note(DifferenceKind.MESSAGE_CHANGED, operation, was.toString(), is.toString(), Effect.BREAKING);
            return;
        }
        for (int i = 0; i < older.size(); i++) {
            part(operation, older.get(i), newer.get(i), direction);
        }
    }

    private void part(String operation, Part was, Part is, Direction direction) {
        if (was.element() != is.element() || was.element() && !was.name().equals(is.name())) {
            note(DifferenceKind.MESSAGE_CHANGED, operation, was.name().toString(), is.name().toString(), Effect.BREAKING);
        } else if (was.element()) {
            element(was.name().getLocalPart(), before.element(was.name()), after.element(is.name()), direction);
        } else {
            types(operation, new Typed(was.name(), null), new Typed(is.name(), null), direction);
        }
    }

    private void element(String path, XmlSchemaElement was, XmlSchemaElement is, Direction direction) {
        budget.step(0);
        if (was.isNillable() != is.isNillable()) {
            note(DifferenceKind.NILLABLE_CHANGED, path, String.valueOf(was.isNillable()), String.valueOf(is.isNillable()), (is.isNillable() ? Change.WIDER : Change.NARROWER).in(direction));
        }
        if (was.isAbstract() != is.isAbstract()) {
            note(DifferenceKind.ABSTRACT_CHANGED, path, String.valueOf(was.isAbstract()), String.valueOf(is.isAbstract()), Effect.BREAKING);
        }
        values(path, was.getDefaultValue(), is.getDefaultValue(), was.getFixedValue(), is.getFixedValue(), direction);
        types(path, typed(was.getSchemaTypeName(), was.getSchemaType()), typed(is.getSchemaTypeName(), is.getSchemaType()), direction);
    }

    private void values(String path, String defaultBefore, String defaultAfter, String fixedBefore, String fixedAfter, Direction direction) {
        changed(DifferenceKind.DEFAULT_CHANGED, path, Objects.requireNonNullElse(defaultBefore, ""), Objects.requireNonNullElse(defaultAfter, ""), Effect.BREAKING);
        Change change = fixedBefore == null ? Change.NARROWER : fixedAfter == null ? Change.WIDER : Change.OTHER;
        changed(DifferenceKind.FIXED_CHANGED, path, Objects.requireNonNullElse(fixedBefore, ""), Objects.requireNonNullElse(fixedAfter, ""), change.in(direction));
    }

    private static Typed typed(QName name, XmlSchemaType inside) {
        return name == null && inside == null ? new Typed(ANY_TYPE, null) : name == null ? new Typed(null, inside) : new Typed(name, null);
    }

    private void types(String path, Typed was, Typed is, Direction direction) {
        boolean bothNamed = was.name() != null && is.name() != null && !TextType.isBuiltIn(was.name()) && !TextType.isBuiltIn(is.name());
        if (!bothNamed) {
            content(path, was, is, direction);
            return;
        }
        changed(DifferenceKind.TYPE_RENAMED, path, was.name().toString(), is.name().toString(), Effect.COMPATIBLE);
        Pair pair = new Pair(was.name(), is.name(), direction);
        if (seen.add(pair)) {
            waiting.add(pair);
        }
    }

    private void named(Pair pair) {
        content(pair.after().getLocalPart(), new Typed(pair.before(), null), new Typed(pair.after(), null), pair.direction());
    }

    private void content(String path, Typed was, Typed is, Direction direction) {
        budget.step(0);
        Optional<XmlSchemaComplexType> complexBefore = complex(was, before);
        Optional<XmlSchemaComplexType> complexAfter = complex(is, after);
        boolean anyBefore = ANY_TYPE.equals(was.name());
        boolean anyAfter = ANY_TYPE.equals(is.name());
        if (anyBefore || anyAfter) {
            changed(DifferenceKind.TYPE_CHANGED, path, was.text(), is.text(), (anyAfter ? Change.WIDER : Change.NARROWER).in(direction));
        } else if (complexBefore.isPresent() && complexAfter.isPresent()) {
            complex(path, complexBefore.get(), complexAfter.get(), direction);
        } else if (complexBefore.isPresent() || complexAfter.isPresent()) {
            note(DifferenceKind.TYPE_CHANGED, path, was.text(), is.text(), Effect.BREAKING);
        } else {
            text(path, textOf(was, before), textOf(is, after), direction);
        }
    }

    private static Optional<XmlSchemaComplexType> complex(Typed typed, Components components) {
        if (typed.name() != null && TextType.isBuiltIn(typed.name())) {
            return Optional.empty();
        }
        return (typed.name() == null ? typed.inside() : components.type(typed.name())) instanceof XmlSchemaComplexType complex ? Optional.of(complex) : Optional.empty();
    }

    private TextType textOf(Typed typed, Components components) {
        return typed.name() != null ? TextType.named(typed.name(), components, budget) : TextType.of((XmlSchemaSimpleType) typed.inside(), components, budget);
    }

    private void complex(String path, XmlSchemaComplexType older, XmlSchemaComplexType newer, Direction direction) {
        Content was = Content.of(older, before, budget);
        Content is = Content.of(newer, after, budget);
        if (older.isAbstract() != newer.isAbstract()) {
            note(DifferenceKind.ABSTRACT_CHANGED, path, String.valueOf(older.isAbstract()), String.valueOf(newer.isAbstract()), Effect.BREAKING);
        }
        if (was.mixed != is.mixed) {
            note(DifferenceKind.MIXED_CHANGED, path, String.valueOf(was.mixed), String.valueOf(is.mixed), (is.mixed ? Change.WIDER : Change.NARROWER).in(direction));
        }
        if (was.text.isPresent() && is.text.isPresent()) {
            text(path, was.text.get(), is.text.get(), direction);
        } else if (was.text.isPresent() || is.text.isPresent()) {
            note(DifferenceKind.TYPE_CHANGED, path, was.text.map(one -> one.text(budget)).orElse(""), is.text.map(one -> one.text(budget)).orElse(""), Effect.BREAKING);
        }
        slots(path, was.slots, is.slots, direction);
        attributes(path, was, is, direction);
    }

    private void slots(String path, Map<String, Slot> was, Map<String, Slot> is, Direction direction) {
        was.forEach((name, slot) -> {
            if (!is.containsKey(name)) {
                note(DifferenceKind.ELEMENT_REMOVED, path + "/" + local(name), name, "", slot.min() == 0 ? Change.NARROWER.in(direction) : Effect.BREAKING);
            }
        });
        is.forEach((name, slot) -> {
            budget.keep(path.length() + name.length());
            String inside = path + "/" + local(name);
            Slot former = was.get(name);
            if (former == null) {
                note(DifferenceKind.ELEMENT_ADDED, inside, "", name + " " + slot.occurrence(), slot.min() == 0 ? Change.WIDER.in(direction) : Effect.BREAKING);
                return;
            }
            boolean wider = slot.min() <= former.min() && slot.max() >= former.max();
            boolean narrower = slot.min() >= former.min() && slot.max() <= former.max();
            changed(DifferenceKind.OCCURRENCE_CHANGED, inside, former.occurrence(), slot.occurrence(), (wider ? Change.WIDER : narrower ? Change.NARROWER : Change.OTHER).in(direction));
            changed(DifferenceKind.MODEL_CHANGED, inside, former.model(), slot.model(), Effect.BREAKING);
            if (former.element().isPresent() && slot.element().isPresent()) {
                element(inside, former.element().get(), slot.element().get(), direction);
            }
        });
        changed(DifferenceKind.ORDER_CHANGED, path, order(was, is), order(is, was), Effect.BREAKING);
    }

    /** Of what stands in both, in both in an order that counts. */
    private static String order(Map<String, Slot> slots, Map<String, Slot> others) {
        return slots.entrySet().stream().filter(one -> others.containsKey(one.getKey()) && one.getValue().ordered() && others.get(one.getKey()).ordered())
                .map(one -> local(one.getKey())).collect(Collectors.joining(", "));
    }

    private void attributes(String path, Content was, Content is, Direction direction) {
        was.attributes.forEach((name, attribute) -> {
            if (!is.attributes.containsKey(name)) {
                note(DifferenceKind.ATTRIBUTE_REMOVED, path + "/@" + local(name), name, "", required(attribute) ? Effect.BREAKING : Change.NARROWER.in(direction));
            }
        });
        is.attributes.forEach((name, attribute) -> {
            budget.keep(path.length() + name.length());
            String inside = path + "/@" + local(name);
            XmlSchemaAttribute former = was.attributes.get(name);
            if (former == null) {
                note(DifferenceKind.ATTRIBUTE_ADDED, inside, "", name, required(attribute) ? Effect.BREAKING : Change.WIDER.in(direction));
                return;
            }
            if (required(former) != required(attribute)) {
                note(DifferenceKind.ATTRIBUTE_USE_CHANGED, inside, use(former), use(attribute), Change.ofRestriction(required(attribute)).in(direction));
            }
            values(inside, former.getDefaultValue(), attribute.getDefaultValue(), former.getFixedValue(), attribute.getFixedValue(), direction);
            text(inside, textOf(former, before), textOf(attribute, after), direction);
        });
        Change wildcard = was.anyAttribute.isEmpty() ? Change.WIDER : is.anyAttribute.isEmpty() ? Change.NARROWER : Change.OTHER;
        changed(DifferenceKind.WILDCARD_CHANGED, path, was.anyAttribute, is.anyAttribute, wildcard.in(direction));
    }

    private TextType textOf(XmlSchemaAttribute attribute, Components components) {
        XmlSchemaAttribute meant = attribute;
        if (attribute.isRef()) {
            QName name = attribute.getRef().getTargetQName();
            if (!components.hasAttribute(name)) {
                return TextType.any();
            }
            meant = components.attribute(name);
        }
        if (meant.getSchemaTypeName() != null) {
            return TextType.named(meant.getSchemaTypeName(), components, budget);
        }
        return meant.getSchemaType() == null ? TextType.any() : TextType.of(meant.getSchemaType(), components, budget);
    }

    private static boolean required(XmlSchemaAttribute attribute) {
        return attribute.getUse() == XmlSchemaUse.REQUIRED;
    }

    private static String use(XmlSchemaAttribute attribute) {
        return required(attribute) ? "required" : "optional";
    }

    private void text(String path, TextType was, TextType is, Direction direction) {
        Change base = is.baseIncludes(was) ? Change.WIDER : was.baseIncludes(is) ? Change.NARROWER : Change.OTHER;
        changed(DifferenceKind.TYPE_CHANGED, path, was.base(), is.base(), base.in(direction));
        Set<String> facets = new TreeSet<>(was.bounds().keySet());
        facets.addAll(is.bounds().keySet());
        for (String facet : facets) {
            String older = was.bounds().get(facet);
            String newer = is.bounds().get(facet);
            changed(DifferenceKind.FACET_CHANGED, path, older == null ? "" : facet + " " + older, newer == null ? "" : facet + " " + newer, bound(facet, older, newer).in(direction));
        }
        if (!was.patterns().equals(is.patterns())) {
            Change change = is.patterns().containsAll(was.patterns()) ? Change.NARROWER : was.patterns().containsAll(is.patterns()) ? Change.WIDER : Change.OTHER;
            note(DifferenceKind.FACET_CHANGED, path, patterns(was), patterns(is), change.in(direction));
        }
        enumeration(path, was, is, direction);
    }

    private static String patterns(TextType type) {
        return type.patterns().isEmpty() ? "" : "pattern " + String.join(" & ", new TreeSet<>(type.patterns()));
    }

    private static Change bound(String facet, String older, String newer) {
        if (facet.equals("whiteSpace")) {
            return Change.OTHER;
        }
        if (older == null || newer == null) {
            return Change.ofRestriction(newer != null);
        }
        try {
            int compared = new BigDecimal(newer).compareTo(new BigDecimal(older));
            boolean lower = facet.startsWith("min");
            boolean upper = facet.startsWith("max") || facet.endsWith("Digits");
            return lower || upper ? lower == compared < 0 ? Change.WIDER : Change.NARROWER : Change.OTHER;
        } catch (NumberFormatException e) {
            // Bounds of moments and durations.
            return Change.OTHER;
        }
    }

    private void enumeration(String path, TextType was, TextType is, Direction direction) {
        if (was.enumeration().isPresent() && is.enumeration().isPresent()) {
            Set<String> older = was.enumeration().get();
            Set<String> newer = is.enumeration().get();
            older.stream().filter(value -> !newer.contains(value)).forEach(value -> note(DifferenceKind.VALUE_REMOVED, path, value, "", Change.NARROWER.in(direction)));
            newer.stream().filter(value -> !older.contains(value)).forEach(value -> note(DifferenceKind.VALUE_ADDED, path, "", value, Change.WIDER.in(direction)));
        } else if (was.enumeration().isPresent() || is.enumeration().isPresent()) {
            note(DifferenceKind.FACET_CHANGED, path, values(was), values(is), Change.ofRestriction(is.enumeration().isPresent()).in(direction));
        }
    }

    private static String values(TextType type) {
        return type.enumeration().map(values -> "enumeration " + String.join(", ", values)).orElse("");
    }

    /** Of {namespace}name, and of what stands for a wildcard. */
    private static String local(String name) {
        return name.startsWith("{") ? name.substring(name.indexOf('}') + 1) : name;
    }

    private void changed(DifferenceKind kind, String path, String was, String is, Effect effect) {
        if (!was.equals(is)) {
            note(kind, path, was, is, effect);
        }
    }

    /** What is written to and fro is noted once, with the worse of its effects. */
    private void note(DifferenceKind kind, String path, String was, String is, Effect effect) {
        budget.keep(path.length() + was.length() + is.length() + 64L);
        found.merge(new Key(kind, path, was, is), effect, (one, other) -> one == Effect.BREAKING ? one : other);
    }
}
