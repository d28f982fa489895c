package org.kopuro.access.requests;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.agreements.AgreementId;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;

@Dependent
class ProposalStore {

    private static final String SELECT = """
            select id, request_id, connection_id, agreement_id, subsystem_id, event, ground, first_day, reason, proposed_by, proposed_role, proposed_at, decided_by, decided_role, outcome from access.proposal
            """;

    @Inject
    private Sql sql;

    void add(ProposalView proposal, Contour contour) {
        try {
            sql.update("""
                    insert into access.proposal (id, contour, request_id, connection_id, agreement_id, subsystem_id, event, ground, first_day, reason, proposed_by, proposed_role, proposed_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", proposal.id(), contour, proposal.request(), proposal.connection(), proposal.agreement(), proposal.subsystem(),
                    proposal.event(), proposal.ground(), proposal.firstDay(), proposal.reason(), proposal.proposedBy(), proposal.proposedRole(), proposal.proposedAt());
        } catch (SqlFailure e) {
            throw e.constraint().equals("proposal_open_unique") ? Refusal.of(RequestRefusal.PROPOSED_ALREADY, "proposal") : e;
        }
    }

    void decide(UUID id, ProposalView.Outcome outcome, String remark, Actor by, Instant at) {
        sql.update("update access.proposal set outcome = ?, remark = ?, decided_by = ?, decided_role = ?, decided_at = ? where id = ? and outcome is null", outcome, remark,
                by.account().orElseThrow(), by.role(), at, id);
    }

    Optional<ProposalView> findForChange(UUID id, Contour contour) {
        return sql.first(SELECT + "where id = ? and contour = ? for update", ProposalStore::proposal, id, contour);
    }

    List<ProposalView> open(Contour contour) {
        return sql.list(SELECT + "where contour = ? and decided_at is null order by proposed_at, id limit 500", ProposalStore::proposal, contour);
    }

    private static ProposalView proposal(Row row) {
        return new ProposalView(row.uuid("id"), row.maybe("request_id", row::uuid).map(RequestId::new), row.maybe("connection_id", row::uuid).map(ConnectionId::new),
                row.maybe("agreement_id", row::uuid).map(AgreementId::new), row.maybe("subsystem_id", row::uuid).map(SubsystemId::new), row.text("event"), row.maybe("ground", row::text),
                row.maybe("first_day", row::day), row.text("reason"), row.uuid("proposed_by"), row.text("proposed_role"), row.instant("proposed_at"), row.maybe("decided_by", row::uuid),
                row.maybe("decided_role", row::text), row.maybe(ProposalView.Outcome.class, "outcome"));
    }
}
