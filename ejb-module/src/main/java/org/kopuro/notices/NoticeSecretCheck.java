package org.kopuro.notices;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import org.kopuro.installation.KnownSecrets;

/** Refuses to start without the keys of this database's notices: letters that wait would leave with links that nobody knows. */
@Singleton
@Startup
@DependsOn("Migrations")
public class NoticeSecretCheck {

    @Inject
    private KnownSecrets known;
    @Inject
    private NoticeSecrets secrets;

    @PostConstruct
    void check() {
        known.recognise(NoticeSecrets.FILE, secrets.all());
    }
}
