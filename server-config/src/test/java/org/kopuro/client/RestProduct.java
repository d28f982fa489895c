package org.kopuro.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A participant's system that calls by X-Road REST, written from docs/protocols/rest-v1.md alone; its parts serve products that do something wrong. */
public final class RestProduct {

    private static final int ANSWERED = 0;
    private static final int REFUSED = 1;
    private static final int UNREACHABLE = 2;
    private static final int NOT_VERIFIABLE = 3;
    private static final Set<Integer> OUTAGES = Set.of(502, 503, 504);
    private static final Pattern INPUT = Pattern.compile("(\\w+)=(\\(([^)]*)\\);created=(\\d+);keyid=\"([0-9a-f]{64})\";alg=\"([^\"]*)\")");

    /** @param fields in the order in which they are signed */
    public record Message(String method, URI address, Map<String, String> fields, byte[] body) {
    }

    private RestProduct() {
    }

    /** SERVICE, then options as bin/call has them. */
    public static void main(String[] words) throws Exception {
        Map<String, String> options = options(words, 1);
        Map<String, String> values = new HashMap<>(options);
        values.put("service", words[0]);
        System.exit(call(values, options));
    }

    /** The exit code, with the keys of a folder. */
    public static int call(Map<String, String> values, Path keys, String... more) throws Exception {
        Map<String, String> options = options(more, 0);
        options.put("key", keys.resolve("key.pem").toString());
        options.put("cert", keys.resolve("cert.pem").toString());
        return call(values, options);
    }

    private static Map<String, String> options(String[] words, int from) {
        Map<String, String> options = new HashMap<>();
        for (int i = from; i < words.length; i += 2) {
            options.put(words[i].substring(2), words[i + 1]);
        }
        return options;
    }

    private static int call(Map<String, String> values, Map<String, String> options) throws Exception {
        return call(values, options, Optional.empty());
    }

    /** @param connections that show who calls; then nothing is signed */
    public static int call(Map<String, String> values, Map<String, String> options, Optional<SSLContext> connections) throws Exception {
        X509Certificate certificate = Pem.certificate(Path.of(options.get("cert")));
        PrivateKey key = Pem.key(Path.of(options.get("key")), certificate);
        Optional<EndedTokens> memory = Optional.ofNullable(options.get("memory")).map(file -> new EndedTokens(Path.of(file)));
        String token = values.get("token");
        if (memory.isPresent() && !token.isEmpty() && memory.get().find(token).isPresent()) {
            return REFUSED;
        }
        int retries = Integer.parseInt(options.getOrDefault("retry", "0"));
        Duration timeout = Duration.ofSeconds(Long.parseLong(options.getOrDefault("timeout", "60")));
        for (int attempt = 0; ; attempt++) {
            try {
                Message plain = message(values, UUID.randomUUID().toString());
                Message asked = connections.isPresent() ? plain : signed(plain, key, certificate, List.of());
                HttpResponse<byte[]> response = send(asked, HttpClient.Redirect.NEVER, timeout, connections);
                if (!OUTAGES.contains(response.statusCode())) {
                    return told(asked, response, Pem.certificate(Path.of(values.get("server-cert"))), memory, token);
                }
            } catch (IOException e) {
                // As an outage.
            }
            if (attempt == retries) {
                return UNREACHABLE;
            }
            Thread.sleep(1000L << attempt);
        }
    }

    private static int told(Message asked, HttpResponse<byte[]> response, X509Certificate server, Optional<EndedTokens> memory, String token) throws IOException {
        boolean answered = response.statusCode() == 200;
        boolean signed = response.headers().firstValue("Signature").isPresent();
        if ((answered || signed) && !(isSigned(asked, response, server, true) && isWhole(response))) {
            return NOT_VERIFIABLE;
        }
        Optional<JsonObject> body = object(response.body());
        if (answered) {
            return body.filter(object -> object.get("inn") instanceof JsonString).isPresent() ? ANSWERED : NOT_VERIFIABLE;
        }
        if (body.filter(object -> object.get("type") instanceof JsonString).isEmpty()) {
            return NOT_VERIFIABLE;
        }
        String type = body.get().getString("type");
        if (signed && memory.isPresent() && EndedTokens.FOR_GOOD.contains(type)) {
            memory.get().remember(token, type);
        }
        return REFUSED;
    }

