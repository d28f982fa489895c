package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

@Dependent
class UsageStore {

    /** The taxpayer is looked up here, so that an INN that the register does not know leaves the reference empty. */
    private static final String INSERT = """
            insert into consent.usage (occurrence, at, contour, participant_id, subsystem_id, service_code, message_id, user_id, issue,
                                       consent_kind, consent_id, taxpayer_inn, asked_inn, period_from, period_to, outcome, records)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (select inn from registers.taxpayer where contour = ? and inn = ?), ?, ?, ?, ?, ?)
            """;

    /** The increment and the comparison with the ceiling are one statement: no second node can slip between them. */
    private static final String COUNT = """
            insert into consent.daily_use as d (token_id, service_code, day, disclosures) values (?, ?, ?, 1)
            on conflict on constraint daily_use_pk do update set disclosures = d.disclosures + 1 where d.disclosures < ?
            returning disclosures
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(UsageEntry entry) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(INSERT)) {
            statement.setObject(1, entry.occurrence());
            statement.setObject(2, entry.at().atOffset(ZoneOffset.UTC));
            statement.setString(3, entry.contour().name());
            statement.setObject(4, entry.participant());
            statement.setObject(5, entry.subsystem());
            statement.setString(6, entry.serviceCode());
            statement.setString(7, entry.messageId());
            statement.setString(8, entry.userId().orElse(null));
            statement.setString(9, entry.issue().orElse(null));
            statement.setString(10, entry.kind().name());
            statement.setObject(11, entry.consentId().orElse(null));
            statement.setString(12, entry.contour().name());
            statement.setString(13, entry.taxpayerInn().orElse(null));
            statement.setString(14, entry.askedInn().orElse(null));
            statement.setObject(15, entry.periodFrom().orElse(null));
            statement.setObject(16, entry.periodTo().orElse(null));
            statement.setString(17, entry.outcome());
            statement.setInt(18, entry.records());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean countDisclosure(UUID token, String serviceCode, LocalDate day, int ceiling) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(COUNT)) {
            statement.setObject(1, token);
            statement.setString(2, serviceCode);
            statement.setObject(3, day);
            statement.setInt(4, ceiling);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
