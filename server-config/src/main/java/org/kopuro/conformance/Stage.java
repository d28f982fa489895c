package org.kopuro.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.client.Identifier;
import org.kopuro.client.NotVerifiable;
import org.kopuro.verify.WrongUse;

/** The address that the product calls, and a second one that it must never call. */
final class Stage implements AutoCloseable {

    private static final int THREADS = 16;

    static {
        // Seconds; read once by the JDK's server, when its first instance is made.
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
    }

    private final TestEndpoint test;
    private final PlayedAnswers answers;
    private final Identifier client;
    private final X509Certificate certificate;
    private final Clock clock;
    private final String scheme;
    private final HttpServer server;
    private final HttpServer elsewhere;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicReference<Optional<Turn>> present = new AtomicReference<>(Optional.empty());
    private final AtomicInteger strays = new AtomicInteger();
    private final AtomicInteger astray = new AtomicInteger();

    /**
     * @param port        0: any that is free
     * @param connections of a run whose product shows itself by its connections
     */
    Stage(int port, TestEndpoint test, PlayedAnswers answers, Identifier client, X509Certificate certificate, Clock clock, Optional<SSLContext> connections) throws WrongUse {
        this.test = test;
        this.answers = answers;
        this.client = client;
        this.certificate = certificate;
        this.clock = clock;
        scheme = connections.isPresent() ? "https" : "http";
        try {
            server = listen(port, connections);
            elsewhere = listen(0, connections);
        } catch (IOException e) {
            throw new WrongUse("--listen " + port + " is not possible: " + e.getMessage() + ".");
        }
        server.createContext("/", this::hear);
        elsewhere.createContext("/", exchange -> {
            astray.incrementAndGet();
            exchange.close();
        });
        for (HttpServer each : List.of(server, elsewhere)) {
            each.setExecutor(threads);
            each.start();
        }
    }

    static HttpServer listen(int port, Optional<SSLContext> connections) throws IOException {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
        if (connections.isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer secure = HttpsServer.create(address, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(connections.get()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                // Not needed: a product that shows none is heard, and told so.
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        return secure;
    }

    URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + test.wire().path());
    }

    MessageProtocol protocol() {
        return test.wire().protocol();
    }

    String elsewhere() {
        return scheme + "://127.0.0.1:" + elsewhere.getAddress().getPort() + test.wire().path();
    }

    /** Requests that came while no question was put. */
    int strays() {
        return strays.get();
    }

    /** Requests at the address that nobody may call. */
    int astray() {
        return astray.get();
    }

    void begin(Turn turn) {
        present.set(Optional.of(turn));
    }

    void end() {
        present.set(Optional.empty());
    }

    private void hear(HttpExchange exchange) throws IOException {
        long arrived = System.nanoTime();
        Optional<Turn> turn = present.get();
        // Closing without a response breaks the connection.
        try (exchange) {
            Incoming message = Incoming.of(exchange);
            if (turn.isEmpty()) {
                strays.incrementAndGet();
                return;
            }
            Heard heard = read(message, arrived);
            perform(turn.get().hear(heard), turn.get(), heard, exchange, message);
            heard.answered().set(System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Heard read(Incoming message, long arrived) {
        AtomicLong answered = new AtomicLong(arrived);
        try {
            Request request = test.wire().read(message);
            return new Heard(arrived, answered, Optional.of(request), request.flaws(client, certificate, clock));
        } catch (NotVerifiable e) {
            return new Heard(arrived, answered, Optional.empty(), List.of(e.getMessage()));
        }
    }

    private void perform(Reply reply, Turn turn, Heard heard, HttpExchange exchange, Incoming message) throws IOException, InterruptedException {
        if (reply instanceof Reply.Broken) {
            return;
        }
        if (reply instanceof Reply.Silent) {
            turn.ended().await();
            return;
        }
        if (heard.request().isEmpty()) {
            send(exchange, answers.unreadable());
        } else if (reply instanceof Reply.Sent sent) {
            if (turn.ended().await(sent.after().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            send(exchange, sent.answer().apply(heard.request().get()));
        } else {
            forward(turn, heard.request().get(), exchange, message);
        }
    }

    private void forward(Turn turn, Request request, HttpExchange exchange, Incoming message) throws IOException, InterruptedException {
        TestEndpoint.Told told;
        try {
            told = test.ask(request, message);
        } catch (IOException e) {
            turn.trouble("TEST does not answer at " + test.address());
            send(exchange, new Outgoing(503, Map.of(Outgoing.CONTENT_TYPE, "text/plain"), new byte[0]));
            return;
        }
        turn.forwarded(told.call());
        told.trouble().ifPresent(turn::trouble);
        send(exchange, told.answer());
    }

    private static void send(HttpExchange exchange, Outgoing answer) throws IOException {
        answer.fields().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = answer.body();
        // Of the JDK's server: 0 would mean "unknown", -1 is "none".
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        elsewhere.stop(0);
        threads.shutdownNow();
    }
}
