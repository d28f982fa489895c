package org.kopuro.ledger.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A checkpoint whose signatures were verified with keys that are trusted.
 *
 * <p>A line of a key that is not known says nothing, neither for nor against. But a line that lies next to a known key, with its name
 * or its key id but not both, is taken for an altered one; so that no octet of a line that could be checked is open to alteration.
 *
 * @param signedBy  the ledger's keys that signed
 * @param cosigned  names of the witnesses that are trusted and co-signed, however many keys each has, with the time that it gave
 * @param unchecked names in signature lines of unknown keys
 */
public record TrustedCheckpoint(Checkpoint checkpoint, List<VerifierKey> signedBy, Map<String, Instant> cosigned, List<String> unchecked) {

    public TrustedCheckpoint {
        signedBy = List.copyOf(signedBy);
        cosigned = Collections.unmodifiableMap(new TreeMap<>(cosigned));
        unchecked = List.copyOf(unchecked);
    }

    /** Throws unless at least one key of the ledger signed, and every line that claims a given key is right. */
    public static TrustedCheckpoint of(SignedNote note, Collection<VerifierKey> ledgerKeys, Collection<VerifierKey> witnessKeys) throws Unproven {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        List<VerifierKey> signedBy = new ArrayList<>();
        Map<String, Instant> cosigned = new TreeMap<>();
        List<SignedNote.Signature> unknown = new ArrayList<>();
        Set<VerifierKey> seen = new HashSet<>();
        for (SignedNote.Signature line : note.signatures()) {
            Optional<VerifierKey> ledger = maker(ledgerKeys, VerifierKey.Kind.NOTE, line);
            Optional<VerifierKey> witness = maker(witnessKeys, VerifierKey.Kind.COSIGNATURE, line);
            if (ledger.isPresent()) {
                ledger.get().verify(note.text(), line);
                signedBy.add(ledger.get());
                requireOnce(seen.add(ledger.get()), line);
            } else if (witness.isPresent()) {
                requireOnce(seen.add(witness.get()), line);
                cosigned.put(line.name(), witness.get().verify(note.text(), line).orElseThrow());
            } else {
                unknown.add(line);
            }
        }
        requireLedger(checkpoint, signedBy, unknown);
        requireUnaltered(unknown, ledgerKeys, cosigned.keySet(), witnessKeys);
        return new TrustedCheckpoint(checkpoint, signedBy, cosigned, unknown.stream().map(SignedNote.Signature::name).toList());
    }

    private static Optional<VerifierKey> maker(Collection<VerifierKey> keys, VerifierKey.Kind kind, SignedNote.Signature line) {
        return keys.stream().filter(key -> key.kind() == kind && key.made(line)).findFirst();
    }

    private static void requireLedger(Checkpoint checkpoint, List<VerifierKey> signedBy, List<SignedNote.Signature> unknown) throws Unproven {
        if (signedBy.isEmpty()) {
            throw new Unproven("The checkpoint is not signed by a key of the ledger that was given; its lines are of "
                    + String.join(", ", new TreeSet<>(unknown.stream().map(SignedNote.Signature::name).toList())) + ".");
        }
        for (VerifierKey key : signedBy) {
            if (!key.name().equals(checkpoint.origin())) {
                throw new Unproven("The checkpoint is of the ledger " + checkpoint.origin() + ", but signed by the key of " + key.name() + ".");
            }
        }
    }

    /** A key that was changed for another keeps its name: its line is foreign only where no known key of the name signed. */
    private static void requireUnaltered(List<SignedNote.Signature> unknown, Collection<VerifierKey> ledgerKeys, Collection<String> cosigned,
            Collection<VerifierKey> witnessKeys) throws Unproven {
        List<VerifierKey> known = new ArrayList<>(ledgerKeys);
        known.addAll(witnessKeys);
        for (SignedNote.Signature line : unknown) {
            boolean idAlone = known.stream().anyMatch(key -> key.id() == line.keyId());
            boolean nameAlone = !cosigned.contains(line.name()) && witnessKeys.stream().anyMatch(key -> key.name().equals(line.name()));
            if (idAlone || nameAlone) {
                throw new Unproven("The signature line of " + line.name() + " has the name or the key id of a known key, but not both: it was altered.");
            }
        }
    }

    private static void requireOnce(boolean once, SignedNote.Signature line) throws Unproven {
        if (!once) {
            throw new Unproven("The checkpoint has two signature lines of one key of " + line.name() + ".");
        }
    }
}
