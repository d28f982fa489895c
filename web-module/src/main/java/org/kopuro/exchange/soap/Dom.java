package org.kopuro.exchange.soap;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The few things that reading and writing messages needs of a document tree. */
final class Dom {

    private Dom() {
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static List<Element> children(Element parent, String namespace, String localName) {
        List<Element> children = children(parent);
        children.removeIf(child -> !is(child, namespace, localName));
        return children;
    }

    static boolean is(Element element, String namespace, String localName) {
        return namespace.equals(element.getNamespaceURI()) && localName.equals(element.getLocalName());
    }

    static Element append(Element parent, String namespace, String qualifiedName) {
        Document document = parent.getOwnerDocument();
        Element child = document.createElementNS(namespace, qualifiedName);
        parent.appendChild(child);
        return child;
    }

    static Element append(Element parent, String namespace, String qualifiedName, String text) {
        Element child = append(parent, namespace, qualifiedName);
        child.appendChild(parent.getOwnerDocument().createTextNode(text));
        return child;
    }

    static void declare(Element element, String prefix, String namespace) {
        element.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:" + prefix, namespace);
    }
}
