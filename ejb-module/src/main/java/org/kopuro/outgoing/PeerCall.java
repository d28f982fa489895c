package org.kopuro.outgoing;

import java.util.Map;
import java.util.Optional;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;

/**
 * A question to a peer.
 *
 * @param contour    whose data this is about
 * @param namespace  of the Body's elements
 * @param element    in the Body; X-Road wants it to begin with the service's code
 * @param fields     inside it, in order
 * @param repeatable whether asking twice does no more than asking once
 * @param subject    whom it is about; the ledger gets a keyed hash
 * @param issue      the case that it serves, for the peer's own records
 */
public record PeerCall(Contour contour, PeerAddress peer, String namespace, String element, Map<String, String> fields, boolean repeatable, Optional<String> subject,
        Optional<String> issue, Actor by) {
}
