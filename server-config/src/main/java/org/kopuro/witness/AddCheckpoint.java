package org.kopuro.witness;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kopuro.ledger.proof.Checkpoint;
import org.kopuro.ledger.proof.ConsistencyProof;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.TrustedCheckpoint;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.verify.LimitedFile;
import org.kopuro.verify.WrongUse;

/** A checkpoint that somebody brings, with a consistency proof: {@code add-checkpoint} of c2sp.org/tlog-witness. */
final class AddCheckpoint {

    /** A proof of 63 hashes and a note. */
    static final int LENGTH_MAX = 8 * 1024 + SignedNote.LENGTH_MAX;
    private static final int PATH_MAX = 63;
    private static final Pattern OLD = Pattern.compile("old (0|[1-9]\\d{0,17})");
    private static final String TEXT = "text/plain; charset=utf-8";

    /** What is answered; statuses as the specification has them. */
    record Answer(int status, String type, String body) {
    }

    private record Request(long old, List<Hash> path, SignedNote note) {
    }

    private final Collection<VerifierKey> keys;
    private final NoteSigner signer;
    private final State state;
    private final Clock clock;

    AddCheckpoint(Collection<VerifierKey> keys, NoteSigner signer, State state, Clock clock) {
        this.keys = keys;
        this.signer = signer;
        this.state = state;
        this.clock = clock;
    }

    /** Under the state's lock: what is compared with the state must still be so when the state changes. */
    Answer answer(byte[] body) throws IOException, WrongUse, Contradiction {
        Request request;
        Checkpoint claimed;
        try {
            request = parse(LimitedFile.text(body, "The request"));
            claimed = Checkpoint.parse(request.note().text());
        } catch (Unproven e) {
            return refused(400, e.getMessage());
        }
        if (keys.stream().noneMatch(key -> key.name().equals(claimed.origin()))) {
            return refused(404, "This witness does not know the ledger " + claimed.origin() + ".");
        }
        try {
            TrustedCheckpoint.of(request.note(), keys, List.of());
        } catch (Unproven e) {
            // Anybody can bring this; it says nothing against the ledger.
            return refused(403, e.getMessage());
        }
        if (request.old() > claimed.size()) {
            return refused(400, "The old size is larger than the checkpoint's.");
        }
        return decide(request, claimed);
    }

    private Answer decide(Request request, Checkpoint claimed) throws IOException, WrongUse, Contradiction {
        if (state.alarm().isPresent()) {
            return refused(503, "There is an alarm: nothing is co-signed until a person has removed it.");
        }
        Optional<SignedNote> before = state.verified();
        Checkpoint latest = latest(before, claimed.origin());
        if (request.old() != latest.size()) {
            return new Answer(409, "text/x.tlog.size", latest.size() + "\n");
        }
        if (claimed.size() == latest.size() && !claimed.root().equals(latest.root())) {
            if (before.isEmpty()) {
                return refused(409, "The root is not that of a tree without entries.");
            }
            throw new Contradiction("The ledger " + claimed.origin() + " was forked: it signed two different trees of " + claimed.size() + " entries.",
                    Round.evidence(before, request.note()));
        }
        try {
            new ConsistencyProof(request.old(), claimed.size(), request.path()).verify(latest.root(), claimed.root());
        } catch (Unproven e) {
            return refused(422, e.getMessage());
        }
        SignedNote.Signature line = signer.cosign(request.note().text(), clock.instant());
        state.advance(before, Round.ours(request.note(), keys).with(List.of(line)));
        return new Answer(200, TEXT, line.format() + "\n");
    }

    private Checkpoint latest(Optional<SignedNote> before, String origin) throws WrongUse {
        try {
            Checkpoint latest = before.isPresent() ? Checkpoint.parse(before.get().text()) : new Checkpoint(origin, 0, Hash.EMPTY_TREE);
            if (latest.origin().equals(origin)) {
                return latest;
            }
            throw new WrongUse("The state in " + state.folder() + " is of the ledger " + latest.origin() + ", not of " + origin + ": take another folder.");
        } catch (Unproven e) {
            throw new WrongUse("The state in " + state.folder() + " was altered: " + e.getMessage());
        }
    }

    private static Request parse(String body) throws Unproven {
        int end = body.indexOf("\n\n");
        String[] lines = end < 0 ? new String[] {""} : body.substring(0, end).split("\n", -1);
        Matcher old = OLD.matcher(lines[0]);
        if (!old.matches() || lines.length > 1 + PATH_MAX) {
            throw new Unproven("The request is not an old size, at most " + PATH_MAX + " hashes, an empty line and a checkpoint.");
        }
        List<Hash> path = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            path.add(Hash.parse(lines[i], "Line " + (i + 1)));
        }
        return new Request(Long.parseLong(old.group(1)), path, SignedNote.parse(body.substring(end + 2)));
    }

    static Answer refused(int status, String sentence) {
        return new Answer(status, TEXT, sentence + "\n");
    }
}
