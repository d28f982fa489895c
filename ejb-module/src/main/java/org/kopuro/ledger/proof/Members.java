package org.kopuro.ledger.proof;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The members of a JSON object that somebody else wrote. */
final class Members {

    /** As many as a tree of 2^63 entries needs, twice: more is no proof. */
    private static final int PATH_MAX = 128;
    /** Larger numbers are not exact in JSON. */
    private static final long WHOLE_MAX = (1L << 53) - 1;

    private final JsonObject object;
    private final String where;

    /** @param where begins a sentence, as “The receipt” */
    Members(JsonObject object, String where) {
        this.object = object;
        this.where = where;
    }

    /** Reads the text of a file: canonical JSON of exactly the given members, and a line feed. */
    static Members ofFile(String text, String where, String format, Set<String> names) throws Unproven {
        if (!text.endsWith("\n")) {
            throw new Unproven(where + " does not end with a line feed: it was cut off or altered.");
        }
        Members members = new Members(CanonicalJson.parse(text.substring(0, text.length() - 1), where), where);
        if (!members.string("format").equals(format)) {
            throw new Unproven(where + " is not of the format " + format + ".");
        }
        members.exactly(names);
        return members;
    }

    void exactly(Set<String> names) throws Unproven {
        for (String name : object.keySet()) {
            if (!names.contains(name)) {
                throw new Unproven(where + " has a member that does not belong there: " + name + ".");
            }
        }
    }

    String string(String name) throws Unproven {
        if (object.get(name) instanceof JsonString value) {
            return value.getString();
        }
        throw new Unproven(where + " has no text as “" + name + "”.");
    }

    /** Empty where there is no such member; another kind of value is refused. */
    Optional<String> optionalString(String name) throws Unproven {
        return object.containsKey(name) ? Optional.of(string(name)) : Optional.empty();
    }

    long whole(String name) throws Unproven {
        if (object.get(name) instanceof JsonNumber value) {
            try {
                long number = value.longValueExact();
                if (number >= 0 && number <= WHOLE_MAX) {
                    return number;
                }
            } catch (ArithmeticException e) {
                // Told below.
            }
        }
        throw new Unproven(where + " has no whole number from 0 as “" + name + "”.");
    }

    JsonObject object(String name) throws Unproven {
        if (object.get(name) instanceof JsonObject value) {
            return value;
        }
        throw new Unproven(where + " has no object as “" + name + "”.");
    }

    List<Hash> path() throws Unproven {
        if (!(object.get("path") instanceof JsonArray values) || values.size() > PATH_MAX) {
            throw new Unproven(where + " has no list of at most " + PATH_MAX + " hashes as “path”.");
        }
        List<Hash> path = new ArrayList<>();
        for (JsonValue value : values) {
            String at = where + "'s hash " + path.size() + " of “path”";
            if (!(value instanceof JsonString text)) {
                throw new Unproven(at + " is not a text.");
            }
            path.add(Hash.parse(text.getString(), at));
        }
        return path;
    }
}
