package org.kopuro.access.procedures;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.LedgerEvent;

/** Procedures under the application's role, in its transactions, and what two officials do to publish one. */
@Dependent
class ProcedureStore {

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    Optional<Procedure> inForce(String code, Instant moment) {
        return run(connection -> new ProcedureRows(connection).inForce(code, moment));
    }

    Optional<Procedure> version(String code, int version) {
        return run(connection -> new ProcedureRows(connection).version(code, version));
    }

    List<Procedure> versions(String code) {
        return run(connection -> new ProcedureRows(connection).versions(code));
    }

    Optional<String> calendar(String code) {
        return run(connection -> new ProcedureRows(connection).calendar(code));
    }

    List<String> codes() {
        return run(connection -> new ProcedureRows(connection).codes());
    }

    void requireFits(Procedure wanted, Instant at) {
        run(connection -> new Publication(wanted, connection, at).requireFits());
    }

    LedgerEvent publish(Procedure wanted, Instant at, Actor by) {
        return run(connection -> new Publication(wanted, connection, at).publish(by));
    }

    void add(ProcedureProposal proposal) {
        run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    insert into access.procedure_proposal (id, procedure_code, version, document, reason, proposed_by, proposed_at) values (?, ?, ?, ?, ?, ?, ?)""")) {
                bind(statement, proposal.id(), proposal.procedure(), proposal.version(), proposal.document(), proposal.reason(), proposal.proposedBy(), utc(proposal.proposedAt()));
                return statement.executeUpdate();
            } catch (SQLException e) {
                if (BrokenConstraint.in(e).filter("procedure_proposal_open_unique"::equals).isPresent()) {
                    throw Refusal.of(ProcedureRefusal.PROCEDURE_PROPOSED_ALREADY, "version");
                }
                throw e;
            }
        });
    }

    void decide(ProcedureProposal proposal, ProcedureProposal.Outcome outcome, Optional<String> remark, UUID by, Instant at) {
        run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "update access.procedure_proposal set outcome = ?, remark = ?, decided_by = ?, decided_at = ? where id = ? and outcome is null")) {
                bind(statement, outcome.name(), remark.orElse(null), by, utc(at), proposal.id());
                return statement.executeUpdate();
            }
        });
    }

    Optional<ProcedureProposal> proposalForChange(UUID id) {
        return proposals("where id = ? for update", id).stream().findFirst();
    }

    List<ProcedureProposal> openProposals() {
        return proposals("where outcome is null order by proposed_at, id limit 500");
    }

    private List<ProcedureProposal> proposals(String where, Object... arguments) {
        return run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "select id, procedure_code, version, document, reason, proposed_by, proposed_at, outcome, decided_by from access.procedure_proposal " + where)) {
                bind(statement, arguments);
                List<ProcedureProposal> proposals = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        proposals.add(new ProcedureProposal(row.getObject("id", UUID.class), row.getString("procedure_code"), row.getInt("version"), row.getString("document"),
                                row.getString("reason"), row.getObject("proposed_by", UUID.class), row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
                                Optional.ofNullable(row.getString("outcome")).map(ProcedureProposal.Outcome::valueOf), Optional.ofNullable(row.getObject("decided_by", UUID.class))));
                    }
                }
                return proposals;
            }
        });
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private <T> T run(Work<T> work) {
        try {
            return work.on(entities.unwrap(Connection.class));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
