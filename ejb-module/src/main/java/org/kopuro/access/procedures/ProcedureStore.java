package org.kopuro.access.procedures;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.LedgerEvent;

/** Procedures under the application's role, in its transactions, and what two officials do to publish one. */
@Dependent
class ProcedureStore {

    private static final String PROPOSALS = "select id, procedure_code, version, document, reason, proposed_by, proposed_at, outcome, decided_by from access.procedure_proposal ";

    @Inject
    private Sql sql;

    ProcedureRows rows() {
        return new ProcedureRows(sql);
    }

    void requireFits(Procedure wanted, Instant at) {
        new Publication(wanted, rows(), at).requireFits();
    }

    LedgerEvent publish(Procedure wanted, Instant at, Actor by) {
        return new Publication(wanted, rows(), at).publish(by);
    }

    void add(ProcedureProposal proposal) {
        try {
            sql.update("insert into access.procedure_proposal (id, procedure_code, version, document, reason, proposed_by, proposed_at) values (?, ?, ?, ?, ?, ?, ?)", proposal.id(),
                    proposal.procedure(), proposal.version(), proposal.document(), proposal.reason(), proposal.proposedBy(), proposal.proposedAt());
        } catch (SqlFailure e) {
            if (e.constraint().equals("procedure_proposal_open_unique")) {
                throw Refusal.of(ProcedureRefusal.PROCEDURE_PROPOSED_ALREADY, "version");
            }
            throw e;
        }
    }

    void decide(ProcedureProposal proposal, ProcedureProposal.Outcome outcome, Optional<String> remark, UUID by, Instant at) {
        sql.update("update access.procedure_proposal set outcome = ?, remark = ?, decided_by = ?, decided_at = ? where id = ? and outcome is null", outcome, remark, by, at, proposal.id());
    }

    Optional<ProcedureProposal> proposalForChange(UUID id) {
        return sql.first(PROPOSALS + "where id = ? for update", ProcedureStore::proposal, id);
    }

    List<ProcedureProposal> openProposals() {
        return sql.list(PROPOSALS + "where outcome is null order by proposed_at, id limit 500", ProcedureStore::proposal);
    }

    private static ProcedureProposal proposal(Row row) {
        return new ProcedureProposal(row.uuid("id"), row.text("procedure_code"), row.number("version"), row.text("document"), row.text("reason"), row.uuid("proposed_by"),
                row.instant("proposed_at"), row.maybe("outcome", column -> row.as(ProcedureProposal.Outcome.class, column)), row.maybe("decided_by", row::uuid));
    }
}
