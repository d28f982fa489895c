package org.kopuro.ledger.proof;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.Set;

/** A consistency proof as a file or an answer: {@code kopuro-consistency/1}. */
public final class ConsistencyFile {

    /** In characters. */
    public static final int LENGTH_MAX = 16 * 1024;
    private static final String FORMAT = "kopuro-consistency/1";

    private ConsistencyFile() {
    }

    public static String format(ConsistencyProof proof) {
        JsonArrayBuilder hashes = Json.createArrayBuilder();
        proof.path().forEach(hash -> hashes.add(hash.base64()));
        return CanonicalJson.of(Json.createObjectBuilder().add("format", FORMAT).add("from", proof.from()).add("path", hashes).add("to", proof.to()).build()) + "\n";
    }

    public static ConsistencyProof parse(String text) throws Unproven {
        if (text.length() > LENGTH_MAX) {
            throw new Unproven("The consistency proof is longer than " + LENGTH_MAX + " characters.");
        }
        Members members = Members.ofFile(text, "The consistency proof", FORMAT, Set.of("format", "from", "path", "to"));
        return new ConsistencyProof(members.whole("from"), members.whole("to"), members.path());
    }
}
