package org.kopuro.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kopuro.verify.WrongUse;

/** A product that is a command: words, some of which are filled in. No shell reads them. */
final class ProductCommand implements Product {

    private static final Set<String> NEEDED = Set.of("service", "inn", "token");
    private static final Set<String> KNOWN = Set.of("service", "inn", "token", "url", "server-cert", "tls-cert");
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");
    /** One word: a quoted part keeps its blanks. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    private final List<String> words;
    private final Duration limit;
    private final Optional<Path> output;

    private ProductCommand(List<String> words, Duration limit, Optional<Path> output) {
        this.words = words;
        this.limit = limit;
        this.output = output;
    }

    /** @param output what the product says is added to this file; else it is thrown away */
    static ProductCommand of(String template, Duration limit, Optional<Path> output) throws WrongUse {
        List<String> words = new ArrayList<>();
        String rest = WORD.matcher(template).replaceAll(word -> {
            words.add(word.group().replaceAll("[\"']", ""));
            return "";
        });
        if (words.isEmpty() || !rest.isBlank()) {
            throw new WrongUse("--product is a command with its arguments; a quotation mark in it has no end, or it is empty.");
        }
        List<String> places = words.stream().flatMap(word -> PLACE.matcher(word).results()).map(place -> place.group(1)).toList();
        for (String place : places) {
            if (!KNOWN.contains(place)) {
                throw new WrongUse("--product has a place {" + place + "} that is not known.");
            }
        }
        for (String place : NEEDED.stream().sorted().toList()) {
            if (!places.contains(place)) {
                throw new WrongUse("--product has no place {" + place + "}.");
            }
        }
        return new ProductCommand(words, limit, output);
    }

    @Override
    public Duration limit() {
        return limit;
    }

    /** Runs the product to its end; one that does not end is ended, with all it started. */
    @Override
    public OptionalInt call(Map<String, String> values, BooleanSupplier enough) throws WrongUse, InterruptedException {
        List<String> filled = words.stream().map(word -> PLACE.matcher(word).replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))))).toList();
        ProcessBuilder builder = new ProcessBuilder(filled).redirectInput(new File("/dev/null")).redirectErrorStream(true)
                .redirectOutput(output.map(file -> ProcessBuilder.Redirect.appendTo(file.toFile())).orElse(ProcessBuilder.Redirect.DISCARD));
        Process process;
        try {
            if (output.isPresent() && Files.notExists(output.get())) {
                // Its owner's only: a product may say what it was told.
                Files.createFile(output.get(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            process = builder.start();
        } catch (IOException e) {
            throw new WrongUse("The product cannot be started, or its output not be written: " + words.get(0) + ".");
        }
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (System.nanoTime() < end && !enough.getAsBoolean()) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    return OptionalInt.of(process.exitValue());
                }
            }
            return OptionalInt.empty();
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }
    }
}
