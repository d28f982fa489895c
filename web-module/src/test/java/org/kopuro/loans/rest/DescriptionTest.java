package org.kopuro.loans.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.loans.listing.LoanColumn;
import org.kopuro.loans.listing.LoanFilter;

/** The description names every operation there is, each for the roles that it is for, and none that there is not. What the operations say and take, the deployed tests hold against it. */
class DescriptionTest {

    private static final Pattern TREES = Pattern.compile("/api/v1/(loans|loan-[a-z]+|programmes)(/.*)?");
    private static final JsonObject DESCRIPTION = description();

    @Test
    void namesWhatThereIsAndForWhom() throws IOException {
        Set<String> there = new TreeSet<>();
        try (InputStream table = getClass().getResourceAsStream("/org/kopuro/exchange/rest/endpoints-and-roles.txt")) {
            new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).map(line -> line.strip().split("\\s+")).filter(row -> row.length > 1 && TREES.matcher(row[1]).matches())
                    .forEach(row -> there.add(row[0] + " " + row[1] + " " + (row[row.length - 1].equals("o") ? "everybody"
                            : IntStream.range(0, Role.values().length).filter(i -> row[i + 2].equals("x")).mapToObj(i -> Role.values()[i].name()).toList())));
        }
        Set<String> described = new TreeSet<>();
        DESCRIPTION.getJsonObject("paths").forEach((path, verbs) -> verbs.asJsonObject().forEach((verb, operation) -> described.add(verb.toUpperCase(Locale.ROOT) + " /api/v1" + path + " "
                + (JsonValue.EMPTY_JSON_ARRAY.equals(operation.asJsonObject().get("security")) ? "everybody"
                        : operation.asJsonObject().getJsonArray("x-roles").getValuesAs(JsonString.class).stream().map(JsonString::getString).toList()))));
        assertEquals(String.join("\n", there), String.join("\n", described));
    }

    @Test
    void eachOperationHasAnIdOfItsOwnAndNamesTheVariablesOfItsAddress() {
        Set<String> ids = new HashSet<>();
        DESCRIPTION.getJsonObject("paths").forEach((path, verbs) -> verbs.asJsonObject().forEach((verb, operation) -> {
            assertEquals(true, ids.add(operation.asJsonObject().getString("operationId")), () -> verb + " " + path);
            Set<String> variables = new TreeSet<>();
            if (operation.asJsonObject().containsKey("parameters")) {
                operation.asJsonObject().getJsonArray("parameters").getValuesAs(JsonObject.class).stream().map(DescriptionTest::resolved).filter(parameter -> parameter.getString("in").equals("path"))
                        .forEach(parameter -> variables.add(parameter.getString("name")));
            }
            assertEquals(new TreeSet<>(Pattern.compile("\\{(\\w+)\\}").matcher(path).results().map(found -> found.group(1)).toList()), variables, () -> verb + " " + path);
        }));
    }

    /** Each condition that a list knows is described wherever lists are asked for, and no other; in addresses all but what is about people. */
    @Test
    void listsAreAskedForByWhatTheyKnow() {
        Map<String, Set<String>> besides = Map.of("/loans", Set.of("order", "cursor", "limit"), "/loan-exports", Set.of("order"), "/loan-rankings", Set.of("level", "okvedLevel", "by", "cursor", "limit"),
                "/loan-aggregates", Set.of("by", "okvedLevel", "cursor", "limit"));
        besides.forEach((path, own) -> {
            Set<String> known = new TreeSet<>(LoanFilter.NAMES);
            known.addAll(own);
            JsonObject described = DESCRIPTION.getJsonObject("paths").getJsonObject(path.equals("/loans") ? "/loan-searches" : path).getJsonObject("post");
            JsonObject body = resolved(described.getJsonObject("requestBody").getJsonObject("content").getJsonObject("application/json").getJsonObject("schema"));
            assertEquals(known, new TreeSet<>(body.getJsonObject("properties").keySet()), path);
            known.removeAll(Set.of("name", "head"));
            assertEquals(known, DESCRIPTION.getJsonObject("paths").getJsonObject(path).getJsonObject("get").getJsonArray("parameters").getValuesAs(JsonObject.class).stream().map(DescriptionTest::resolved)
                    .map(parameter -> parameter.getString("in") + " " + parameter.getString("name")).map(parameter -> parameter.replaceFirst("^query ", "")).collect(Collectors.toCollection(TreeSet::new)), path);
        });
    }

    /** Each column of a list is described, and no other: what every loan has as what is always there. */
    @Test
    void listsShowTheColumnsThereAre() {
        JsonObject item = DESCRIPTION.getJsonObject("components").getJsonObject("schemas").getJsonObject("Loans").getJsonObject("properties").getJsonObject("loans").getJsonObject("items");
        Set<String> shown = new TreeSet<>(Set.of("decidedBy", "bankName"));
        Set<String> always = new TreeSet<>(shown);
        for (LoanColumn column : LoanColumn.values()) {
            shown.add(column.json());
            if (!column.optional()) {
                always.add(column.json());
            }
        }
        assertEquals(shown, new TreeSet<>(item.getJsonObject("properties").keySet()));
        assertEquals(always, item.getJsonArray("required").getValuesAs(JsonString::getString).stream().collect(Collectors.toCollection(TreeSet::new)));
    }

    /** A misspelt field is a mistake to be told of, in either direction. */
    @Test
    void objectsAreClosedAndReferencesLeadSomewhere() {
        JsonObject schemas = DESCRIPTION.getJsonObject("components").getJsonObject("schemas");
        List<JsonObject> objects = objects(schemas).toList();
        assertEquals(List.of(), objects.stream().filter(one -> one.getOrDefault("type", JsonValue.NULL).equals(Json.createValue("object")) && !one.containsKey("additionalProperties")).toList());
        Set<String> used = new TreeSet<>();
        objects(DESCRIPTION).filter(one -> one.containsKey("$ref")).forEach(one -> {
            resolved(one);
            used.add(one.getString("$ref"));
        });
        assertEquals(List.of(), schemas.keySet().stream().filter(name -> !used.contains("#/components/schemas/" + name)).toList(), "schemas that nothing uses");
    }

    private static Stream<JsonObject> objects(JsonValue value) {
        if (value instanceof JsonObject object) {
            return Stream.concat(Stream.of(object), object.values().stream().flatMap(DescriptionTest::objects));
        }
        return value instanceof JsonArray array ? array.stream().flatMap(DescriptionTest::objects) : Stream.of();
    }

    private static JsonObject resolved(JsonObject one) {
        return one.containsKey("$ref") ? DESCRIPTION.getValue(one.getString("$ref").substring(1)).asJsonObject() : one;
    }

    private static JsonObject description() {
        try (JsonReader reader = Json.createReader(DescriptionTest.class.getResourceAsStream("openapi.json"))) {
            return reader.readObject();
        }
    }
}
