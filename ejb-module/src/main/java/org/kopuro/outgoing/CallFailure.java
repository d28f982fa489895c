package org.kopuro.outgoing;

/** Carries out of an attempt why it gave no answer. */
final class CallFailure extends Exception {

    final PeerRefusal code;
    final String detail;
    private final boolean sent;

    private CallFailure(PeerRefusal code, boolean sent, String detail) {
        super(code + " " + detail, null, false, false);
        this.code = code;
        this.sent = sent;
        this.detail = detail;
    }

    static CallFailure unsent(PeerRefusal code, String detail) {
        return new CallFailure(code, false, detail);
    }

    static CallFailure sent(PeerRefusal code, String detail) {
        return new CallFailure(code, true, detail);
    }

    /** Nobody answered, which says something about the peer's health. */
    boolean outage() {
        return switch (code) {
            case PEER_UNREACHABLE, PEER_TIMED_OUT, PEER_BROKE_OFF -> true;
            default -> false;
        };
    }

    /** A call that ran out of time has none left for another attempt. */
    boolean mayBeTriedAgain(boolean repeatable) {
        return outage() && code != PeerRefusal.PEER_TIMED_OUT && (repeatable || !sent);
    }
}
