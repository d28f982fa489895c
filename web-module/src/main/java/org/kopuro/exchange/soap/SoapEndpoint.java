package org.kopuro.exchange.soap;

import java.util.Set;
import org.kopuro.exchange.metaservices.Protocol;
import org.kopuro.exchange.metaservices.PublishedServices;

/** A SOAP service that the exchange publishes; the implementation carries the {@code @WebService} contract. */
public interface SoapEndpoint extends PublishedServices {

    /** The address below {@code /soap}, for example {@code /tax/v1}. */
    String address();

    /** The namespace of its request elements. */
    String namespace();

    /** Likewise, where one service's differs. */
    default String namespace(String serviceCode) {
        return namespace();
    }

    /** How long a SOAP document it takes; the largest honest one of most is a hundredth of this. */
    default int documentOctetsMax() {
        return HttpMessage.SOAP_OCTETS_MAX;
    }

    /** How long a whole request may be, with what comes beside it and is dropped; of attachments that are taken the service's own limit says how large they are. */
    default int requestOctetsMax() {
        return HttpMessage.REQUEST_OCTETS_MAX;
    }

    /** Whether its messages refer to attachments; what comes beside a message is dropped where they do not. */
    default boolean takesAttachments() {
        return false;
    }

    /** The elements of its messages whose value refers to an attachment (swaRef). */
    default Set<String> swaReferences() {
        return Set.of();
    }

    @Override
    default Protocol protocol() {
        return Protocol.SOAP;
    }
}
