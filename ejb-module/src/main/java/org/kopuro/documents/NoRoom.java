package org.kopuro.documents;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The node has no room for a temporary file; trying again later may help. */
public final class NoRoom extends UncheckedIOException {

    NoRoom(IOException cause) {
        super("there is no room for a temporary file", cause);
    }
}
