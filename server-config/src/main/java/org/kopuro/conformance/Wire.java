package org.kopuro.conformance;

import java.net.URI;
import java.util.Map;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.client.NotVerifiable;

/** How a product and TEST talk with each other: requests and answers of one protocol, read. Requests are given back to the wire that read them only. */
interface Wire {

    MessageProtocol protocol();

    /** Below this the product calls. */
    String path();

    /** Throws when too little of it can be read to answer it. */
    Request read(Incoming message) throws NotVerifiable;

    /** Where TEST has what was called. */
    URI address(Incoming message);

    /** The fields that TEST is to see. */
    Map<String, String> passedOn(Incoming message);

    /** What TEST's answer says, once it is verified to be that: {@code ANSWERED}, or the code of the refusal. */
    String outcome(Request asked, Outgoing answer) throws NotVerifiable;
}
