package org.kopuro.outgoing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.kopuro.installation.Installation;
import org.kopuro.installation.SecurityServerSettings;
import org.kopuro.installation.WholeAnswer;

/** The connection to our Security Server. What is wrong with its files is found at the start, not by the first call. */
@ApplicationScoped
public class SecurityServer {

    /** [data] A register's answer has some kilobytes. */
    private static final int OCTETS_MAX = 1024 * 1024;
    /** It stands in our own network. */
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private Optional<SecurityServerSettings> settings;
    private Optional<HttpClient> http;

    protected SecurityServer() {
    }

    @Inject
    SecurityServer(Installation installation) {
        settings = installation.securityServer();
        http = settings.map(SecurityServer::client);
    }

    void atStart(@Observes @Initialized(ApplicationScoped.class) Object start) {
        // That it exists is enough.
    }

    public boolean isSet() {
        return settings.isPresent();
    }

    public Duration patience() {
        return settings.orElseThrow().patience();
    }

    /** One attempt. */
    public byte[] exchange(byte[] message, Duration patience) throws CallFailure {
        HttpRequest request = HttpRequest.newBuilder(settings.orElseThrow().address()).timeout(patience).header("Content-Type", "text/xml; charset=UTF-8")
                .header("SOAPAction", "\"\"").POST(HttpRequest.BodyPublishers.ofByteArray(message)).build();
        try {
            return understood(WholeAnswer.of(http.orElseThrow(), request, OCTETS_MAX, patience));
        } catch (IOException e) {
            throw failure(e, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CallFailure.sent(PeerRefusal.PEER_BROKE_OFF, "interrupted");
        }
    }

    private static byte[] understood(HttpResponse<byte[]> response) throws CallFailure {
        int status = response.statusCode();
        if (status == 502 || status == 503 || status == 504) {
            throw CallFailure.sent(PeerRefusal.PEER_BROKE_OFF, "HTTP " + status);
        }
        String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (status != 200 && status != 500 || !type.startsWith("text/xml")) {
            throw CallFailure.sent(PeerRefusal.PEER_ANSWER_UNUSABLE, "HTTP " + status);
        }
        if (response.body().length > OCTETS_MAX) {
            throw CallFailure.sent(PeerRefusal.PEER_ANSWER_UNUSABLE, "> " + OCTETS_MAX);
        }
        return response.body();
    }

    private static CallFailure failure(Throwable cause, Duration patience) {
        if (cause instanceof HttpConnectTimeoutException || cause instanceof ConnectException) {
            return CallFailure.unsent(PeerRefusal.PEER_UNREACHABLE, cause.getClass().getSimpleName());
        }
        if (cause instanceof HttpTimeoutException) {
            return timedOut(patience);
        }
        for (Throwable inside = cause; inside != null; inside = inside.getCause()) {
            if (inside instanceof SSLHandshakeException) {
                return CallFailure.unsent(PeerRefusal.PEER_NOT_TRUSTED, "TLS");
            }
        }
        return CallFailure.sent(PeerRefusal.PEER_BROKE_OFF, cause.getClass().getSimpleName());
    }

    private static CallFailure timedOut(Duration patience) {
        return CallFailure.sent(PeerRefusal.PEER_TIMED_OUT, Math.max(1, patience.toSeconds()) + " s");
    }

    private static HttpClient client(SecurityServerSettings settings) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECTING.compareTo(settings.patience()) < 0 ? CONNECTING : settings.patience());
        settings.certificates().ifPresent(certificates -> builder.sslContext(tls(certificates, settings)));
        return builder.build();
    }

    private static SSLContext tls(Path certificates, SecurityServerSettings settings) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            try (InputStream in = opened(certificates, "kopuro.security-server.certificates")) {
                for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    trusted.setCertificateEntry("peer-" + trusted.size(), certificate);
                }
            }
            if (trusted.size() == 0) {
                throw new IllegalArgumentException("kopuro.security-server.certificates: " + certificates + " holds no certificate.");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            KeyManager[] own = settings.keyStore().isPresent() ? own(settings.keyStore().get(), settings.keyStorePassword().orElseThrow().toCharArray()) : null;
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            // Said in the words of the settings; the cause tells the rest to whoever reads the log.
            throw new IllegalArgumentException("The files of kopuro.security-server.* cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] own(Path file, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = opened(file, "kopuro.security-server.keystore")) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, password);
        return keys.getKeyManagers();
    }

    private static InputStream opened(Path file, String setting) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(setting + ": " + file + " cannot be read.");
        }
        return Files.newInputStream(file);
    }
}
