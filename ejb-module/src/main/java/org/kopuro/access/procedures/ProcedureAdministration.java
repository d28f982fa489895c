package org.kopuro.access.procedures;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.LedgerAdministration;

/** Procedures over the connection of the schema's owner, beside the application: the operator's command. */
public final class ProcedureAdministration {

    private static final Actor OWNER = new Actor(Optional.empty(), "OWNER");

    private final Connection owner;
    private final Clock clock;

    /** @param owner in auto-commit mode; stays open */
    public ProcedureAdministration(Connection owner, Clock clock) {
        this.owner = owner;
        this.clock = clock;
    }

    /** The newest version as a document that can be published again, once number and first day are another one's. */
    public String document(String code) {
        return ProcedureDocument.write(new ProcedureRows(Sql.on(owner)).versions(code).stream().findFirst().orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "procedure")));
    }

    /** Publishes the version in a transaction of its own, or changes nothing. */
    public Procedure publish(String document) throws SQLException {
        Procedure wanted = ProcedureDocument.read(document);
        owner.setAutoCommit(false);
        try {
            LedgerAdministration.record(owner, new Publication(wanted, new ProcedureRows(Sql.on(owner)), clock.instant()).publish(OWNER));
            owner.commit();
            return wanted;
        } finally {
            // Nothing to roll back after a commit; everything after a failure.
            owner.rollback();
            owner.setAutoCommit(true);
        }
    }
}
