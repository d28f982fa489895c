package org.kopuro.conformance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.kopuro.client.NotVerifiable;

/** TEST inside this process: knows one taxpayer, and keeps what it was asked. */
final class FakeTest implements AutoCloseable {

    private final HttpServer server;
    private final String scheme;
    private final String path;
    private final List<Request> asked = new CopyOnWriteArrayList<>();

    FakeTest(PlayedAnswers answers, Wire wire, String inn, Optional<SSLContext> connections) throws IOException {
        path = wire.path();
        scheme = connections.isPresent() ? "https" : "http";
        server = Stage.listen(0, connections);
        server.createContext("/", exchange -> {
            try (exchange) {
                Request request = wire.read(Incoming.of(exchange));
                asked.add(request);
                Outgoing answer = request.inn().equals(inn) ? answers.answered(request) : answers.refused(request, "TOKEN_NOT_ACCEPTED");
                // Of REST the answer has one, and it is signed.
                exchange.getResponseHeaders().set("Kopuro-Ledger-Entry", UUID.randomUUID().toString());
                answer.fields().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
                exchange.sendResponseHeaders(answer.status(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (NotVerifiable e) {
                throw new IOException(e);
            }
        });
        server.start();
    }

    URI address() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    List<Request> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
