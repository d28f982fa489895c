package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;

/** A description in OpenAPI, and whether an answer is what it says; of JSON Schema it knows what our descriptions use. */
final class OpenApiText {

    private final JsonObject schemas;
    private final JsonObject response;

    OpenApiText(RestAnswer description) {
        schemas = description.json().getJsonObject("components").getJsonObject("schemas");
        response = (JsonObject) description.json().getValue("/paths/~1/post/responses/200/content/application~1json/schema");
    }

    void assertDescribes(RestAnswer answer) {
        fits(response, answer.json(), "");
    }

    private void fits(JsonObject schema, JsonValue value, String at) {
        if (schema.containsKey("$ref")) {
            fits(schemas.getJsonObject(schema.getString("$ref").replace("#/components/schemas/", "")), value, at);
            return;
        }
        switch (schema.getString("type")) {
            case "object" -> object(schema, value.asJsonObject(), at);
            case "array" -> {
                JsonArray items = value.asJsonArray();
                items.forEach(item -> fits(schema.getJsonObject("items"), item, at + "[]"));
            }
            case "string" -> {
                assertTrue(value instanceof JsonString, at);
                assertTrue(!schema.containsKey("enum") || schema.getJsonArray("enum").contains(value), at);
            }
            case "integer" -> assertTrue(value instanceof JsonNumber number && number.isIntegral(), at);
            case "number" -> assertTrue(value instanceof JsonNumber, at);
            default -> assertTrue(Set.of(JsonValue.TRUE, JsonValue.FALSE).contains(value), at);
        }
    }

    private void object(JsonObject schema, JsonObject value, String at) {
        JsonObject properties = schema.getJsonObject("properties");
        value.forEach((name, each) -> {
            assertTrue(properties.containsKey(name), () -> at + "." + name + " is not described");
            fits(properties.getJsonObject(name), each, at + "." + name);
        });
        if (schema.containsKey("required")) {
            schema.getJsonArray("required").getValuesAs(JsonString::getString).forEach(name -> assertTrue(value.containsKey(name), () -> at + "." + name + " is missing"));
        }
        assertEquals(JsonValue.FALSE, schema.get("additionalProperties"));
    }
}
