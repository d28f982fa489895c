package org.kopuro.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.client.NotVerifiable;

/** The tax services of TEST, to which requests are passed on octet by octet. */
final class TestEndpoint {

    static final int LENGTH_MAX = 10 * 1024 * 1024;
    private static final String LEDGER_ENTRY = "kopuro-ledger-entry";
    private static final int TEXT_MAX = 255;
    /** Said anew to the product. */
    private static final Set<String> NOT_PASSED_ON = Set.of("connection", "content-length", "date", "keep-alive", "trailer", "transfer-encoding", "upgrade");

    private final URI address;
    private final Wire wire;
    private final HttpClient client;

    /** @param trouble why the answer proves nothing: TEST did not sign it as it stands */
    record Told(Outgoing answer, ForwardedCall call, Optional<String> trouble) {
    }

    TestEndpoint(URI address, Wire wire, Optional<SSLContext> connections) {
        this.address = address;
        this.wire = wire;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
        connections.ifPresent(builder::sslContext);
        client = builder.build();
    }

    URI address() {
        return address;
    }

    Wire wire() {
        return wire;
    }

    Told ask(Request request, Incoming message) throws IOException, InterruptedException {
        HttpRequest.Builder passedOn = HttpRequest.newBuilder(wire.address(message)).timeout(Duration.ofSeconds(60)).POST(BodyPublishers.ofByteArray(message.body()));
        wire.passedOn(message).forEach(passedOn::header);
        HttpResponse<InputStream> response = client.send(passedOn.build(), BodyHandlers.ofInputStream());
        byte[] body;
        try (InputStream stream = response.body()) {
            body = stream.readNBytes(LENGTH_MAX + 1);
        }
        if (body.length > LENGTH_MAX) {
            throw new IOException("more than " + LENGTH_MAX + " octets");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":") && !NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                fields.put(name, String.join(", ", values));
            }
        });
        Outgoing answer = new Outgoing(response.statusCode(), fields, body);
        String outcome = "NOT_VERIFIABLE";
        Optional<String> trouble = Optional.empty();
        try {
            outcome = wire.outcome(request, answer);
        } catch (NotVerifiable e) {
            trouble = Optional.of("the answer of TEST proves nothing, because " + e.getMessage());
        }
        return new Told(answer, new ForwardedCall(Shortened.to(TEXT_MAX, request.id()), Shortened.to(TEXT_MAX, request.service()), Shortened.to(TEXT_MAX, outcome),
                answer.field(LEDGER_ENTRY).map(entry -> Shortened.to(TEXT_MAX, entry))), trouble);
    }
}
