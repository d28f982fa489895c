package org.kopuro.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.NavigableMap;
import org.kopuro.installation.SecretFiles;
import org.kopuro.installation.Sql;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;

/** What the operator does to a ledger by hand: replaces its key, admits witnesses ({@code docs/operating/ledger.md} says when), and what commands record. */
public final class LedgerAdministration {

    private LedgerAdministration() {
    }

    /**
     * Makes the next key beside the present ones, for the nodes to take at their next start.
     *
     * @return its verifier key
     */
    public static VerifierKey addKey(Path keysFolder) throws Unproven {
        NavigableMap<Short, byte[]> present = SecretFiles.present(keysFolder, LedgerKeys.FILE);
        if (present.isEmpty()) {
            throw new Unproven("There is no ledger key in " + keysFolder + " yet: the first start makes it.");
        }
        String origin = VerifierKey.parse(firstLine(present.lastEntry().getValue())).name();
        byte[] key = LedgerKeys.generate(origin);
        SecretFiles.add(keysFolder, LedgerKeys.FILE, (short) (present.lastKey() + 1), key);
        return VerifierKey.parse(firstLine(key));
    }

    /** Admits a witness; false where it is admitted already. From then on its cosignatures are taken. */
    public static boolean addWitness(Connection owner, String vkey) throws Unproven {
        VerifierKey key = VerifierKey.parse(vkey);
        if (key.kind() != VerifierKey.Kind.COSIGNATURE) {
            throw new Unproven("That is the key of a ledger, not of a witness: a witness's key is of type 4.");
        }
        return new TreeStore(Sql.on(owner)).addWitness(key.toString());
    }

    /** Records what an operator's command does, in its transaction. The command has none of the nodes' secrets: the event holds no personal value. */
    public static void record(Connection owner, LedgerEvent event) {
        new EntryStore(Sql.on(owner)).addWithoutSecret(event);
    }

    private static String firstLine(byte[] file) {
        return new String(file, StandardCharsets.UTF_8).split("\n")[0];
    }
}
