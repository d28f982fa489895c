package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.UUID;
import org.kopuro.installation.Sql;

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

    @Inject
    private Sql sql;

    void add(UsageEntry entry) {
        sql.update(INSERT, entry.occurrence(), entry.at(), entry.contour(), entry.participant(), entry.subsystem(), entry.serviceCode(), entry.messageId(),
                entry.userId(), entry.issue(), entry.kind(), entry.consentId(), entry.contour(), entry.taxpayerInn(), entry.askedInn(),
                entry.periodFrom(), entry.periodTo(), entry.outcome(), entry.records());
    }

    boolean countDisclosure(UUID token, String serviceCode, LocalDate day, int ceiling) {
        return sql.exists(COUNT, token, serviceCode, day, ceiling);
    }

    /** The row is of this token alone, and its lock is the queue of the calls on it: n disclosures, exactly n times. */
    boolean spend(UUID token) {
        return sql.update("update consent.token_budget set left_over = left_over - 1 where token_id = ? and left_over > 0", token) == 1;
    }
}
