package org.kopuro.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/** A system that is ready, seen from outside: everything a demo or a tool needs to use it. */
public record Running(URI baseUrl, Path root, Path var, Path keys, Set<String> contours, Database database) {

    /** Below var; for what a person is meant to take away: demo certificates, ready-made calls. */
    public Path demo() {
        return var.resolve("demo");
    }
}
