package org.kopuro.consent;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import org.kopuro.installation.KnownSecrets;
import org.kopuro.kernel.Contour;

/**
 * Refuses to start without the peppers of this database's tokens: with other ones every token would quietly be unknown, and new
 * tokens would be hashed under a stray secret.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class PepperCheck {

    @Inject
    private KnownSecrets known;
    @Inject
    private Peppers peppers;

    /** What was added to the folder since; where it is not what other nodes have, or something is missing, this node goes on with what it has and says so in the log. */
    public void readAnew() {
        for (Contour contour : Contour.values()) {
            peppers.added(contour).ifPresent(present -> {
                known.recognise(Peppers.name(contour), present);
                peppers.adopt(contour, present);
            });
        }
    }

    @PostConstruct
    void check() {
        for (Contour contour : Contour.values()) {
            known.recognise(Peppers.name(contour), peppers.of(contour));
        }
    }
}
