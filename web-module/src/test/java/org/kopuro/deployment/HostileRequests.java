package org.kopuro.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Requests for an operation of the description: as it says, nearly so, and nothing of the kind. jqwik draws the values, from the schemas and from what programs stumble over; the same seed draws the same.
 *
 * <p>To be used within a session of jqwik.
 */
final class HostileRequests {

    /** What no library would write into JSON: it is put in place of a text of that name. */
    private static final List<String> RAW = List.of("1e400", "9".repeat(400), "-0.0", "1.5", "-1", "2147483648", "9223372036854775808", "0.1e-400", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"a\\u0000b\"",
            "[".repeat(2000) + "]".repeat(2000), "{\"a\":".repeat(1200) + "1" + "}".repeat(1200), "NaN", "tru", "'x'", "\"\\x\"", "{\"a\":1,\"a\":2}", "[{}]", "[[]]", "[null]", "[1,\"a\"]", "{}", "[]", "\"\"", "\"   \"",
            "true", "null");
    private static final List<String> TEXTS = List.of("\u202e\u0645\u0631\u062d\u0628\u0627", "'; drop table loans.loan; --", "{0}${jndi:ldap://x}", "<script>alert(1)</script>", "\ud83d\ude00".repeat(40), "\ufeffx", "a\u0301\u200d",
            "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660", "x".repeat(3000), "\u0000", "\u007f", "\r\nX: y", "null", "%s%n%00", "../../etc/passwd", "2026-02-30", "2026-13-01", "0000-00-00", "+999999999-12-31", "-0001-01-01",
            "9999-12-31T23:59:59+18:00", "0001-01-01T00:00:00-18:00", "9999-12", "0000-01", "-1.00", "1e3", "9999999999999.99", "0.00", "1,00", "999.9999", "0000000000", "9900000000", "123456789012", "1528", "00000000-0000-0000-0000-000000000000");
    private static final List<String> TYPES = List.of("application/json", "application/json; charset=UTF-16", "application/json;charset=x", "APPLICATION/JSON", "text/xml", "text/plain", "application/x-www-form-urlencoded",
            "multipart/form-data", "multipart/form-data; boundary=x", "application/octet-stream", "application/merge-patch+json", "*/*", "x", "application/", ";", "application/json, text/xml");
    private static final List<String> VERSIONS = List.of("*", "W/\"1\"", "1", "\"\"", "\"0\"", "\"-1\"", "\"999999999\"", "\"2147483648\"", "\"1\",\"2\"", "\"x\"", "'1'", " ", "\"1", "\u00ff");
    private static final List<String> KEYS = List.of("", " ", "two words", "\u00fc", "x".repeat(65), "x".repeat(5000), "'--", "{}", "\"quoted\"");

    private final LoanDescription description;
    private final Random random;

    HostileRequests(LoanDescription description, long seed) {
        this.description = description;
        random = new Random(seed);
    }

    record Request(String method, String address, Map<String, String> headers, byte[] body) {

        /** Where it is text. */
        String text() {
            return body == null ? null : new String(body, StandardCharsets.UTF_8);
        }
    }

    private <T> T draw(Arbitrary<T> arbitrary) {
        return arbitrary.generator(1000, true).next(random).value();
    }

    private boolean sometimes(int percent) {
        return random.nextInt(100) < percent;
    }

