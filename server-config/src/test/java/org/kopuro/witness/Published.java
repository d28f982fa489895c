package org.kopuro.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The /ledger addresses of a folder, with the faults that a test wants. */
final class Published implements AutoCloseable {

    private final Path folder;
    private final HttpServer server;
    /** Answers that are not those of the folder. */
    final Map<String, byte[]> instead = new ConcurrentHashMap<>();
    /** Addresses that answer with a status alone. */
    final Map<String, Integer> refused = new ConcurrentHashMap<>();
    final List<String> offered = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile Runnable beforeOffer = () -> { };

    Published(Path folder) throws IOException {
        this(folder, 0);
    }

    Published(Path folder, int port) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/ledger/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String address() {
        return "http://127.0.0.1:" + port() + "/ledger";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/ledger/".length());
        asked.add(path);
        try (exchange) {
            if (refused.containsKey(path)) {
                exchange.sendResponseHeaders(refused.get(path), -1);
            } else if (exchange.getRequestMethod().equals("POST")) {
                beforeOffer.run();
                offered.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
            } else if (instead.containsKey(path) || Files.isRegularFile(folder.resolve(path))) {
                byte[] octets = instead.containsKey(path) ? instead.get(path) : Files.readAllBytes(folder.resolve(path));
                exchange.sendResponseHeaders(200, octets.length == 0 ? -1 : octets.length);
                exchange.getResponseBody().write(octets);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
