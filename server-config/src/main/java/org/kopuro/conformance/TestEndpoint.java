package org.kopuro.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.client.Answer;
import org.kopuro.client.NotVerifiable;

/** The tax services of TEST, to which requests are passed on octet by octet. */
final class TestEndpoint {

    static final int LENGTH_MAX = 10 * 1024 * 1024;
    private static final String LEDGER_ENTRY = "Kopuro-Ledger-Entry";
    private static final int TEXT_MAX = 255;

    private final URI address;
    private final X509Certificate server;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /** @param trouble why the answer proves nothing: TEST did not sign it as it stands */
    record Told(int status, String contentType, byte[] body, ForwardedCall call, Optional<String> trouble) {
    }

    TestEndpoint(URI address, X509Certificate server, Clock clock) {
        this.address = address;
        this.server = server;
        this.clock = clock;
    }

    URI address() {
        return address;
    }

    Told ask(Request request, byte[] octets, String contentType) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60)).header("Content-Type", contentType)
                .header("SOAPAction", "\"\"").POST(BodyPublishers.ofByteArray(octets)).build(), BodyHandlers.ofInputStream());
        byte[] body;
        try (InputStream stream = response.body()) {
            body = stream.readNBytes(LENGTH_MAX + 1);
        }
        if (body.length > LENGTH_MAX) {
            throw new IOException("more than " + LENGTH_MAX + " octets");
        }
        String outcome = "NOT_VERIFIABLE";
        Optional<String> trouble = Optional.empty();
        try {
            outcome = Answer.verified(body, request.document(), server, clock).refusal().orElse(ForwardedCall.ANSWERED);
        } catch (NotVerifiable e) {
            trouble = Optional.of("the answer of TEST proves nothing, because " + e.getMessage());
        }
        return new Told(response.statusCode(), response.headers().firstValue("Content-Type").orElse(Reply.XML), body,
                new ForwardedCall(Shortened.to(TEXT_MAX, request.id()), Shortened.to(TEXT_MAX, request.service()), Shortened.to(TEXT_MAX, outcome),
                        response.headers().firstValue(LEDGER_ENTRY).map(entry -> Shortened.to(TEXT_MAX, entry))), trouble);
    }
}
