package org.kopuro.server;

import java.util.List;
import java.util.Optional;

/** The lock file that a running PostgreSQL keeps in its data directory: who it is and where it listens. */
record PostmasterPid(long pid, Optional<Integer> port) {

    private static final int PORT_LINE = 3;

    /** Empty when the text is not one that PostgreSQL wrote: a power cut or a full disk may leave anything. */
    static Optional<PostmasterPid> parse(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        Optional<Long> pid = lines.isEmpty() ? Optional.empty() : number(lines.get(0));
        // A negative number is how PostgreSQL marks a stand-alone backend; it counts as the process all the same.
        return pid.map(Math::abs).filter(number -> number > 0).map(number -> new PostmasterPid(number,
                lines.size() > PORT_LINE ? number(lines.get(PORT_LINE)).map(Long::intValue) : Optional.empty()));
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
