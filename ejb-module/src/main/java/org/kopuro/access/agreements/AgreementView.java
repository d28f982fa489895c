package org.kopuro.access.agreements;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

/**
 * An agreement as its newest event left it.
 *
 * @param procedureVersion by which it is judged
 * @param version          of its terms; 0 while nothing is signed
 * @param announcedFor     when an announced termination takes effect
 * @param terms            empty while nothing is signed
 */
public record AgreementView(AgreementId id, ParticipantId participant, Contour contour, String procedure, int procedureVersion, String number, boolean legacy, AgreementState state,
        Instant since, int events, int version, Optional<Instant> announcedFor, Optional<AgreementTerms> terms) {

    public boolean inForceOn(LocalDate day) {
        return state.counts() && terms.filter(signed -> signed.covers(day)).isPresent();
    }
}
