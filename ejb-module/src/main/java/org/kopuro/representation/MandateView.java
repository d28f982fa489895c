package org.kopuro.representation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

/**
 * A mandate as its parties see it.
 *
 * @param parent         from which it was passed on
 * @param taxpayer       at the beginning of the chain
 * @param groundSha256   of the paper
 * @param state          at the moment of reading; expiry needs no job
 */
public record MandateView(
        MandateId id, Contour contour, Optional<MandateId> parent, Inn taxpayer, String taxpayerName, Inn grantor, String grantorName, Inn representative, String representativeName,
        Set<MandateRight> rights, List<String> services, Instant beginsAt, Instant expiresAt, Ground ground, Optional<String> groundSha256, MandateState state, Optional<String> cause,
        Instant grantedAt, Optional<Instant> endedAt) {

    boolean concerns(Contour in, Inn party) {
        return contour == in && (taxpayer.equals(party) || grantor.equals(party) || representative.equals(party));
    }
}
