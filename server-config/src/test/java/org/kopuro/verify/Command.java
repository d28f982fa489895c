package org.kopuro.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** bin/verify as it ended. */
record Command(int exitCode, String out, String err) {

    static Command run(Map<String, String> environment, Path root, List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(err, true, StandardCharsets.UTF_8);
        int exitCode = Verify.run(words, environment, root, new Progress(printed, false), new PrintStream(out, true, StandardCharsets.UTF_8), printed);
        return new Command(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** With the ledger's key. */
    static Command run(Object vkey, Object first, String... more) {
        List<String> words = new ArrayList<>(List.of(first.toString(), "--vkey", vkey.toString()));
        words.addAll(Arrays.asList(more));
        return run(Map.of(), Path.of("."), words);
    }

    Command proves() {
        assertEquals("", err);
        assertEquals(0, exitCode);
        assertTrue(out.startsWith("proven: "), out);
        return this;
    }

    void doesNotProve(String sentence) {
        assertEquals("not proven: " + sentence + "\n", err);
        assertEquals(1, exitCode);
        assertEquals("", out);
    }

    void doesNotProveBecause(String part) {
        assertEquals(1, exitCode, err);
        assertTrue(err.startsWith("not proven: ") && err.contains(part), err);
        assertEquals(1, err.lines().count(), err);
        assertEquals("", out);
    }

    void isWrongUse(String part) {
        assertEquals(2, exitCode, err);
        assertTrue(err.contains(part), err);
        assertFalse(err.contains("Exception"), err);
        assertEquals("", out);
    }
}
