package org.kopuro.exchange.soap;

import org.kopuro.exchange.evidence.Exchanged;
import org.w3c.dom.Document;

/** A request's SOAP document as a tree, and as the octets that it was read from. */
record Received(Document document, Exchanged.Message message) {
}