    /**
     * @param known   what variables and fields of these names mean in the situation: ids that are there, codes that are known
     * @param version of what the path names
     */
    Request next(LoanDescription.Operation operation, Map<String, String> known, int version) {
        boolean headersWrong = sometimes(15);
        boolean pathWrong = sometimes(12);
        boolean bodyWrong = sometimes(75);
        String address = "/api/v1" + operation.path();
        Map<String, String> headers = new HashMap<>();
        List<String> query = new ArrayList<>();
        for (JsonNode each : operation.described().path("parameters")) {
            JsonNode parameter = description.resolved(each);
            String name = parameter.get("name").asText();
            switch (parameter.get("in").asText()) {
                case "path" -> address = address.replace("{" + name + "}", pathWrong ? encoded(segment()) : encoded(known.getOrDefault(name, text(parameter.get("schema")))));
                case "query" -> {
                    for (int i = sometimes(50) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
                        query.add(name + "=" + encoded(sometimes(50) ? text(parameter.get("schema")) : known.getOrDefault(name, draw(Arbitraries.of(TEXTS)))));
                    }
                }
                default -> {
                    if (!headersWrong || sometimes(50)) {
                        headers.put(name, name.equals("If-Match") ? "\"" + version + "\"" : draw(Arbitraries.strings().withCharRange('a', 'z').ofLength(20)));
                    } else if (sometimes(80)) {
                        headers.put(name, draw(Arbitraries.of(name.equals("If-Match") ? VERSIONS : KEYS)));
                    }
                }
            }
        }
        if (sometimes(5)) {
            query.add(encoded(draw(Arbitraries.of(TEXTS))) + "=" + encoded(draw(Arbitraries.of(TEXTS))));
        }
        if (headersWrong && sometimes(40)) {
            headers.put("Content-Type", draw(Arbitraries.of(TYPES)));
        }
        if (headersWrong && sometimes(30)) {
            headers.put("Accept", draw(Arbitraries.of("text/html", "application/json;q=0", "*/*;q=x", "x", "application/problem+json", ",,,")));
        }
        if (sometimes(5)) {
            headers.put("Accept-Language", draw(Arbitraries.of("ky", "ru;q=0.5, en", "x;q=y", "\u00ff", "*", "-", "en-".repeat(500))));
        }
        byte[] body = operation.described().has("requestBody") ? operation.body().map(schema -> body(schema, known, bodyWrong)).orElseGet(() -> octets(operation, headers)) : null;
        return new Request(operation.method(), address + (query.isEmpty() ? "" : "?" + String.join("&", query)), headers, body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String segment() {
        return draw(Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.of(TEXTS)), Tuple.of(1, Arbitraries.strings().all().ofMinLength(1).ofMaxLength(40)),
                Tuple.of(1, Arbitraries.of("x", "..", ".", ";", ";a=b", "1;v=2", "00000000-0000-0000-0000-00000000000", "g0000000-0000-0000-0000-000000000000", "00000000-000000000000-0000000000000000"))));
    }

    private String text(JsonNode schema) {
        JsonNode value = draw(valid(schema));
        return value.isTextual() ? value.asText() : value.toString();
    }

