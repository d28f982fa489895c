package org.kopuro.exchange.repetition;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;

/** What is done about repeated message ids, and the quality of calls. */
@Stateless
public class Repetitions {

    /** A quality is of no more calls than these. */
    public static final int CALLS_MAX = 100_000;
    static final int DAYS_MAX = 31;

    @Inject
    private RepetitionStore store;
    @Inject
    private Participants participants;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public RepetitionRule of(ParticipantId participant, Contour contour) {
        return store.newest(participants.get(participant).id(), contour).orElse(RepetitionRule.USUAL);
    }

    /**
     * Counts from the next call on.
     *
     * @param rule its revision is the one that the official has seen
     */
    public RepetitionRule set(ParticipantId participant, Contour contour, RepetitionRule rule, String reason, Actor by) {
        participants.get(participant);
        String why = Input.text(reason, "reason", 1000);
        Instant at = clock.instant();
        RepetitionRule next = new RepetitionRule(rule.policy(), rule.remembered(), rule.revision() + 1);
        store.add(participant, contour, next, why, at, by);
        ledger.record(LedgerEvent.of("exchange.repetition_rule_set", 1, contour, "participant", participant.value(), at).with("policy", next.policy())
                .with("rememberedMinutes", next.remembered().toMinutes()).with("revision", next.revision()).with("actor", by.account()).with("actorRole", by.role())
                .personal("reason", why));
        return next;
    }

    /** Of the last days. */
    public CallQuality quality(ParticipantId participant, Contour contour, int days) {
        if (days < 1 || days > DAYS_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "days");
        }
        ParticipantView known = participants.get(participant);
        return store.quality(participant, contour, known.instance() + "/" + known.memberClass() + "/" + known.memberCode(), clock.instant().minus(Duration.ofDays(days)), CALLS_MAX);
    }
}
