package org.kopuro.loans.imports;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.kopuro.testing.TestApplication;

/** A node that imports whatever waits until it is killed. Its argument is the moment that it takes for now. */
final class ImportingNode {

    private ImportingNode() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        ImportScene.Node node = new ImportScene.Node(new TestApplication("TEST,PRODUCTION", Instant.parse(arguments[0])));
        while (true) {
            node.runs.turn();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
