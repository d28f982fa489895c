package org.kopuro.conformance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kopuro.client.NotVerifiable;

/** TEST inside this process: knows one taxpayer, and keeps what it was asked. */
final class FakeTest implements AutoCloseable {

    private final HttpServer server;
    private final List<Request> asked = new CopyOnWriteArrayList<>();

    FakeTest(PlayedAnswers answers, String inn) throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                Request request = Request.read(exchange.getRequestBody().readAllBytes());
                asked.add(request);
                byte[] body = request.inn().equals(inn) ? answers.answered(request) : answers.refused(request, "TOKEN_NOT_ACCEPTED");
                exchange.getResponseHeaders().set("Kopuro-Ledger-Entry", UUID.randomUUID().toString());
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } catch (NotVerifiable e) {
                throw new IOException(e);
            }
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/soap/tax/v1");
    }

    List<Request> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
