package org.kopuro.conformance;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.client.NotVerifiable;

/**
 * X-Road REST of direct callers: docs/protocols/rest-v1.md.
 *
 * @param test      the provider: {@code …/r1/instance/class/member/subsystem}
 * @param connected the certificate that the product's connections may show in place of signatures
 * @param server    whose signature answers of TEST have
 */
record RestWire(URI test, Optional<X509Certificate> connected, X509Certificate server, Clock clock) implements Wire {

    /** Between two neighbours only, or the other one's to say anew (RFC 9110 §7.6.1). */
    static final Set<String> OF_THE_CONNECTION = Set.of("connection", "content-length", "expect", "host", "http2-settings", "keep-alive", "proxy-authorization",
            "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    @Override
    public MessageProtocol protocol() {
        return MessageProtocol.REST;
    }

    /** The same as at TEST: it is signed. */
    @Override
    public String path() {
        return test.getRawPath();
    }

    @Override
    public Request read(Incoming message) throws NotVerifiable {
        return RestRequest.read(message, path(), connected);
    }

    @Override
    public URI address(Incoming message) {
        return URI.create(test.getScheme() + "://" + test.getRawAuthority() + message.path() + message.query().map(text -> "?" + text).orElse(""));
    }

    @Override
    public Map<String, String> passedOn(Incoming message) {
        Map<String, String> fields = new HashMap<>();
        message.fields().keySet().stream().filter(name -> !OF_THE_CONNECTION.contains(name)).forEach(name -> fields.put(name, message.field(name).orElseThrow()));
        return fields;
    }

    @Override
    public String outcome(Request asked, Outgoing answer) throws NotVerifiable {
        boolean answered = answer.status() == 200;
        // A stranger gets no signature, and a forged refusal does no more harm than silence.
        if (answered || answer.field("signature").isPresent()) {
            requireSigned((RestRequest) asked, answer);
        }
        JsonObject body = Json.object(answer.body());
        if (answered) {
            return ForwardedCall.ANSWERED;
        }
        return text(body, "code").or(() -> text(body, "type")).orElseThrow(() -> new NotVerifiable("it is neither an answer nor an error of X-Road REST"));
    }

    private void requireSigned(RestRequest asked, Outgoing answer) throws NotVerifiable {
        Map<String, String> fields = new HashMap<>();
        answer.fields().forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), value));
        HttpSignature.requireDigest(Optional.ofNullable(fields.get("content-digest")), answer.body());
        List<String> needed = new ArrayList<>(List.of("@status", "content-type", "content-digest"));
        if (!asked.id().isEmpty()) {
            needed.add(RestRequest.ID + HttpSignature.OF_THE_REQUEST);
        }
        HttpSignature.require(fields, asked.andAnswered(answer.status(), fields), needed, server, clock);
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
