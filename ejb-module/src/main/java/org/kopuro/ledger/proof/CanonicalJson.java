package org.kopuro.ledger.proof;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/** JSON in the one spelling of RFC 8785. */
public final class CanonicalJson {

    /** Kept: to look for the JSON library anew at every entry costs more than to read the entry. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private CanonicalJson() {
    }

    public static String of(JsonObject object) {
        try {
            return canonical(object.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Reads an object, and refuses it in any other spelling: repeated names, spaces, another order. */
    public static JsonObject parse(String text, String where) throws Unproven {
        JsonObject object;
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            object = reader.readObject();
        } catch (RuntimeException e) {
            // Besides JsonException, the library throws bare ones, as for brackets in brackets in brackets.
            throw new Unproven(where + " is not a JSON object.");
        }
        try {
            if (canonical(text).equals(text)) {
                return object;
            }
        } catch (IOException | IllegalArgumentException e) {
            // A name twice, a number that no double holds, or half of a surrogate pair: not canonical either.
        }
        throw new Unproven(where + " is not canonical JSON (RFC 8785): it was altered, or written by something else.");
    }

    private static String canonical(String json) throws IOException {
        return new JsonCanonicalizer(json).getEncodedString();
    }
}
