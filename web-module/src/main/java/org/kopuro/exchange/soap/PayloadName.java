package org.kopuro.exchange.soap;

import org.kopuro.kernel.Refusal;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Makes the request element fit the service that the header names. X-Road lets the element's name merely begin with the
 * service code ({@code check1} for {@code check}); but one service's name may begin another's, and access is granted by the
 * header. So the header alone decides which service runs, and an element that is another service's is refused.
 */
final class PayloadName {

    private PayloadName() {
    }

    /** False when the endpoint has no such service. */
    static boolean settle(XRoadMessage message, SoapEndpoint endpoint) {
        String code = message.header().service().code();
        if (!endpoint.serviceCodes().contains(code)) {
            return false;
        }
        Element payload = message.payload();
        if (!endpoint.namespace(code).equals(payload.getNamespaceURI())) {
            throw Refusal.of(MessageRefusal.REQUEST_STRUCTURE_INVALID, payload.getLocalName(), endpoint.namespace(code));
        }
        String name = payload.getLocalName();
        if (!name.equals(code)) {
            if (endpoint.serviceCodes().contains(name)) {
                throw Refusal.of(MessageRefusal.INCONSISTENT_HEADERS, "xrd:service");
            }
            rename(payload, code);
        }
        return true;
    }

    /** After the signature has been verified; the contract's classes know one name only. */
    private static void rename(Element payload, String code) {
        Document document = payload.getOwnerDocument();
        String prefix = payload.getPrefix();
        document.renameNode(payload, payload.getNamespaceURI(), prefix == null ? code : prefix + ":" + code);
    }
}
