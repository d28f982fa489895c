package org.kopuro.outgoing;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why another agency's service gave no answer. */
public enum PeerRefusal implements RefusalCode {
    /** No Security Server is named in the settings. */
    PEERS_NOT_SET,
    /** Nothing left our side. */
    PEER_UNREACHABLE,
    PEER_TIMED_OUT,
    /** It may have got the question, and its answer did not come whole. */
    PEER_BROKE_OFF,
    /** One side does not accept the other's certificate. */
    PEER_NOT_TRUSTED,
    /** So many outages lately that it was not even tried. */
    PEER_RESTING,
    /** So many calls to it at this moment that it was not even tried. */
    PEER_BUSY,
    /** It answered with a Fault. */
    PEER_REFUSED,
    PEER_ANSWER_UNUSABLE;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case PEERS_NOT_SET, PEER_RESTING, PEER_BUSY -> RefusalKind.UNAVAILABLE;
            case PEER_TIMED_OUT -> RefusalKind.TIMED_OUT;
            default -> RefusalKind.PEER_FAILED;
        };
    }
}
