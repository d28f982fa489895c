package org.kopuro.consent;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/**
 * Refuses to start without the peppers of this database's tokens: with other ones every token would quietly be unknown, and new
 * tokens would be hashed under a stray secret.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class PepperCheck {

    @Inject
    private TokenStore tokens;
    @Inject
    private Peppers peppers;

    @PostConstruct
    void check() {
        for (String number : tokens.pepperNumbers()) {
            if (!peppers.has(number)) {
                throw new IllegalStateException("The file pepper-" + number + " is missing from the folder of keys, and tokens were made with it: restore it from the backup.");
            }
        }
    }
}
