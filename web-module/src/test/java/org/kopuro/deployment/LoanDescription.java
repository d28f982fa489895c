package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The description of the loans' REST interface, as the server gives it, and whether the server does as it says. Schemas of OpenAPI 3.1 are JSON Schema, so a validator of that judges them. */
final class LoanDescription {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final LoanDescription SHIPPED = new LoanDescription();

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

    /**
     * @param path     its template
     * @param matching addresses
     */
    record Operation(String method, String path, Pattern matching, JsonNode described) {

        String id() {
            return described.path("operationId").asText();
        }

        /** Of the body in JSON, if there is one. */
        Optional<JsonNode> body() {
            return Optional.of(described.at("/requestBody/content/application~1json/schema")).filter(schema -> !schema.isMissingNode());
        }
    }

    private LoanDescription() {
        try (InputStream in = LoanDescription.class.getResourceAsStream("/org/kopuro/loans/rest/openapi.json")) {
            document = JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document.get("paths").fields().forEachRemaining(path -> path.getValue().fields().forEachRemaining(verb -> operations.add(new Operation(verb.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(),
                Pattern.compile("/api/v1" + path.getKey().replaceAll("\\{[^}]+\\}", "[^/]+")), verb.getValue()))));
        operations.sort(Comparator.comparing((Operation one) -> one.path().length() - one.path().replace("{", "").length()));
    }

    static LoanDescription shipped() {
        return SHIPPED;
    }

    JsonNode document() {
        return document;
    }

    List<Operation> operations() {
        return operations;
    }

    /** Follows references. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? resolved(document.at(node.get("$ref").asText().substring(1))) : node;
    }

    /** What is wrong with a value by a schema of the description; nothing where it fits. */
    List<String> wrong(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, one -> {
            ObjectNode root = one.deepCopy();
            root.set("components", document.get("components"));
            return factory.getSchema(root);
        }).validate(value).stream().map(Object::toString).toList();
    }

    /** The server did as it is described: the status, the answer, and where it took the request, the request. */
    void assertDescribes(String method, String address, String body, HttpResponse<byte[]> response) {
        String said = method + " " + address + "\n" + body + "\n" + response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8);
        int status = response.statusCode();
        Optional<Operation> found = operations.stream().filter(one -> one.method().equals(method) && one.matching().matcher(address.replaceFirst("\\?.*", "")).matches()).findFirst();
        JsonNode answers = found.map(one -> one.described().get("responses")).orElseGet(() -> JSON.createObjectNode().set("4XX", document.at("/components/responses/Problem")));
        JsonNode answer = answers.has(String.valueOf(status)) ? answers.get(String.valueOf(status)) : answers.get(status / 100 + "XX");
        assertTrue(answer != null, () -> "no such answer is described: " + said);
        JsonNode described = resolved(answer);
        described.path("headers").fields().forEachRemaining(header -> assertTrue(response.headers().firstValue(header.getKey()).isPresent(), () -> header.getKey() + " is missing: " + said));
        if (!described.has("content")) {
            assertEquals(0, response.body().length, said);
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode content = described.get("content").get(type);
        assertTrue(content != null, () -> type + " is not described: " + said);
        if (type.endsWith("json")) {
            assertEquals(List.of(), wrong(content.get("schema"), read(response.body(), said)), said);
        }
        if (status >= 400) {
            assertRefuses(found, read(response.body(), said), status, said);
        } else if (body != null) {
            found.flatMap(Operation::body).ifPresent(schema -> assertEquals(List.of(), wrong(schema, read(body.getBytes(StandardCharsets.UTF_8), said)), () -> "was taken: " + said));
        }
    }

    private void assertRefuses(Optional<Operation> found, JsonNode problem, int status, String said) {
        assertEquals(status, problem.get("status").asInt(), said);
        for (String leak : List.of("Exception", "org.kopuro", "java.lang", "at org.", "select ", "org.postgresql")) {
            assertFalse((problem.path("detail").asText() + problem.path("whatToDo").asText()).contains(leak), () -> "leaks " + leak + ": " + said);
        }
        if (problem.get("code").asText().equals("FIELD_UNKNOWN")) {
            found.flatMap(Operation::body).ifPresent(schema -> assertFalse(resolved(schema).path("properties").has(problem.path("field").asText()), () -> "is described: " + said));
        }
    }

    private static JsonNode read(byte[] json, String said) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return fail("no JSON: " + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
