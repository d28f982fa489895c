package org.kopuro.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processor time as Linux counts it, in hundredths of a second. */
final class Processor {

    private static final double MILLIS_PER_TICK = 10;
    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private Processor() {
    }

    static double millisOf(long process) throws IOException {
        String[] fields = fields(process);
        return MILLIS_PER_TICK * (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]));
    }

    /** With its children, those that have ended included. */
    static double millisOfTree(long parent) throws IOException {
        String[] own = fields(parent);
        double sum = millisOf(parent) + MILLIS_PER_TICK * (Long.parseLong(own[CHILDREN_USER]) + Long.parseLong(own[CHILDREN_SYSTEM]));
        for (long process : processes()) {
            try {
                String[] fields = fields(process);
                if (Long.parseLong(fields[PARENT]) == parent) {
                    sum += MILLIS_PER_TICK * (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]));
                }
            } catch (NoSuchFileException e) {
                // It ended meanwhile; whoever it was did not work for us.
            }
        }
        return sum;
    }

    /** What follows the name in parentheses: state, parent and so on. */
    private static String[] fields(long process) throws IOException {
        String line = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
        return line.substring(line.lastIndexOf(')') + 2).split(" ");
    }

    private static List<Long> processes() throws IOException {
        List<Long> found = new ArrayList<>();
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            folders.forEach(folder -> found.add(Long.valueOf(folder.getFileName().toString())));
        }
        return found;
    }
}
