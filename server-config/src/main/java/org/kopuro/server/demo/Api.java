package org.kopuro.server.demo;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The application's REST interface as one account sees it. */
final class Api {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final HttpClient client;
    private final URI base;
    private final String authorization;

    Api(HttpClient client, URI baseUrl, String login, String password) {
        this.client = client;
        this.base = baseUrl.resolve("/api/v1/");
        this.authorization = "Basic " + Base64.getEncoder().encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    JsonObject get(String path) throws IOException, InterruptedException {
        return send(request(path).header("Accept", "application/json").GET().build());
    }

    /** What is no JSON object to read, but a file to keep. */
    String text(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request(path).GET().build(), BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new NotDone("HTTP_" + response.statusCode(), "GET " + path + ": " + response.body());
        }
        return response.body();
    }

    JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
        return send(request(path).header("Accept", "application/json").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString())).build());
    }

    /** A file as the body. */
    JsonObject upload(String path, byte[] file) throws IOException, InterruptedException {
        return send(request(path).header("Accept", "application/json").header("Content-Type", "application/octet-stream").POST(BodyPublishers.ofByteArray(file)).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_WITHIN)
                .header("Accept-Language", "en").header("Authorization", authorization);
    }

    private JsonObject send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        JsonObject body;
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            body = reader.readObject();
        } catch (JsonException | IllegalStateException e) {
            throw new IOException(request.method() + " " + request.uri().getPath() + " answered " + response.statusCode() + " without JSON", e);
        }
        if (response.statusCode() >= 300) {
            throw new NotDone(body.getString("code", "HTTP_" + response.statusCode()),
                    request.method() + " " + request.uri().getPath() + ": " + body.getString("code", "HTTP_" + response.statusCode())
                            + " " + body.getString("field", "") + " " + body.getString("detail", "") + " " + body.getString("whatToDo", ""));
        }
        return body;
    }

    /** The application has refused; the code is its own. */
    static final class NotDone extends IOException {

        private final String code;

        NotDone(String code, String message) {
            super(message);
            this.code = code;
        }

        boolean is(String expected) {
            return code.equals(expected);
        }
    }
}
