package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that ran to its end, as from a shell. */
record Program(int exitCode, String output) {

    /** What a program needs is installed where that is allowed; elsewhere one line says what to install. */
    static void require(Path folder, String debianPackage, String... trial) throws Exception {
        if (works(folder, trial)) {
            return;
        }
        if (System.getProperty("user.name").equals("root")) {
            ended(List.of("apt-get", "install", "-y", "-q", debianPackage), folder, List.of("DEBIAN_FRONTEND=noninteractive"));
        }
        assertTrue(works(folder, trial), debianPackage + " is missing: apt-get install " + debianPackage);
    }

    private static boolean works(Path folder, String... trial) throws Exception {
        try {
            return ended(List.of(trial), folder, List.of()).exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static Program ended(List<String> words, Path folder, List<String> environment) throws Exception {
        return ended(words, folder, environment, 120);
    }

    static Program ended(List<String> words, Path folder, List<String> environment, int secondsMax) throws Exception {
        Path output = Files.createTempFile("output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KOPURO_"));
        // Refusals are compared in English.
        builder.environment().put("LC_ALL", "C.UTF-8");
        for (String assignment : environment) {
            int equals = assignment.indexOf('=');
            builder.environment().put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        Process process = builder.start();
        boolean inTime = process.waitFor(secondsMax, TimeUnit.SECONDS);
        if (!inTime) {
            process.destroyForcibly();
        }
        assertTrue(inTime, () -> words.get(0) + " takes too long");
        String text = Files.readString(output);
        Files.delete(output);
        return new Program(process.exitValue(), text);
    }
}
