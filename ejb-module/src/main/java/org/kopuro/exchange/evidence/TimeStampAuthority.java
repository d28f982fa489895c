package org.kopuro.exchange.evidence;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.kopuro.installation.WholeAnswer;
import org.kopuro.kernel.Refusal;

/**
 * A time-stamp authority that speaks RFC 3161 over HTTP. Whatever goes wrong with it is one refusal: the evidence is there, the
 * stamp is not, and trying again may help.
 */
final class TimeStampAuthority {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int RESPONSE_OCTETS_MAX = 64 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final URI address;
    private final Duration patience;

    TimeStampAuthority(URI address) {
        this(address, PATIENCE);
    }

    TimeStampAuthority(URI address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    /** The container with its signature raised from level B to T. */
    byte[] stamp(byte[] container) {
        return StampedContainer.of(container, this::token);
    }

    /** A time-stamp token over these octets. */
    private byte[] token(byte[] octets) {
        try {
            TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
            generator.setCertReq(true);
            TimeStampRequest request = generator.generate(NISTObjectIdentifiers.id_sha256, MessageLog.sha256(octets), new BigInteger(64, RANDOM));
            TimeStampResponse response = new TimeStampResponse(ask(request.getEncoded()));
            response.validate(request);
            if (response.getTimeStampToken() == null) {
                throw unavailable();
            }
            return response.getTimeStampToken().getEncoded();
        } catch (IOException | TSPException e) {
            throw unavailable();
        }
    }

    byte[] ask(byte[] request) throws IOException {
        HttpClient http = HttpClient.newBuilder().connectTimeout(patience).build();
        try {
            HttpResponse<byte[]> response = WholeAnswer.of(http, HttpRequest.newBuilder(address).timeout(patience).header("Content-Type", "application/timestamp-query")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request)).build(), RESPONSE_OCTETS_MAX, patience);
            if (response.statusCode() != 200 || response.body().length > RESPONSE_OCTETS_MAX) {
                throw unavailable();
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private Refusal unavailable() {
        return Refusal.of(EvidenceRefusal.EVIDENCE_TIME_STAMP_UNAVAILABLE, "kopuro.tsa.url");
    }
}
