package org.kopuro.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.kopuro.verify.Told;
import org.kopuro.verify.WrongUse;

/** The address {@code /add-checkpoint}, for ledgers that bring their checkpoints. */
final class Listener implements AutoCloseable {

    private static final int THREADS = 4;

    static {
        // Seconds; read once by the JDK's server, when its first instance is made.
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
    }

    private final AddCheckpoint addCheckpoint;
    private final State state;
    private final Clock clock;
    private final Told err;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    Listener(InetSocketAddress address, AddCheckpoint addCheckpoint, State state, Clock clock, Told err) throws WrongUse {
        this.addCheckpoint = addCheckpoint;
        this.state = state;
        this.clock = clock;
        this.err = err;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new WrongUse("--listen " + address.getPort() + " is not possible: " + e.getMessage() + ".");
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            AddCheckpoint.Answer answer = decided(exchange);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private AddCheckpoint.Answer decided(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/add-checkpoint")) {
            return AddCheckpoint.refused(404, "There is only /add-checkpoint.");
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return AddCheckpoint.refused(405, "Only POST is known.");
        }
        byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.LENGTH_MAX + 1);
        if (body.length > AddCheckpoint.LENGTH_MAX) {
            return AddCheckpoint.refused(413, "A request has at most " + AddCheckpoint.LENGTH_MAX + " octets.");
        }
        // Nothing is co-signed between a contradiction and its alarm.
        synchronized (state) {
            return decided(body);
        }
    }

    private AddCheckpoint.Answer decided(byte[] body) throws IOException {
        try {
            return addCheckpoint.answer(body);
        } catch (Contradiction e) {
            err.line("ALARM: " + e.getMessage() + " The evidence is in " + state.raise(e, clock.instant()) + ".");
            return AddCheckpoint.refused(409, e.getMessage());
        } catch (WrongUse | IOException e) {
            err.line(e.getMessage());
            return AddCheckpoint.refused(500, "The witness's state cannot be used.");
        }
    }

    @Override
    public void close() {
        server.stop(1);
        threads.shutdown();
    }
}
