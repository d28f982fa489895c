package org.kopuro.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.NavigableMap;
import org.kopuro.installation.SecretFiles;
import org.kopuro.kernel.Contour;
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
    public static boolean addWitness(Connection owner, String vkey) throws SQLException, Unproven {
        VerifierKey key = VerifierKey.parse(vkey);
        if (key.kind() != VerifierKey.Kind.COSIGNATURE) {
            throw new Unproven("That is the key of a ledger, not of a witness: a witness's key is of type 4.");
        }
        try (PreparedStatement statement = owner.prepareStatement("insert into ledger.witness (vkey) values (?) on conflict on constraint witness_pk do nothing")) {
            statement.setString(1, key.toString());
            return statement.executeUpdate() == 1;
        }
    }

    /**
     * Records what an operator's command does, in its transaction. The command has none of the nodes' secrets: the event holds no personal value. That its
     * row names the newest secret, as any entry's does, means nothing for it.
     */
    public static void record(Connection owner, LedgerEvent event) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement("insert into ledger.entry (id, contour, record_id, secret, content) "
                + "select ?, ?, ?, coalesce(max(number), 1::smallint), ? from kernel.secret where name = ?")) {
            statement.setObject(1, event.id());
            statement.setString(2, event.contour().map(Contour::name).orElse(null));
            statement.setObject(3, event.recordId());
            statement.setString(4, event.content());
            statement.setString(5, BlindingSecrets.FILE);
            statement.executeUpdate();
        }
    }

    private static String firstLine(byte[] file) {
        return new String(file, StandardCharsets.UTF_8).split("\n")[0];
    }
}
