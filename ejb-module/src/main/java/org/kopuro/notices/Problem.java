package org.kopuro.notices;

/** Why a letter did not get away, in a word; the mail server's codes stand behind it. */
enum Problem {
    /** No connection, or none that lasted until the greeting was over. */
    SERVER_UNREACHABLE,
    /** No TLS where it is required, or a certificate that is not trusted. */
    SERVER_NOT_SECURE,
    /** The mail server does not accept user and password. */
    AUTHENTICATION_REFUSED,
    /** The mail server does not take letters from this sender, or takes none now. */
    SENDER_REFUSED,
    /** The mail server does not take the letter for this address. */
    RECIPIENT_REFUSED,
    /** The mail server does not take the letter as it is. */
    CONTENT_REFUSED,
    /** The connection broke off in the middle: it may have been taken or not. */
    CONNECTION_LOST,
    /** What was written into the address field is none. */
    ADDRESS_NOT_POSSIBLE,
    /** Our own fault; the log tells more. */
    DEFECT;

    String with(int code, String reply) {
        return code < 200 || code > 599 ? name() : name() + " " + code + EnhancedCode.in(reply, code);
    }
}
