package org.kopuro.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** The deployed server as clients see it. */
public final class Server {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private static volatile URI base;

    private Server() {
    }

    static void at(URI announced) {
        // The server announces the interface's own address; it is reached by the loopback one.
        base = URI.create("http://127.0.0.1:" + announced.getPort());
    }

    static URI base() {
        return base;
    }

    /** An answer as it came over the wire. */
    public record Response(int status, String contentType, String ledgerEntry, byte[] body) {

        static Response of(HttpResponse<byte[]> response) {
            return new Response(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Kopuro-Ledger-Entry").orElse(""), response.body());
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    static Response soap(String message) {
        return soap("tax", message);
    }

    static Response soap(String services, String message) {
        return send("POST", "/soap/" + services + "/v1", message.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "text/xml; charset=UTF-8"));
    }

    static Response send(String method, String path, byte[] body, Map<String, String> headers) {
        return Response.of(http(method, path, body, headers));
    }

    static HttpResponse<byte[]> http(String method, String path, byte[] body, Map<String, String> headers) {
        return http(HTTP, base.resolve(path), method, body, headers);
    }

    /** By a client with keys of its own, at another address of the server. */
    static HttpResponse<byte[]> http(HttpClient client, URI address, String method, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A request of the API as somebody, with a JSON body if it has one. */
    static Response api(String method, String path, String login, String password, String json) {
        Map<String, String> headers = login == null ? Map.of("Content-Type", "application/json", "Accept-Language", "en")
                : Map.of("Content-Type", "application/json", "Accept-Language", "en", "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8)));
        return send(method, path, json == null ? null : json.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** A file as the body. */
    static Response upload(String path, String login, String password, byte[] file) {
        return send("POST", path, file, Map.of("Content-Type", "application/octet-stream", "Accept-Language", "en", "Authorization",
                "Basic " + Base64.getEncoder().encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8))));
    }

    /** Octets that no HTTP client library would send. */
    static String raw(String octets) {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
