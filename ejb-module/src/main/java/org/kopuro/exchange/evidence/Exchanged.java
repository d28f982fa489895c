package org.kopuro.exchange.evidence;

import java.util.List;
import java.util.Objects;

/**
 * The two messages of a call as they went over the wire. Of a message with attachments it is the SOAP part, and the attachments' digests.
 *
 * @param thumbprint SHA-256 of the certificate that proved the caller, as in its credential
 */
public record Exchanged(Message request, Message answer, byte[] thumbprint) {

    private static final int NAME_LENGTH_MAX = 300;

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

    /** Octets with the Content-Type under which they travelled, and what lay beside them. */
    public record Message(String type, byte[] octets, List<Attached> attachments) {

        public Message {
            type = shortened(type);
            attachments = List.copyOf(attachments);
        }

        /** Without attachments. */
        public Message(String type, byte[] octets) {
            this(type, octets, List.of());
        }

        public Message beside(List<Attached> files) {
            return new Message(type, octets, files);
        }

        @Override
        public String toString() {
            return octets.length + " octets of " + type + " and " + attachments.size() + " attachments";
        }
    }

    /**
     * A file beside a message; its octets are kept elsewhere, if at all.
     *
     * @param octets how many, decoded
     * @param sha256 of them, in lower-case hexadecimal
     */
    public record Attached(String contentId, String mediaType, long octets, String sha256) {

        public Attached {
            contentId = shortened(contentId);
            mediaType = shortened(mediaType);
        }
    }

    private static String shortened(String text) {
        return text.length() <= NAME_LENGTH_MAX ? text : text.substring(0, NAME_LENGTH_MAX);
    }
}
