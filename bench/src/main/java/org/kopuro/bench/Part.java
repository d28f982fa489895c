package org.kopuro.bench;

import java.util.List;

/**
 * A signed element. On the wire its namespaces stand on the envelope; what is digested is its exclusive canonical form, in
 * which they stand on the element itself. Written by hand, so that a message costs one signature and no tree.
 *
 * @param attributes in canonical order, {@code wsu:Id} among them
 * @param namespaces declarations in canonical order: those that the element itself uses
 */
record Part(String id, String name, String attributes, List<String> namespaces, String content) {

    String wire() {
        return "<" + name + " " + attributes + ">" + content + "</" + name + ">";
    }

    String canonical() {
        return "<" + name + " " + String.join(" ", namespaces) + " " + attributes + ">" + content + "</" + name + ">";
    }
}
