package org.kopuro.conformance;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** TEST's public catalogue, {@code GET /api/v1/services}: by its rules of the day the authority judges the report, and so does the run. */
final class TestCatalogue {

    private static final int LENGTH_MAX = 1024 * 1024;
    private static final String NOT_USED = "NOT_USED";

    private final URI address;

    TestCatalogue(URI address) {
        this.address = address;
    }

    /** Beside the tax services. */
    static TestCatalogue besides(URI taxServices) {
        return new TestCatalogue(taxServices.resolve("/api/v1/services"));
    }

    URI address() {
        return address;
    }

    /** The services that take a token. */
    Set<String> takingTokens() throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build().send(
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).header("Accept", "application/json").GET().build(), BodyHandlers.ofInputStream());
        byte[] body;
        try (InputStream stream = response.body()) {
            body = stream.readNBytes(LENGTH_MAX + 1);
        }
        if (response.statusCode() != 200 || body.length > LENGTH_MAX) {
            throw new IOException("status " + response.statusCode() + ", " + body.length + " octets");
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            return reader.readObject().getJsonArray("services").getValuesAs(JsonObject.class).stream().filter(service -> !service.getString("tokenRule").equals(NOT_USED))
                    .map(service -> service.getString("code")).collect(Collectors.toUnmodifiableSet());
        } catch (JsonException | IllegalStateException | ClassCastException | NullPointerException e) {
            throw new IOException("no list of services", e);
        }
    }
}
