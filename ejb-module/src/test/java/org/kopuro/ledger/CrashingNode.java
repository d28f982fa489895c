package org.kopuro.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/**
 * A node that writes and sequences until it is killed. What was acknowledged, a commit that returned, goes to a file; whatever fails is
 * tried again, as callers do.
 */
final class CrashingNode {

    private static final int WRITERS = 4;
    private static final long PAUSE_MILLIS = 20;

    private CrashingNode() {
    }

    public static void main(String[] arguments) {
        Path acknowledged = Path.of(arguments[0]);
        TestApplication node = new TestApplication("TEST", Scene.NOON);
        for (int writer = 0; writer < WRITERS; writer++) {
            new Thread(() -> forEver(() -> write(node, acknowledged))).start();
        }
        forEver(() -> node.with(Sequencer.class, Sequencer::integrate));
    }

    private static void write(TestApplication node, Path acknowledged) {
        UUID id = UUID.randomUUID();
        node.run(Ledger.class, ledger -> ledger.record(LedgerEvent.itself("test.happened", 1, Optional.of(Contour.TEST), "test", id, Scene.NOON)));
        try {
            Files.writeString(acknowledged, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forEver(Runnable work) {
        while (true) {
            try {
                work.run();
            } catch (RuntimeException e) {
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }
}
