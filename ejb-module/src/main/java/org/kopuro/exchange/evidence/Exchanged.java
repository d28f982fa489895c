package org.kopuro.exchange.evidence;

import java.util.Objects;

/**
 * The two messages of a call as they went over the wire. Of a request with attachments it is the SOAP part.
 *
 * @param thumbprint SHA-256 of the certificate that proved the caller, as in its credential
 */
public record Exchanged(Message request, Message answer, byte[] thumbprint) {

    public Exchanged {
        Objects.requireNonNull(request);
        Objects.requireNonNull(answer);
        Objects.requireNonNull(thumbprint);
    }

    /** Never printed: a request's octets hold the token. */
    @Override
    public String toString() {
        return "messages of " + request.octets().length + " and " + answer.octets().length + " octets";
    }

    /** Octets with the Content-Type under which they travelled. */
    public record Message(String type, byte[] octets) {

        private static final int TYPE_LENGTH_MAX = 300;

        public Message {
            type = type.length() <= TYPE_LENGTH_MAX ? type : type.substring(0, TYPE_LENGTH_MAX);
        }

        @Override
        public String toString() {
            return octets.length + " octets of " + type;
        }
    }
}
