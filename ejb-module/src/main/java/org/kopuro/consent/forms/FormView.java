package org.kopuro.consent.forms;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/**
 * A form consent as its taxpayer and its participant see it.
 *
 * @param services  as declared; of a registered one, what it permits
 * @param state     at the moment of reading; expiry needs no job
 * @param paused    whether its taxpayer has paused all
 * @param document  the transferred file; empty of a rejected transfer
 * @param signature that lies beside it
 * @param keptMonths for how long its participant has to keep it, from its end, by the agreement (CON-145); empty where there is none, as in TEST
 * @param erasedAt  from when on number, taxpayer, representative and file are empty: the authority has forgotten them (CON-146)
 */
public record FormView(FormId id, Contour contour, ParticipantId participant, String participantName, SubsystemId subsystem, String subsystemCode, String number, String taxpayerInn,
        String taxpayerName, Optional<Representative> representative, List<String> services, LocalDate signedOn, Optional<Instant> expiresAt, String version, Signing signing,
        String fileName, String fileSha256, FormResult result, Optional<SignatureProblem> problem, FormState state, Optional<String> cause, Instant receivedAt,
        Optional<Instant> endedAt, boolean paused, Optional<UUID> document, Optional<UUID> signature, Optional<Integer> keptMonths,
        Optional<Instant> erasedAt) {

    public boolean erased() {
        return erasedAt.isPresent();
    }

    /** The last day on which its participant has to have it; empty before its end. */
    public Optional<LocalDate> keepUntil() {
        return endedAt.flatMap(end -> keptMonths.map(LocalDate.ofInstant(end, Installation.ZONE)::plusMonths));
    }
}
