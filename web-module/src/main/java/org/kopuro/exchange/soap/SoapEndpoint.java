package org.kopuro.exchange.soap;

import java.util.Optional;
import java.util.Set;

/** A SOAP service that the exchange publishes; the implementation carries the {@code @WebService} contract. */
public interface SoapEndpoint {

    /** The address below {@code /soap}, for example {@code /tax/v1}. */
    String address();

    /** The service codes it answers: the names of its request elements. */
    Set<String> serviceCodes();

    /** The namespace of its request elements. */
    String namespace();

    /** How long a SOAP document it takes; the largest honest one of most is a hundredth of this. */
    default int documentOctetsMax() {
        return HttpMessage.SOAP_OCTETS_MAX;
    }

    /** How long a whole request may be, with all its attachments. */
    default int requestOctetsMax() {
        return HttpMessage.REQUEST_OCTETS_MAX;
    }

    /** Whether its messages refer to attachments (XOP); what comes beside a message is dropped where they do not. */
    default boolean takesAttachments() {
        return false;
    }

    /** The version of services for participants that need not be connected; empty where calling presupposes a connection. */
    default Optional<String> versionForApplicants() {
        return Optional.empty();
    }
}
