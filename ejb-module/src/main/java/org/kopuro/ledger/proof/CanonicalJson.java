package org.kopuro.ledger.proof;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import org.erdtman.jcs.JsonCanonicalizer;

/** JSON in the one spelling of RFC 8785. */
public final class CanonicalJson {

    private CanonicalJson() {
    }

    public static String of(JsonObject object) {
        try {
            return new JsonCanonicalizer(object.toString()).getEncodedString();
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Reads an object, and refuses it in any other spelling: repeated names, spaces, another order. */
    public static JsonObject parse(String text, String where) throws Unproven {
        JsonObject object;
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            object = reader.readObject();
        } catch (JsonException | IllegalStateException e) {
            throw new Unproven(where + " is not a JSON object.");
        }
        if (!of(object).equals(text)) {
            throw new Unproven(where + " is not canonical JSON (RFC 8785): it was altered, or written by something else.");
        }
        return object;
    }
}
