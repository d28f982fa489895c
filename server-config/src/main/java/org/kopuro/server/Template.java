package org.kopuro.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text file of settings in which the launcher fills in what it alone knows. An unknown name is a defect, not an empty string. */
record Template(Path file) {

    private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)}");

    String filledWith(Map<String, ?> values) {
        return NAME.matcher(read()).replaceAll(match -> {
            Object value = values.get(match.group(1));
            // Comments speak of ${…} too; only word characters make a name.
            if (value == null) {
                throw new IllegalStateException(file + " asks for the unknown " + match.group());
            }
            return Matcher.quoteReplacement(value.toString());
        });
    }

    /** Without comments and empty lines. */
    List<String> linesFilledWith(Map<String, ?> values) {
        return filledWith(values).lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
    }

    private String read() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
