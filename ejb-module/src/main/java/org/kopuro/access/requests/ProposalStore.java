package org.kopuro.access.requests;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.agreements.AgreementId;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;

@Dependent
class ProposalStore {

    private static final String SELECT = """
            select id, request_id, connection_id, agreement_id, subsystem_id, event, ground, first_day, reason, proposed_by, proposed_role, proposed_at, decided_by, decided_role, outcome from access.proposal
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(ProposalView proposal, Contour contour) {
        try (PreparedStatement statement = prepare("""
                insert into access.proposal (id, contour, request_id, connection_id, agreement_id, subsystem_id, event, ground, first_day, reason, proposed_by, proposed_role, proposed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int i = 0;
            statement.setObject(++i, proposal.id());
            statement.setString(++i, contour.name());
            statement.setObject(++i, proposal.request().map(RequestId::value).orElse(null));
            statement.setObject(++i, proposal.connection().map(ConnectionId::value).orElse(null));
            statement.setObject(++i, proposal.agreement().map(AgreementId::value).orElse(null));
            statement.setObject(++i, proposal.subsystem().map(SubsystemId::value).orElse(null));
            statement.setString(++i, proposal.event());
            statement.setString(++i, proposal.ground().orElse(null));
            statement.setObject(++i, proposal.firstDay().orElse(null));
            statement.setString(++i, proposal.reason());
            statement.setObject(++i, proposal.proposedBy());
            statement.setString(++i, proposal.proposedRole());
            statement.setObject(++i, proposal.proposedAt().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        } catch (SQLException e) {
            if (BrokenConstraint.in(e).filter("proposal_open_unique"::equals).isPresent()) {
                throw Refusal.of(RequestRefusal.PROPOSED_ALREADY, "proposal");
            }
            throw new IllegalStateException(e);
        }
    }

    void decide(UUID id, ProposalView.Outcome outcome, String remark, Actor by, Instant at) {
        try (PreparedStatement statement = prepare("update access.proposal set outcome = ?, remark = ?, decided_by = ?, decided_role = ?, decided_at = ? where id = ? and outcome is null")) {
            statement.setString(1, outcome.name());
            statement.setString(2, remark);
            statement.setObject(3, by.account().orElseThrow());
            statement.setString(4, by.role());
            statement.setObject(5, at.atOffset(ZoneOffset.UTC));
            statement.setObject(6, id);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<ProposalView> findForChange(UUID id, Contour contour) {
        return proposals("where id = ? and contour = ? for update", id, contour.name()).stream().findFirst();
    }

    List<ProposalView> open(Contour contour) {
        return proposals("where contour = ? and decided_at is null order by proposed_at, id limit 500", contour.name());
    }

    private List<ProposalView> proposals(String where, Object... arguments) {
        try (PreparedStatement statement = prepare(SELECT + where)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<ProposalView> proposals = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    proposals.add(new ProposalView(row.getObject("id", UUID.class), Optional.ofNullable(row.getObject("request_id", UUID.class)).map(RequestId::new),
                            Optional.ofNullable(row.getObject("connection_id", UUID.class)).map(ConnectionId::new),
                            Optional.ofNullable(row.getObject("agreement_id", UUID.class)).map(AgreementId::new),
                            Optional.ofNullable(row.getObject("subsystem_id", UUID.class)).map(SubsystemId::new), row.getString("event"), Optional.ofNullable(row.getString("ground")),
                            Optional.ofNullable(row.getObject("first_day", LocalDate.class)), row.getString("reason"), row.getObject("proposed_by", UUID.class), row.getString("proposed_role"),
                            row.getObject("proposed_at", OffsetDateTime.class).toInstant(), Optional.ofNullable(row.getObject("decided_by", UUID.class)), Optional.ofNullable(row.getString("decided_role")),
                            Optional.ofNullable(row.getString("outcome")).map(ProposalView.Outcome::valueOf)));
                }
            }
            return proposals;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        return entities.unwrap(Connection.class).prepareStatement(sql);
    }
}
