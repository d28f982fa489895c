package org.kopuro.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Document;

/** A participant's system that signs by a clock of its own and reads answers by the right one. */
public final class Caller {

    public static final String ANSWERED = "answered";

    private final URI url;
    private final Identifier client;
    private final Path app;
    private final X509Certificate server;

    /**
     * @param base   of the server
     * @param app    with key.pem and cert.pem, an RSA pair
     * @param server the certificate that its answers are signed with
     */
    public Caller(URI base, Identifier client, Path app, Path server) throws IOException, GeneralSecurityException {
        url = base.resolve("/soap/tax/v1");
        this.client = client;
        this.app = app;
        this.server = Pem.certificate(server);
    }

    /** {@value #ANSWERED}, or the refusal's code. */
    public String ask(String service, String inn, Optional<String> token, Duration off) throws IOException, InterruptedException, GeneralSecurityException, NotVerifiable {
        X509Certificate certificate = Pem.certificate(app.resolve("cert.pem"));
        Document message = new Question(client, Identifier.TAX_AUTHORITY, service, UUID.randomUUID().toString(), inn, Optional.empty(), Optional.empty(), token).message();
        new Signer(Pem.key(app.resolve("key.pem"), certificate), certificate, Clock.offset(Clock.systemUTC(), off)).sign(message);
        byte[] octets = HttpClient.newHttpClient().send(HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(60)).header("Content-Type", "text/xml; charset=UTF-8")
                .header("SOAPAction", "\"\"").POST(BodyPublishers.ofByteArray(Xml.write(message, false))).build(), BodyHandlers.ofByteArray()).body();
        return Answer.verified(octets, message, server, Clock.systemUTC()).refusal().orElse(ANSWERED);
    }
}
