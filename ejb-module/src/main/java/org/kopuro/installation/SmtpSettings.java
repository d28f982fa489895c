package org.kopuro.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The mail server that takes our letters.
 *
 * @param from     the sender of every letter; what cannot be delivered later comes back to it
 * @param startTls whether the server must offer STARTTLS: without it nothing is sent, and no password told
 */
public record SmtpSettings(String host, int port, Optional<String> user, Optional<String> password, boolean startTls, String from) {

    private static final int PORT_OF_SUBMISSION = 587;
    /** There TLS comes first, and STARTTLS is out of the question (RFC 8314). */
    private static final int PORT_OF_TLS = 465;

    public SmtpSettings {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("kopuro.smtp.port must be between 1 and 65535, not " + port + ".");
        }
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("kopuro.smtp.user and kopuro.smtp.password (or kopuro.smtp.password-file) are given together or not at all.");
        }
        if (!from.matches("[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,189}")) {
            throw new IllegalArgumentException("kopuro.smtp.from is no mail address.");
        }
    }

    /** Empty where no host is set: then nothing is sent. */
    static Optional<SmtpSettings> of(Config config) {
        return text(config, "kopuro.smtp.host").map(host -> new SmtpSettings(host,
                config.getOptionalValue("kopuro.smtp.port", Integer.class).orElse(PORT_OF_SUBMISSION),
                text(config, "kopuro.smtp.user"),
                text(config, "kopuro.smtp.password").or(() -> text(config, "kopuro.smtp.password-file").map(SmtpSettings::content)),
                config.getOptionalValue("kopuro.smtp.starttls", Boolean.class).orElse(true),
                text(config, "kopuro.smtp.from").orElseThrow(() -> new IllegalArgumentException("kopuro.smtp.from is missing: the address that letters come from."))));
    }

    public boolean implicitTls() {
        return port == PORT_OF_TLS;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }

    private static Optional<String> text(Config config, String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String content(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("kopuro.smtp.password-file cannot be read", e);
        }
    }
}
