package org.kopuro.consent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;
import org.kopuro.representation.Link;
import org.kopuro.representation.MandateId;

/**
 * A token as its taxpayer sees it afterwards: never the text, only its last four characters (CON-15).
 *
 * @param paused     that it does not work because its taxpayer has paused all; its own state is as it was
 * @param chain      those through whom its taxpayer made it, as it was then; empty where he did so himself (CON-132)
 * @param mandate    with which it ends; empty of what is the taxpayer's own
 * @param replaces   the token whose place it takes
 * @param replacedBy the token that takes its place
 */
public record TokenView(
        TokenId id, ParticipantId participant, String participantName, SubsystemId subsystem, String subsystemName, List<String> services,
        Instant issuedAt, Instant expiresAt, TokenState state, Optional<String> cause, Optional<Instant> endedAt, String lastFour,
        Optional<Instant> firstUsedAt, Optional<Instant> lastUsedAt, Optional<Months> period, Optional<Budget> budget, boolean paused,
        Optional<TokenId> replaces, Optional<TokenId> replacedBy, List<Link> chain, Optional<MandateId> mandate) {
}
