package org.kopuro.witness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kopuro.ledger.proof.EntryBundle;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Tile;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.verify.LimitedFile;

/** A ledger's public addresses. Every answer has a limit, in time and in length. */
final class RemoteLedger {

    private static final int OK = 200;
    private static final int DONE = 204;
    private static final int NOT_THERE = 404;
    private static final int ANSWER_MAX = 16 * 1024;

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private final Duration limit;

    /** @param address without a slash at its end */
    RemoteLedger(URI address, Duration limit) {
        this.address = address.toString();
        this.limit = limit;
    }

    SignedNote checkpoint() throws Trouble {
        HttpResponse<byte[]> answer = get("checkpoint", SignedNote.LENGTH_MAX);
        if (answer.statusCode() != OK) {
            throw answered("checkpoint", answer.statusCode());
        }
        try {
            return SignedNote.parse(LimitedFile.text(answer.body(), "The checkpoint"));
        } catch (Unproven e) {
            throw new Trouble(address + "/checkpoint answers no checkpoint: " + e.getMessage());
        }
    }

    byte[] hashes(Tile tile) throws Trouble {
        return octets(tile, Tile.FULL * Hash.LENGTH, (octets, there) -> {
            if (octets.length != there.width() * Hash.LENGTH) {
                throw new Trouble(address + "/tile/" + there.path() + " has " + octets.length + " octets instead of " + there.width() * Hash.LENGTH + ".");
            }
            return Arrays.copyOf(octets, tile.width() * Hash.LENGTH);
        });
    }

    List<byte[]> entries(Tile bundle) throws Trouble {
        return octets(bundle, EntryBundle.LENGTH_MAX, (octets, there) -> {
            try {
                return EntryBundle.parse(octets, there).subList(0, bundle.width());
            } catch (Unproven e) {
                throw new Trouble(address + ": " + e.getMessage());
            }
        });
    }

    private interface Reading<T> {
        T read(byte[] octets, Tile there) throws Trouble;
    }

    /** An unfinished tile may be gone once the full one is there: c2sp.org/tlog-tiles. */
    private <T> T octets(Tile tile, int lengthMax, Reading<T> reading) throws Trouble {
        HttpResponse<byte[]> answer = get("tile/" + tile.path(), lengthMax);
        Tile there = tile;
        if (answer.statusCode() == NOT_THERE && !tile.full()) {
            there = new Tile(tile.level(), tile.number(), Tile.FULL);
            answer = get("tile/" + there.path(), lengthMax);
        }
        if (answer.statusCode() != OK) {
            throw answered("tile/" + tile.path(), answer.statusCode());
        }
        return reading.read(answer.body(), there);
    }

    void offer(SignedNote note) throws Trouble {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(uri("cosignatures")).header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString(note.format())), "cosignatures", ANSWER_MAX);
        if (answer.statusCode() != DONE && answer.statusCode() != OK) {
            throw new Trouble("The ledger did not take the cosignature: " + address + "/cosignatures answered with status " + answer.statusCode()
                    + ". Is this witness registered there?");
        }
    }

    private HttpResponse<byte[]> get(String path, int lengthMax) throws Trouble {
        return send(HttpRequest.newBuilder(uri(path)).GET(), path, lengthMax);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, String path, int lengthMax) throws Trouble {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request.timeout(limit).build(), unused -> new LimitedBody(lengthMax));
        try {
            // The request's own limit ends with the answer's head; a body may drip for ever.
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Trouble(address + "/" + path + " does not answer within " + limit.toSeconds() + " seconds.");
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof IOException cause && String.valueOf(cause.getMessage()).startsWith("more than") ? " answers " + cause.getMessage() + "." : " cannot be reached.";
            throw new Trouble(address + "/" + path + why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted.");
        }
    }

    private URI uri(String path) {
        return URI.create(address + "/" + path);
    }

    private Trouble answered(String path, int status) {
        return new Trouble(address + "/" + path + " answers with status " + status + ".");
    }
}
