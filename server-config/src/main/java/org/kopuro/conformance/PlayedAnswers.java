package org.kopuro.conformance;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.kopuro.access.conformance.MessageProtocol;

/** Answers as TEST gives them by a protocol, of invented content, signed with the harness's key; and such as TEST never gives, by what is wrong with them. */
interface PlayedAnswers {

    /** @param stranger nobody's: what is signed with it must not be trusted */
    static PlayedAnswers by(MessageProtocol protocol, OwnKeys keys, OwnKeys stranger, Clock clock) {
        return protocol == MessageProtocol.SOAP ? new SoapAnswers(keys, stranger, clock) : new RestAnswers(keys, stranger, clock);
    }

    Outgoing answered(Request request);

    /** A service's own refusal. */
    Outgoing refused(Request request, String code);

    /** The exchange's, or a failure. */
    Outgoing fault(Request request, String faultcode, Optional<String> code, boolean sign);

    /** To a request of which nothing could be read. */
    Outgoing unreadable();

    /** Not signed by TEST as they stand. */
    Map<String, Function<Request, Outgoing>> forged();

    /** Signed, and to other calls. */
    Map<String, Function<Request, Outgoing>> toOthers();

    /** No answers at all. @param elsewhere an address that one of them may name */
    Map<String, Function<Request, Outgoing>> unreadable(String elsewhere);
}
