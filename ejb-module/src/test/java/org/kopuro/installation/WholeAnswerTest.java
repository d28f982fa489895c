package org.kopuro.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that answers as it likes. */
class WholeAnswerTest {

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    @Timeout(10)
    void comesToAnEndWhoseBodyDoesNot() {
        answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        assertThrows(HttpTimeoutException.class, () -> ask(Duration.ofMillis(500)));
    }

    @Test
    void isWhole() throws IOException, InterruptedException {
        answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhalf");
        assertEquals("half", ask());
    }

    @Test
    @Timeout(10)
    void isOneOctetMoreThanAllowedWhereThereIsMore() throws IOException, InterruptedException {
        answering("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(100));
        assertEquals("x".repeat(9), ask());
    }

    @Test
    void isTheFailureOfTheConnectionWhereThereIsNone() throws IOException {
        server.close();
        assertThrows(java.net.ConnectException.class, this::ask);
    }

    /** Whoever expects an answer waits for it on the slowest machine. */
    private String ask() throws IOException, InterruptedException {
        return ask(Duration.ofMinutes(1));
    }

    private String ask(Duration patience) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/")).timeout(patience).build();
        return new String(WholeAnswer.of(HttpClient.newHttpClient(), request, 8, patience).body(), StandardCharsets.US_ASCII);
    }

    private void answering(String octets) {
        CompletableFuture.runAsync(() -> {
            try {
                Socket socket = server.accept();
                socket.getInputStream().read(new byte[1000]);
                OutputStream out = socket.getOutputStream();
                out.write(octets.getBytes(StandardCharsets.US_ASCII));
                out.flush();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
