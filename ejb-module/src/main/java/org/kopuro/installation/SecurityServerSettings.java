package org.kopuro.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Our own Security Server, as the consumer that calls through it knows it.
 *
 * @param certificates PEM: the certificate that the server shows or its issuers, and nobody else's; needed with https
 * @param keyStore     PKCS #12: our key and the certificate that is registered there for our subsystem; without it we are not known by one
 * @param patience     with one call, all its attempts together
 */
public record SecurityServerSettings(URI address, Optional<Path> certificates, Optional<Path> keyStore, Optional<String> keyStorePassword, Duration patience) {

    /** [data] */
    private static final int PATIENCE_SECONDS = 20;
    private static final int PATIENCE_SECONDS_MAX = 120;

    public SecurityServerSettings {
        boolean https = "https".equals(address.getScheme());
        if (!https && !"http".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("kopuro.security-server.url must begin with http:// or https:// and name a host.");
        }
        if (https != certificates.isPresent()) {
            throw new IllegalArgumentException(https ? "kopuro.security-server.certificates is missing: the file with the certificate of the Security Server."
                    : "kopuro.security-server.certificates is of no use with http:.");
        }
        if (keyStore.isPresent() && !https) {
            throw new IllegalArgumentException("kopuro.security-server.keystore is of no use with http:.");
        }
        if (keyStore.isPresent() != keyStorePassword.isPresent()) {
            throw new IllegalArgumentException("kopuro.security-server.keystore and kopuro.security-server.keystore-password (or -password-file) are given together or not at all.");
        }
        if (patience.compareTo(Duration.ofSeconds(1)) < 0 || patience.compareTo(Duration.ofSeconds(PATIENCE_SECONDS_MAX)) > 0) {
            throw new IllegalArgumentException("kopuro.security-server.patience-seconds must be between 1 and " + PATIENCE_SECONDS_MAX + ", not " + patience.toSeconds() + ".");
        }
    }

    /** Empty where no address is set: then nobody is called. */
    static Optional<SecurityServerSettings> of(Config config) {
        return text(config, "kopuro.security-server.url").map(url -> new SecurityServerSettings(URI.create(url),
                text(config, "kopuro.security-server.certificates").map(Path::of),
                text(config, "kopuro.security-server.keystore").map(Path::of),
                text(config, "kopuro.security-server.keystore-password").or(() -> text(config, "kopuro.security-server.keystore-password-file").map(SecurityServerSettings::content)),
                Duration.ofSeconds(config.getOptionalValue("kopuro.security-server.patience-seconds", Integer.class).orElse(PATIENCE_SECONDS))));
    }

    @Override
    public String toString() {
        return address.toString();
    }

    static Optional<String> text(Config config, String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String content(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("kopuro.security-server.keystore-password-file cannot be read", e);
        }
    }
}
