package org.kopuro.exchange.operations;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the edge alone knows of a recorded call.
 *
 * @param occurrence of its usage entry, which is committed
 * @param rest       of a call of X-Road's REST; a call without it is SOAP
 * @param represented whom the caller said that it represents
 * @param faultCode  as the caller was told it; empty for an answer
 * @param status     of HTTP
 */
public record Operation(UUID occurrence, Instant requestIn, Instant responseOut, Optional<RestCall> rest, Optional<Represented> represented, Size request,
        Size response, Optional<String> faultCode, int status) {

    /** Clocks may be set back during a call. */
    public Operation {
        responseOut = responseOut.isBefore(requestIn) ? requestIn : responseOut;
    }

    /** Of a caller that represents nobody. */
    public Operation(UUID occurrence, Instant requestIn, Instant responseOut, Optional<RestCall> rest, Size request, Size response, Optional<String> faultCode, int status) {
        this(occurrence, requestIn, responseOut, rest, Optional.empty(), request, response, faultCode, status);
    }

    /** X-Road's fields of the same name. */
    public record Represented(Optional<String> partyClass, String partyCode) {
    }

    /** The path without the service's own part; what is longer than X-Road's 255 characters is cut. */
    public record RestCall(String method, String path) {

        private static final int MAX = 255;

        public RestCall {
            path = path.length() <= MAX ? path : path.substring(0, MAX);
        }
    }

    /** Of a whole message, its attachments among the octets. */
    public record Size(long octets, int attachments) {
    }
}
