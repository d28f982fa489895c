package org.kopuro.outgoing;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Refusal;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * How a call ended. Its record in the ledger is committed in any case, and so a refusal is a value.
 *
 * @param call    its message id, and the id of its first entry in the ledger
 * @param body    the element in the answer's Body
 * @param refusal why there is none
 */
public record PeerAnswer(UUID call, Optional<Element> body, Optional<Refusal> refusal) {

    static PeerAnswer of(UUID call, Element body) {
        return new PeerAnswer(call, Optional.of(body), Optional.empty());
    }

    static PeerAnswer refused(UUID call, Refusal refusal) {
        return new PeerAnswer(call, Optional.empty(), Optional.of(refusal));
    }

    /** Itself, where there is an answer. */
    public PeerAnswer orRefuse() {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        return this;
    }

    /** The text of the first element of this name, whatever its namespace: contracts of the exchange qualify their inner elements or do not. */
    public Optional<String> text(String name) {
        return body.map(element -> element.getElementsByTagNameNS("*", name).item(0)).map(Node::getTextContent).map(String::strip).filter(text -> !text.isEmpty());
    }
}
