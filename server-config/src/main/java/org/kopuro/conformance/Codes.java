package org.kopuro.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.kopuro.access.conformance.MessageProtocol;

/** The protocol's refusals (docs/protocols/tax-v1.md and rest-v1.md; a test compares). */
final class Codes {

    /**
     * @param faultcode  in CamelCase
     * @param code       in the Fault's detail
     * @param repeatable the protocol says that the call may be made again, signed anew
     */
    record Fault(String faultcode, Optional<String> code, boolean repeatable) {

        String spelled(boolean snakeCase) {
            // A word begins at each capital letter; components are divided by dots.
            return snakeCase ? faultcode.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").replaceAll("(Server|Client)_Proxy", "$1Proxy").toLowerCase(Locale.ROOT) : faultcode;
        }

        /** A caller whose signature could not be verified is a stranger, and gets none. */
        boolean signed() {
            return !faultcode.startsWith("Client.") || faultcode.startsWith("Client.Certificate") || faultcode.equals("Client.MessageIdRepeated");
        }
    }

    static final Fault TEMPORARILY_UNAVAILABLE = new Fault("Server.Kopuro.TemporarilyUnavailable", Optional.empty(), true);
    static final Fault INTERNAL_ERROR = new Fault("Server.Kopuro.InternalError", Optional.empty(), true);

    private static final List<String> ABOUT_MESSAGES = List.of("InvalidHttpMethod", "InvalidSoapAction", "InvalidRequest", "InvalidContentType", "MimeParsingFailed",
            "MissingSoap", "InvalidSoap", "InvalidXml", "MissingHeader", "MissingHeaderField", "DuplicateHeaderField", "InvalidProtocolVersion", "MissingBody",
            "InvalidBody", "InconsistentHeaders", "MustUnderstand", "HeaderFieldTooLong", "MessageTooLarge", "RequestStructureInvalid", "EndpointUnknown",
            "SignatureMissing", "SignatureFormRefused", "SignatureAlgorithmRefused", "SignatureIncomplete", "SignatureInvalid", "DuplicateId", "TimestampMissing",
            "TimestampInvalid", "TimestampOutsideWindow", "MessageReplayed", "MessageIdRepeated", "GatewayUnknown", "CertificateUnknown", "CertificateOfAnotherSubsystem",
            "CertificateBlocked", "CertificateNotYetValid", "CertificateExpired", "CertificateKeyRefused");

    /** Of the form that a SOAP message has, and a REST one has not. */
    private static final Set<String> OF_SOAP = Set.of("InvalidSoapAction", "MimeParsingFailed", "MissingSoap", "InvalidSoap", "InvalidXml", "MissingHeader", "MissingHeaderField",
            "InvalidProtocolVersion", "MissingBody", "InvalidBody", "InconsistentHeaders", "MustUnderstand", "RequestStructureInvalid", "EndpointUnknown", "DuplicateId");
    private static final List<String> OF_REST = List.of("BadRequest", "InvalidClientIdentifier", "ContentDigestInvalid");

    /** In the detail → what a Security Server would have said. */
    private static final Map<String, String> OF_A_SECURITY_SERVER = new TreeMap<>(Map.of("MEMBER_UNKNOWN", "Server.ClientProxy.UnknownMember",
            "PROVIDER_UNKNOWN", "Server.ClientProxy.UnknownMember", "SERVICE_UNKNOWN", "Server.ServerProxy.UnknownService",
            "SERVICE_DISABLED", "Server.ServerProxy.ServiceDisabled", "PARTICIPANT_NOT_CONNECTED", "Server.ServerProxy.AccessDenied",
            "PARTICIPANT_SUSPENDED", "Server.ServerProxy.AccessDenied", "PARTICIPANT_DISCONNECTED", "Server.ServerProxy.AccessDenied",
            "ACCESS_RIGHT_MISSING", "Server.ServerProxy.AccessDenied", "MAJOR_VERSION_NOT_TESTED", "Server.ServerProxy.AccessDenied"));

    /** An announced outage ends, and the protocol says that the call may be made again then. */
    private static final Fault UNAVAILABLE_PLANNED = new Fault("Server.ServerProxy.ServiceDisabled", Optional.of("SERVICE_UNAVAILABLE_PLANNED"), true);

    /** Maintenance ends, and the protocol says that the call may be made again then. */
    private static final Fault MAINTENANCE_MODE = new Fault("Server.ClientProxy.MaintenanceMode", Optional.of("MAINTENANCE_MODE"), true);

    /** A limit on use ends, and the protocol says that the call may be made again then. */
    private static final Fault RATE_LIMITED = new Fault("Server.Kopuro.RateLimited", Optional.of("RATE_LIMITED"), true);

    /** A service's own: over SOAP inside a response; those that end or freeze a token have scenarios of their own. */
    static final List<String> BUSINESS = List.of("INN_MISSING", "INN_LENGTH", "INN_NOT_DIGITS", "INN_FIRST_DIGIT", "INN_DAY", "INN_MONTH", "INN_YEAR",
            "TAXPAYER_UNKNOWN", "DEBTS_NOT_LOADED", "PERIOD_INCOMPLETE", "PERIOD_UNREADABLE", "PERIOD_REVERSED", "PERIOD_IN_THE_FUTURE", "CONSENT_REQUIRED",
            "TOKEN_MALFORMED", "TOKEN_NOT_ACCEPTED", "SUBSYSTEM_MISMATCH", "SERVICE_NOT_COVERED", "SUBJECT_MISMATCH", "PERIOD_NOT_COVERED", "FREQUENCY_EXCEEDED",
            "CONSENT_WITHDRAWN", "CONSENT_DISPUTED");
    /** What is no JSON of the contract; in SOAP the exchange says so, by its schema. */
    private static final List<String> BUSINESS_OF_REST = List.of("BODY_NOT_JSON", "FIELD_INVALID", "FIELD_UNKNOWN");
    static final String REVOKED = "CONSENT_REVOKED";
    static final String EXPIRED = "CONSENT_EXPIRED";
    static final String EXHAUSTED = "CONSENT_EXHAUSTED";
    static final String FROZEN = "CONSENT_FROZEN";
    /** The protocol grows: what a product does not know it must not take for an answer. */
    static final String NOT_YET_INVENTED = "NOT_YET_INVENTED";

    private Codes() {
    }

    static List<String> business(MessageProtocol protocol) {
        return protocol == MessageProtocol.SOAP ? BUSINESS : Stream.concat(BUSINESS.stream(), BUSINESS_OF_REST.stream()).toList();
    }

    static List<Fault> faults(MessageProtocol protocol) {
        List<Fault> faults = new ArrayList<>();
        List<String> aboutMessages = protocol == MessageProtocol.SOAP ? ABOUT_MESSAGES
                : Stream.concat(ABOUT_MESSAGES.stream().filter(name -> !OF_SOAP.contains(name)), OF_REST.stream()).toList();
        for (String name : aboutMessages) {
            String code = name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
            faults.add(new Fault("Client." + name, Optional.of(code), name.equals("MessageReplayed")));
        }
        OF_A_SECURITY_SERVER.forEach((code, faultcode) -> faults.add(new Fault(faultcode, Optional.of(code), false)));
        faults.add(UNAVAILABLE_PLANNED);
        faults.add(MAINTENANCE_MODE);
        faults.add(RATE_LIMITED);
        faults.add(INTERNAL_ERROR);
        return faults;
    }

    static Fault ofCode(String code) {
        return faults(MessageProtocol.SOAP).stream().filter(fault -> fault.code().equals(Optional.of(code))).findFirst().orElseThrow();
    }
}
