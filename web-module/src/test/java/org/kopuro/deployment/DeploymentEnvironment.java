package org.kopuro.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;
import org.kopuro.testing.TestIssuer;

/**
 * Tells the server to be, before Arquillian starts it, where its database and its keys are: the very ones that the tests set the
 * scene with.
 */
public final class DeploymentEnvironment implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getenv("MICRO_JAR") == null) {
            return; // Unit tests need no server.
        }
        try {
            Path root = Files.createTempDirectory("kopuro-micro");
            System.setProperty("payara.cmdOptions", String.join(" ", List.of(
                    "-Xmx1g",
                    "-Djavax.net.ssl.keyStore=" + Tls.serverKeys(root),
                    "-Djavax.net.ssl.keyStorePassword=" + Tls.PASSWORD,
                    "-Djavax.net.ssl.trustStore=" + Tls.trustedClients(root),
                    "-Djavax.net.ssl.trustStorePassword=" + Tls.PASSWORD,
                    "-Dkopuro.db.url=" + TestDatabase.shared().url(),
                    "-Dkopuro.db.user=" + TestDatabase.APPLICATION,
                    "-Dkopuro.db.password=" + TestDatabase.PASSWORD,
                    "-Dkopuro.db.owner.user=" + TestDatabase.OWNER,
                    "-Dkopuro.db.owner.password=" + TestDatabase.PASSWORD,
                    "-Dkopuro.keys=" + TestApplication.KEYS,
                    "-Dkopuro.consent.issuers=" + TestIssuer.FOLDER,
                    "-Dkopuro.contours=TEST,PRODUCTION",
                    "-Dkopuro.gateway-mode=true",
                    "-Dkopuro.loans.requests-per-second=20",
                    String.join(" ", CompaniesOverRest.settings(root)))));
            System.setProperty("payara.extraMicroOptions", "--contextroot / --rootdir " + root + " --nohazelcast --sslPort " + Tls.PORT
                    + " --prebootcommandfile " + Tls.wantClientCertificates(root) + " --logtofile " + Path.of("target/micro.log").toAbsolutePath());
            // Else Arquillian adds an option that keeps a data grid's port open.
            System.setProperty("payara.clusterEnabled", "true");
            System.setProperty("payara.consoleOutput", "false");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
