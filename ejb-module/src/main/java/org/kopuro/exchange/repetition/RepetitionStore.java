package org.kopuro.exchange.repetition;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

@Dependent
class RepetitionStore {

    /** By id, which grows with the time and has the index. Codes of malformed questions are those that name a field's form; of malformed messages, those before any signature. */
    private static final String QUALITY = """
            select count(*) calls, count(distinct (u.subsystem_id, u.message_id)) own_id,
                   count(distinct (u.subsystem_id, u.message_id)) filter (where u.message_id ~ '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$') uuid,
                   count(u.user_id) user_named,
                   count(*) filter (where u.outcome !~ '^(INN|FIELD)_' and u.outcome not in ('PERIOD_INCOMPLETE', 'PERIOD_UNREADABLE', 'PERIOD_REVERSED', 'TOKEN_MALFORMED')) well_formed,
                   (select count(*) from (
                        select code, claimed_client from exchange.security_event where at >= ?::timestamptz order by at desc limit ?) e
                     where (e.claimed_client = ? or starts_with(e.claimed_client, ?))
                       and e.code in ('INVALID_XML', 'MISSING_HEADER_FIELD', 'DUPLICATE_HEADER_FIELD', 'INVALID_PROTOCOL_VERSION', 'MISSING_BODY', 'INVALID_BODY', 'INCONSISTENT_HEADERS',
                                      'FAULT_AS_REQUEST', 'MUST_UNDERSTAND', 'HEADER_FIELD_TOO_LONG', 'MESSAGE_TOO_LARGE', 'REQUEST_STRUCTURE_INVALID', 'BAD_REQUEST',
                                      'INVALID_CONTENT_TYPE', 'CONTENT_DIGEST_INVALID')) malformed
              from (select subsystem_id, message_id, user_id, outcome from consent.usage
                     where contour = ? and participant_id = ? and at >= ?::timestamptz order by id desc limit ?) u""";

    @Inject
    private Sql sql;

    Optional<RepetitionRule> newest(ParticipantId participant, Contour contour) {
        return sql.first("select policy, remembered_minutes, revision from exchange.repetition_rule where participant_id = ? and contour = ? order by revision desc limit 1",
                row -> new RepetitionRule(row.as(RepetitionPolicy.class, "policy"), Duration.ofMinutes(row.number("remembered_minutes")), row.number("revision")), participant, contour);
    }

    void add(ParticipantId participant, Contour contour, RepetitionRule rule, String reason, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into exchange.repetition_rule (participant_id, contour, revision, policy, remembered_minutes, reason, at, actor, actor_role)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", participant, contour, rule.revision(), rule.policy(), rule.remembered().toMinutes(), reason, at, by.account(), by.role());
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "repetition_rule_pk", "repetition_rule_previous_fk", "repetition_rule_revision_check" -> Refusal.of(RepetitionRefusal.RULE_CHANGED_MEANWHILE, "after");
                default -> e;
            };
        }
    }

    /** @param member as a claim of it begins */
    CallQuality quality(ParticipantId participant, Contour contour, String member, Instant since, int most) {
        return sql.one(QUALITY, row -> new CallQuality(row.large("calls"), row.large("own_id"), row.large("uuid"), row.large("user_named"), row.large("well_formed"),
                row.large("malformed")), since, most, member, member + "/", contour, participant, since, most);
    }
}
