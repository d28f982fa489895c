package org.kopuro.access.stopping;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.kopuro.installation.Installation;
import org.kopuro.participants.ParticipantId;

/** Says what subsystems have shown in TEST, and for which services they have to. */
@Stateless
public class StoppingProofs {

    @Inject
    private StoppingStore store;

    /** Those of the services that take a token on the moment's day, and are neither of an exempt participant nor of an agreement from before the order. */
    public Set<String> demandedFor(ParticipantId participant, String procedure, Collection<String> services, Instant moment) {
        return store.bound(participant, procedure, services, LocalDate.ofInstant(moment, Installation.ZONE));
    }

    /** As of the moment, each fact of each subsystem. */
    public List<StoppingFact> facts(Collection<Candidate> subsystems, Instant moment) {
        return store.facts(subsystems, moment);
    }

    /** That the procedure waives the facts. */
    public StoppingFact waiver() {
        return store.waiver();
    }
}
