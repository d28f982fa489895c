package org.kopuro.exchange.evidence;

import java.util.Optional;

/**
 * What a container is made of.
 *
 * @param request     as exchanged
 * @param answer      as exchanged
 * @param decision    canonical JSON
 * @param certificate of the caller, DER; none where a Security Server vouched
 */
record Contents(byte[] request, byte[] answer, byte[] decision, Optional<byte[]> certificate) {

    /** Never printed: the request holds the token. */
    @Override
    public String toString() {
        return "contents of " + request.length + " and " + answer.length + " octets";
    }
}
