package org.kopuro.access.catalogue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kopuro.installation.Installation;
import org.kopuro.installation.WholeAnswer;
import org.kopuro.kernel.Language;

/** Reads what the exchange publishes of our subsystem: the JSON of X-Road's listMethods, which may say titles and contracts' digests besides, from an address or a file. Whatever comes is answered with a reading. */
final class ExchangeCatalogue {

    private static final int OCTETS_MAX = 1024 * 1024;
    private static final int SERVICES_MAX = 5000;
    private static final int NAME_MAX = 255;

    private final Installation installation;
    private final Duration patience;

    /** @param patience with an address, from the first octet sent to the last received */
    ExchangeCatalogue(Installation installation, Duration patience) {
        this.installation = installation;
        this.patience = patience;
    }

    ExchangeReading read(URI source) {
        try {
            return understood("file".equals(source.getScheme()) ? file(Path.of(source)) : answer(source));
        } catch (UnusableException e) {
            return ExchangeReading.failed(e.outcome, e.getMessage());
        }
    }

    private static byte[] file(Path path) throws UnusableException {
        try (InputStream content = Files.newInputStream(path)) {
            return limited(content.readNBytes(OCTETS_MAX + 1));
        } catch (IOException e) {
            throw new UnusableException(ComparisonOutcome.UNREACHABLE, e.getClass().getSimpleName());
        }
    }

    private byte[] answer(URI address) throws UnusableException {
        HttpClient http = HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NEVER).build();
        HttpRequest request = HttpRequest.newBuilder(address).timeout(patience).header("Accept", "application/json").header("X-Road-Client", client()).build();
        try {
            HttpResponse<byte[]> response = WholeAnswer.of(http, request, OCTETS_MAX, patience);
            if (response.statusCode() != 200) {
                throw new UnusableException(ComparisonOutcome.REFUSED, "HTTP " + response.statusCode());
            }
            return limited(response.body());
        } catch (HttpTimeoutException e) {
            throw new UnusableException(ComparisonOutcome.TIMED_OUT, patience.toSeconds() + " s");
        } catch (IOException e) {
            throw new UnusableException(ComparisonOutcome.UNREACHABLE, e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusableException(ComparisonOutcome.UNREACHABLE, "interrupted");
        }
    }

    /** We ask as ourselves; a Security Server wants to know. */
    private String client() {
        return String.join("/", installation.instance(), installation.memberClass(), installation.memberCode(), installation.subsystemCode());
    }

    private static byte[] limited(byte[] octets) throws UnusableException {
        if (octets.length > OCTETS_MAX) {
            throw new UnusableException(ComparisonOutcome.TOO_LARGE, "> " + OCTETS_MAX);
        }
        return octets;
    }

    private ExchangeReading understood(byte[] octets) throws UnusableException {
        JsonArray listed = list(octets);
        if (listed.size() > SERVICES_MAX) {
            throw new UnusableException(ComparisonOutcome.TOO_LARGE, "service: " + listed.size());
        }
        List<ExchangeReading.Listed> ours = new ArrayList<>();
        for (JsonValue one : listed) {
            if (!(one instanceof JsonObject service)) {
                throw notUnderstood("service: " + one.getValueType());
            }
            String code = text(service, "service_code").orElseThrow(() -> notUnderstood("service_code"));
            Optional<String> version = text(service, "service_version");
            Optional<String> type = text(service, "service_type");
            Map<Language, String> titles = titles(service);
            Optional<String> sha256 = text(service, "contract_sha256").map(digest -> digest.toLowerCase(Locale.ROOT));
            if (sha256.filter(digest -> !digest.matches("[0-9a-f]{64}")).isPresent()) {
                throw notUnderstood("contract_sha256");
            }
            if (is(service, "xroad_instance", installation.instance()) && is(service, "member_class", installation.memberClass())
                    && is(service, "member_code", installation.memberCode()) && is(service, "subsystem_code", installation.subsystemCode())) {
                ours.add(new ExchangeReading.Listed(code, version, type, titles, sha256));
            }
        }
        if (ours.isEmpty() && !listed.isEmpty()) {
            throw new UnusableException(ComparisonOutcome.OF_SOMEBODY_ELSE, client());
        }
        return ExchangeReading.of(ours);
    }

    private static JsonArray list(byte[] octets) throws UnusableException {
        try (JsonReader reader = Json.createReader(new StringReader(new String(octets, StandardCharsets.UTF_8)))) {
            if (reader.readValue() instanceof JsonObject answer && answer.get("service") instanceof JsonArray services) {
                return services;
            }
        } catch (RuntimeException e) {
            // The parser throws a bare RuntimeException when the nesting is too deep, its own types for the rest.
            throw notUnderstood("JSON");
        }
        throw notUnderstood("service");
    }

    private static Map<Language, String> titles(JsonObject service) throws UnusableException {
        JsonValue value = service.getOrDefault("titles", JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return Map.of();
        }
        if (!(value instanceof JsonObject texts)) {
            throw notUnderstood("titles");
        }
        Map<Language, String> titles = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            text(texts, language.tag()).ifPresent(title -> titles.put(language, title));
        }
        return titles;
    }

    private static boolean is(JsonObject service, String name, String ours) throws UnusableException {
        return text(service, name).filter(ours::equals).isPresent();
    }

    private static Optional<String> text(JsonObject service, String name) throws UnusableException {
        JsonValue value = service.getOrDefault(name, JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString text && !text.getString().isBlank() && text.getString().length() <= NAME_MAX && text.getString().indexOf('\0') < 0) {
            return Optional.of(text.getString());
        }
        throw notUnderstood(name);
    }

    private static UnusableException notUnderstood(String what) {
        return new UnusableException(ComparisonOutcome.NOT_UNDERSTOOD, what);
    }

    /** Carries the outcome out of the reading. */
    private static final class UnusableException extends Exception {

        private final ComparisonOutcome outcome;

        UnusableException(ComparisonOutcome outcome, String detail) {
            super(detail);
            this.outcome = outcome;
        }
    }
}