    /** Of an operation whose body is no JSON: octets of any kind, as what it is described to be. */
    private byte[] octets(LoanDescription.Operation operation, Map<String, String> headers) {
        List<String> types = new ArrayList<>();
        operation.described().get("requestBody").get("content").fieldNames().forEachRemaining(types::add);
        headers.putIfAbsent("Content-Type", draw(Arbitraries.of(types)));
        return draw(Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(2000)), Tuple.of(1, Arbitraries.strings().all().ofMaxLength(2000).map(text -> text.getBytes(StandardCharsets.UTF_8))),
                Tuple.of(1, Arbitraries.of("PK\3\4", "", "\"", "a;b\n1;2;3\n", "\ufeff" + "application_number;inn\n" + "x;1\n").map(text -> text.getBytes(StandardCharsets.UTF_8)))));
    }

    private byte[] body(JsonNode schema, Map<String, String> known, boolean wrong) {
        JsonNode value = draw(valid(schema));
        if (value instanceof ObjectNode object) {
            known.forEach((name, text) -> {
                if (object.has(name) && sometimes(90)) {
                    object.put(name, text);
                }
            });
        }
        if (!wrong) {
            return value.toString().getBytes(StandardCharsets.UTF_8);
        }
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            mutate(value);
        }
        String text = value.toString();
        for (int i = 0; i < RAW.size(); i++) {
            text = text.replace("\"@raw" + i + "@\"", RAW.get(i));
        }
        return switch (random.nextInt(20)) {
            case 0 -> text.substring(0, random.nextInt(text.length())).getBytes(StandardCharsets.UTF_8);
            case 1 -> (text + text).getBytes(StandardCharsets.UTF_8);
            case 2 -> twice(text).getBytes(StandardCharsets.UTF_8);
            case 3 -> text.getBytes(draw(Arbitraries.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1)));
            case 4 -> cut(text);
            case 5 -> RAW.get(random.nextInt(RAW.size())).getBytes(StandardCharsets.UTF_8);
            case 6 -> (text.substring(0, text.length() - 1) + (text.length() > 2 ? "," : "") + "\"x\":\"" + "x".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8);
            case 7 -> draw(Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
            default -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    /** The first field once more. */
    private static String twice(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text : "{" + text.substring(1, colon) + ":\"again\"," + text.substring(1);
    }

    /** One octet is no UTF-8. */
    private byte[] cut(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        octets[random.nextInt(octets.length)] = (byte) (0x80 + random.nextInt(0x80));
        return octets;
    }

    private void mutate(JsonNode value) {
        if (value instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
            switch (random.nextInt(10)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(draw(Arbitraries.of("x", name + "s", "Id", "bank", "contour", "version", "status", "__proto__", "", "\u0000", "n".repeat(300))), object.path(name));
                case 2, 3 -> mutate(object.path(name));
                default -> object.set(name, hostile());
            }
        } else if (value instanceof ArrayNode array) {
            switch (random.nextInt(4)) {
                case 0 -> array.add(hostile());
                case 1 -> {
                    for (int i = 0; i < 150; i++) {
                        array.add(array.path(0).isMissingNode() ? hostile() : array.get(0));
                    }
                }
                case 2 -> array.add(array.path(0).isMissingNode() ? hostile() : array.get(0));
                default -> array.forEach(this::mutate);
            }
        }
    }

    private JsonNode hostile() {
        return draw(Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.of(TEXTS)), Tuple.of(4, Arbitraries.integers().between(0, RAW.size() - 1).map(raw -> "@raw" + raw + "@")),
                Tuple.of(2, Arbitraries.strings().all().ofMaxLength(80)), Tuple.of(1, Arbitraries.strings().numeric().ofMaxLength(20)))
                .map(text -> LoanDescription.JSON.getNodeFactory().textNode(text)));
    }

    /** What a schema of the description allows. */
    private Arbitrary<JsonNode> valid(JsonNode unresolved) {
        JsonNode schema = description.resolved(unresolved);
        if (schema.has("const")) {
            return Arbitraries.just(schema.get("const"));
        }
        if (schema.has("anyOf")) {
            return Arbitraries.oneOf(each(schema.get("anyOf")).map(this::valid).collect(Collectors.toList()));
        }
        for (String listed : List.of("enum", "examples")) {
            if (schema.has(listed)) {
                return Arbitraries.of(each(schema.get(listed)).collect(Collectors.toList()));
            }
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema);
            case "array" -> valid(schema.get("items")).list().ofMaxSize(3).map(items -> LoanDescription.JSON.createArrayNode().addAll(items));
            case "integer" -> Arbitraries.integers().between(schema.path("minimum").asInt(0), schema.path("maximum").asInt(1000)).map(number -> LoanDescription.JSON.getNodeFactory().numberNode(number));
            case "boolean" -> Arbitraries.of(true, false).map(flag -> LoanDescription.JSON.getNodeFactory().booleanNode(flag));
            case "null" -> Arbitraries.just(LoanDescription.JSON.getNodeFactory().nullNode());
            default -> Arbitraries.strings().withCharRange('!', '~').withCharRange('\u0410', '\u044f').ofMinLength(Math.max(1, schema.path("minLength").asInt(0))).ofMaxLength(Math.min(40, schema.path("maxLength").asInt(40)))
                    .map(text -> LoanDescription.JSON.getNodeFactory().textNode(text));
        };
    }

    private Arbitrary<JsonNode> object(JsonNode schema) {
        Set<String> required = each(schema.path("required")).map(JsonNode::asText).collect(Collectors.toSet());
        Map<String, Arbitrary<JsonNode>> fields = new LinkedHashMap<>();
        schema.path("properties").fields().forEachRemaining(field -> {
            Arbitrary<JsonNode> value = valid(field.getValue());
            fields.put(field.getKey(), required.contains(field.getKey()) ? value : value.injectNull(0.6));
        });
        List<String> names = new ArrayList<>(fields.keySet());
        return Combinators.combine(new ArrayList<>(fields.values())).as(values -> {
            ObjectNode object = LoanDescription.JSON.createObjectNode();
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) != null) {
                    object.set(names.get(i), values.get(i).deepCopy());
                }
            }
            return object;
        });
    }

    private static java.util.stream.Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static String shortened(Request request) {
        String body = request.text();
        return request.method() + " " + request.address() + " " + request.headers() + " " + (body == null ? "" : body.length() > 400 ? body.substring(0, 400) + "…" : Arrays.asList(body).get(0));
    }
}
