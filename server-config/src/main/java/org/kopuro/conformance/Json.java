package org.kopuro.conformance;

import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.kopuro.client.NotVerifiable;

/** JSON of strangers. */
final class Json {

    /** A name twice could be read in two ways. Depth is limited by the library. */
    private static final JsonReaderFactory READERS = jakarta.json.Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private Json() {
    }

    static JsonObject object(byte[] octets) throws NotVerifiable {
        try (JsonReader reader = READERS.createReader(new StringReader(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString()))) {
            return reader.readObject();
        } catch (CharacterCodingException e) {
            throw new NotVerifiable("its body is not UTF-8");
        } catch (RuntimeException e) {
            // Besides JsonException, the library throws bare ones, as for brackets in brackets in brackets.
            throw new NotVerifiable("its body is not a JSON object, each name in it once");
        }
    }
}
