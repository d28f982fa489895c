package org.kopuro.exchange.evidence;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.kopuro.installation.ServerKeys;

/** Containers as the server makes them, with keys of the moment. */
public final class SampleContainer {

    public static final String REQUEST = "<request>with a token</request>";
    public static final String ANSWER = "<answer>with data</answer>";
    public static final String OCCURRENCE = "6f1c2a52-3b0a-4d0e-9c55-2a8f6f1b7a10";
    public static final String RECEIPT = "{\"format\":\"kopuro-receipt/1\"}\n";

    private SampleContainer() {
    }

    /** A key with its self-signed certificate; for time-stamps if wanted. */
    public static ServerKeys.Signing key(String name, boolean forTimeStamps) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            Instant now = Clock.systemUTC().instant();
            X500Principal principal = new X500Principal("CN=" + name);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(principal, new BigInteger(64, new SecureRandom()),
                    Date.from(now.minus(Duration.ofDays(1))), Date.from(now.plus(Duration.ofDays(400))), principal, pair.getPublic());
            if (forTimeStamps) {
                builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
            }
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
            return new ServerKeys.Signing(pair.getPrivate(), certificate);
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] signedBy(ServerKeys.Signing signer, Optional<URI> timeStamps) {
        return signedBy(signer, timeStamps, REQUEST, decision(signer, REQUEST), Clock.systemUTC().instant());
    }

    public static byte[] signedBy(ServerKeys.Signing signer, Optional<URI> timeStamps, String request, String decision, Instant at) {
        try {
            return ContainerSigner.sign(new Contents(octets(request), octets(ANSWER), octets(decision), Optional.of(signer.certificate().getEncoded())),
                    Map.of(ContainerSigner.RECEIPT, RECEIPT), signer, timeStamps, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the signer as the caller, which saves a key. */
    public static String decision(ServerKeys.Signing caller, String request) {
        try {
            return "{\"call\":{\"occurrence\":\"" + OCCURRENCE + "\",\"outcome\":\"DISCLOSED\"},\"caller\":{\"certificateSha256\":\"" + hex(caller.certificate().getEncoded())
                    + "\"},\"messages\":{\"answerSha256\":\"" + hex(octets(ANSWER)) + "\",\"requestSha256\":\"" + hex(octets(request)) + "\"}}";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(MessageLog.sha256(octets));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
