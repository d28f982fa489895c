package org.kopuro.conformance;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Map;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.client.Answer;
import org.kopuro.client.NotVerifiable;

/**
 * SOAP: docs/protocols/tax-v1.md.
 *
 * @param test   the tax services
 * @param server whose signature answers of TEST have
 */
record SoapWire(URI test, X509Certificate server, Clock clock) implements Wire {

    private static final String PATH = "/soap/tax/v1";

    @Override
    public MessageProtocol protocol() {
        return MessageProtocol.SOAP;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Request read(Incoming message) throws NotVerifiable {
        if (!message.is("POST", "text/xml", Incoming.LENGTH_MAX)) {
            throw new NotVerifiable("it is not a POST of at most " + Incoming.LENGTH_MAX + " octets with the Content-Type text/xml");
        }
        return SoapRequest.read(message.body());
    }

    @Override
    public URI address(Incoming message) {
        return test;
    }

    @Override
    public Map<String, String> passedOn(Incoming message) {
        return Map.of(Outgoing.CONTENT_TYPE, message.field("content-type").orElseThrow(), "SOAPAction", "\"\"");
    }

    @Override
    public String outcome(Request asked, Outgoing answer) throws NotVerifiable {
        return Answer.verified(answer.body(), ((SoapRequest) asked).document(), server, clock).refusal().orElse(ForwardedCall.ANSWERED);
    }
}
