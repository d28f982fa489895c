package org.kopuro.kernel;

/** What can be wrong with any field of a request, whatever it means. */
public enum InputRefusal implements RefusalCode {
    BODY_NOT_JSON,
    /** The connection broke off, or nothing came for as long as the server waits. */
    BODY_INCOMPLETE,
    FIELD_MISSING,
    FIELD_UNKNOWN,
    FIELD_TOO_LONG,
    FIELD_INVALID,
    TRANSITION_NOT_ALLOWED,
    NOT_FOUND,
    /** It is about a person, and addresses are logged on the way. */
    NOT_IN_THE_ADDRESS,
    REQUEST_TOO_LARGE;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case REQUEST_TOO_LARGE -> RefusalKind.TOO_LARGE;
            case NOT_FOUND -> RefusalKind.NOT_THERE;
            case TRANSITION_NOT_ALLOWED -> RefusalKind.CONFLICT;
            default -> RefusalKind.MALFORMED;
        };
    }
}
