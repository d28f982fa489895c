package org.kopuro.exchange.rest;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * Reads a JSON object field by field. A wrong type is refused with the field's name, and {@link #end()} refuses fields that
 * nobody asked for, so that a misspelt optional field is not silently ignored.
 */
public final class JsonBody {

    private static final int LIST_MAX = 100;
    /** A name that stands twice could be read in two ways. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private final JsonObject object;
    private final String path;
    private final Set<String> read = new HashSet<>();

    private JsonBody(JsonObject object, String path) {
        this.object = object;
        this.path = path;
    }

    public static JsonBody of(String body) {
        try (JsonReader reader = READERS.createReader(new StringReader(body == null ? "" : body))) {
            if (reader.readValue() instanceof JsonObject object) {
                return new JsonBody(object, "");
            }
        } catch (RuntimeException e) {
            // The parser throws a bare RuntimeException when the nesting is too deep, its own types for the rest.
            throw Refusal.of(InputRefusal.BODY_NOT_JSON);
        }
        throw Refusal.of(InputRefusal.BODY_NOT_JSON);
    }

    /** A text that must be there. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, path + name));
    }

    public Optional<String> optionalText(String name) {
        JsonValue value = value(name);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString text) {
            return Optional.of(text.getString());
        }
        throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
    }

    /** A whole number that must be there. */
    public int number(String name) {
        JsonValue value = value(name);
        if (value == JsonValue.NULL) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, path + name);
        }
        try {
            if (value instanceof JsonNumber number) {
                return number.intValueExact();
            }
        } catch (ArithmeticException e) {
            // Too large, or not whole.
        }
        throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
    }

    /** Whether there is anything by this name. */
    public boolean has(String name) {
        return object.getOrDefault(name, JsonValue.NULL) != JsonValue.NULL;
    }

    /** Whether it is said to be nothing, as a merge patch does (RFC 7396). */
    public boolean emptied(String name) {
        return object.containsKey(name) && value(name) == JsonValue.NULL;
    }

    /** A whole number; empty where it is absent. */
    public Optional<Integer> optionalNumber(String name) {
        return value(name) == JsonValue.NULL ? Optional.empty() : Optional.of(number(name));
    }

    /** Absent means false. */
    public boolean flag(String name) {
        JsonValue value = value(name);
        if (value != JsonValue.NULL && value != JsonValue.TRUE && value != JsonValue.FALSE) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
        }
        return value == JsonValue.TRUE;
    }

    /** An object within; empty where it is absent. */
    public Optional<JsonBody> optionalObject(String name) {
        JsonValue value = value(name);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonObject nested) {
            return Optional.of(new JsonBody(nested, path + name + "."));
        }
        throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
    }

    /** Objects under names that are the caller's; absent means none. */
    public Map<String, JsonBody> optionalNamed(String name) {
        JsonValue value = value(name);
        if (value == JsonValue.NULL) {
            return Map.of();
        }
        if (!(value instanceof JsonObject all)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
        }
        if (all.size() > LIST_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, path + name, LIST_MAX);
        }
        Map<String, JsonBody> named = new LinkedHashMap<>();
        all.forEach((key, item) -> {
            if (!(item instanceof JsonObject nested)) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
            }
            named.put(key, new JsonBody(nested, path + name + "."));
        });
        return named;
    }

    /** As {@link #objects}; absent means none. */
    public List<JsonBody> optionalObjects(String name) {
        return object.getOrDefault(name, JsonValue.NULL) == JsonValue.NULL ? nothing(name) : objects(name);
    }

    /** As {@link #texts}; absent means none. */
    public List<String> optionalTexts(String name) {
        return object.getOrDefault(name, JsonValue.NULL) == JsonValue.NULL ? nothing(name) : texts(name);
    }

    private <T> List<T> nothing(String name) {
        read.add(name);
        return List.of();
    }

    public <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        return Input.oneOf(type, text(name), path + name);
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue item : list(name, LIST_MAX)) {
            if (!(item instanceof JsonString text)) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
            }
            texts.add(text.getString());
        }
        return texts;
    }

    public List<JsonBody> objects(String name) {
        return objects(name, LIST_MAX);
    }

    /** @param max where more than the usual hundred belong together */
    public List<JsonBody> objects(String name, int max) {
        List<JsonBody> objects = new ArrayList<>();
        for (JsonValue item : list(name, max)) {
            if (!(item instanceof JsonObject nested)) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
            }
            objects.add(new JsonBody(nested, path + name + "."));
        }
        return objects;
    }

    /** A text, a number, a flag, or a list of texts, as texts; absent means none. For what can stand behind a question mark as well. */
    public List<String> many(String name) {
        JsonValue value = value(name);
        return switch (value.getValueType()) {
            case NULL -> List.of();
            case STRING -> List.of(((JsonString) value).getString());
            case NUMBER, TRUE, FALSE -> List.of(value.toString());
            case ARRAY -> texts(name);
            case OBJECT -> throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
        };
    }

    /** Refuses what was not read. */
    public void end() {
        for (String name : object.keySet()) {
            if (!read.contains(name)) {
                throw Refusal.of(InputRefusal.FIELD_UNKNOWN, path + (name.length() <= 64 ? name : name.substring(0, 64)));
            }
        }
    }

    private JsonArray list(String name, int max) {
        JsonValue value = value(name);
        if (value == JsonValue.NULL) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, path + name);
        }
        if (!(value instanceof JsonArray array)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
        }
        if (array.size() > max) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, path + name, max);
        }
        return array;
    }

    private JsonValue value(String name) {
        read.add(name);
        return object.getOrDefault(name, JsonValue.NULL);
    }
}
