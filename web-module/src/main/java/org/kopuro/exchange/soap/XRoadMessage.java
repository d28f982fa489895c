package org.kopuro.exchange.soap;

import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A message of the right form: one Body with one child, and an X-Road header. Nothing is said yet of who sent it. */
record XRoadMessage(Document document, Element soapHeader, XRoadHeader header, Element body, Element payload) {
}
