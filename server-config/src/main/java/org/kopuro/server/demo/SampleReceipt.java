package org.kopuro.server.demo;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A receipt of the ledger to try {@code bin/verify} with: that the demo's token was issued. And the key to check it with. */
final class SampleReceipt {

    /** The ledger's sequencer needs a second; a slow machine gets more. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 250;
    private static final String NOT_YET = "HTTP_409";

    private final Api taxpayer;
    private final DemoFolder folder;
    private final Clock clock;

    SampleReceipt(Api taxpayer, DemoFolder folder, Clock clock) {
        this.taxpayer = taxpayer;
        this.folder = folder;
        this.clock = clock;
    }

    /** Made anew at each start: an older one would still prove its entry, but not against what the ledger has become. */
    void write(String token) throws IOException, InterruptedException {
        String id = DemoBank.working(taxpayer, token, clock.instant()).map(known -> known.getString("id")).orElseThrow(() -> new IOException("the demo's token does not work"));
        JsonObject issued = taxpayer.get("ledger/entries?record=" + id).getJsonArray("entries").getJsonObject(0);
        DemoFolder.writePrivately(folder.app().resolve("sample-receipt.json"), receipt("ledger/entries/" + issued.getString("id") + "/receipt"));
        Files.writeString(folder.server().resolve("ledger.vkey"), taxpayer.text("/ledger/keys"));
    }

    private String receipt(String path) throws IOException, InterruptedException {
        Instant until = clock.instant().plus(PATIENCE);
        while (true) {
            try {
                return taxpayer.text(path);
            } catch (Api.NotDone e) {
                if (!e.is(NOT_YET) || clock.instant().isAfter(until)) {
                    throw e;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