    private static Optional<JsonObject> object(byte[] octets) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(octets))) {
            return Optional.of(reader.readObject());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Unsigned; of the demo's bank. */
    public static Message message(Map<String, String> values, String id) {
        Question question = new Question(Identifier.DEMO_BANK, Identifier.TAX_AUTHORITY, values.get("service"), id, values.get("inn"), Optional.empty(), Optional.empty(),
                Optional.of(values.get("token")).filter(token -> !token.isEmpty())).upTo(YearMonth.now().minusMonths(1));
        JsonObjectBuilder body = Json.createObjectBuilder().add("inn", question.inn());
        String unit = question.service().equals("TPpaymentDateByInn") ? "date" : "month";
        question.from().ifPresent(text -> body.add(unit + "From", text));
        question.to().ifPresent(text -> body.add(unit + "To", text));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("x-road-client", question.client().toString());
        fields.put("x-road-id", id);
        fields.put("x-road-userid", Question.USER_ID);
        question.token().ifPresent(text -> fields.put("kopuro-consent-token", text));
        fields.put("content-type", "application/json");
        return new Message("POST", URI.create(values.get("url") + "/" + question.service()), fields, body.build().toString().getBytes(StandardCharsets.UTF_8));
    }

    /** @param without components that are left unsigned */
    public static Message signed(Message message, PrivateKey key, X509Certificate certificate, List<String> without) throws GeneralSecurityException {
        return signed(message, key, certificate, without, Instant.now());
    }

    public static Message signed(Message message, PrivateKey key, X509Certificate certificate, List<String> without, Instant created) throws GeneralSecurityException {
        Map<String, String> fields = new LinkedHashMap<>(message.fields());
        fields.put("content-digest", digest(message.body()));
        Map<String, String> components = new LinkedHashMap<>(fields);
        components.put("@method", message.method());
        components.put("@path", message.address().getRawPath());
        components.keySet().removeAll(without);
        boolean elliptic = key.getAlgorithm().equals("EC");
        String input = "(" + String.join(" ", components.keySet().stream().map(name -> '"' + name + '"').toList()) + ");created=" + created.getEpochSecond() + ";keyid=\""
                + thumbprint(certificate) + "\";alg=\"" + (elliptic ? "ecdsa-p256-sha256" : "rsa-v1_5-sha256") + "\"";
        StringBuilder base = new StringBuilder();
        components.forEach((name, value) -> base.append('"').append(name).append("\": ").append(value).append('\n'));
        Signature signature = Signature.getInstance(elliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
        signature.initSign(key);
        signature.update(base.append("\"@signature-params\": ").append(input).toString().getBytes(StandardCharsets.US_ASCII));
        fields.put("signature-input", "bank=" + input);
        fields.put("signature", "bank=:" + Base64.getEncoder().encodeToString(signature.sign()) + ":");
        return new Message(message.method(), message.address(), fields, message.body());
    }

    public static HttpResponse<byte[]> send(Message message, HttpClient.Redirect redirect, Duration timeout) throws IOException, InterruptedException {
        return send(message, redirect, timeout, Optional.empty());
    }

    public static HttpResponse<byte[]> send(Message message, HttpClient.Redirect redirect, Duration timeout, Optional<SSLContext> connections) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(message.address()).timeout(timeout).method(message.method(), BodyPublishers.ofByteArray(message.body()));
        message.fields().forEach(request::header);
        HttpClient.Builder client = HttpClient.newBuilder().followRedirects(redirect).version(HttpClient.Version.HTTP_1_1);
        connections.ifPresent(client::sslContext);
        return client.build().send(request.build(), BodyHandlers.ofByteArray());
    }

    /** By the server's certificate, just now, over the status, the body's digest, and this request's id where that is asked for. */
    public static boolean isSigned(Message asked, HttpResponse<byte[]> response, X509Certificate server, boolean toThisRequest) {
        Matcher input = INPUT.matcher(response.headers().firstValue("Signature-Input").orElse(""));
        if (!input.matches()) {
            return false;
        }
        List<String> names = new ArrayList<>(Arrays.asList(input.group(3).split(" ")));
        StringBuilder base = new StringBuilder();
        for (String name : names) {
            String value = name.equals("\"@status\"") ? Integer.toString(response.statusCode()) : name.equals("\"x-road-id\";req") ? asked.fields().get("x-road-id")
                    : response.headers().firstValue(name.replace("\"", "")).orElse("");
            base.append(name).append(": ").append(value).append('\n');
        }
        boolean whole = names.containsAll(List.of("\"@status\"", "\"content-type\"", "\"content-digest\"")) && (!toThisRequest || names.contains("\"x-road-id\";req"));
        boolean fresh = Duration.between(Instant.ofEpochSecond(Long.parseLong(input.group(4))), Instant.now()).abs().toMinutes() < 5;
        try {
            Signature signature = Signature.getInstance(input.group(6).equals("ecdsa-p256-sha256") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initVerify(server.getPublicKey());
            signature.update(base.append("\"@signature-params\": ").append(input.group(2)).toString().getBytes(StandardCharsets.US_ASCII));
            String value = response.headers().firstValue("Signature").orElse("").replaceAll("^" + input.group(1) + "=:(.*):$", "$1");
            return whole && fresh && input.group(5).equals(thumbprint(server)) && signature.verify(Base64.getDecoder().decode(value));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the body is the one of the digest. */
    public static boolean isWhole(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Content-Digest").equals(Optional.of(digest(response.body())));
    }

    private static String digest(byte[] octets) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256(octets)) + ":";
    }

    private static String thumbprint(X509Certificate certificate) throws GeneralSecurityException {
        return HexFormat.of().formatHex(sha256(certificate.getEncoded()));
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
