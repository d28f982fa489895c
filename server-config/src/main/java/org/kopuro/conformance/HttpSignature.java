package org.kopuro.conformance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.kopuro.client.NotVerifiable;

/**
 * HTTP message signatures (RFC 9421) as the protocol has them: one, by a known certificate, over all that is read. Shares no code with the server, so that the two disagree
 * when one is wrong. Components are named without quotation marks, {@code x-road-id;req} for a field of the request that is answered.
 */
final class HttpSignature {

    static final String OF_THE_REQUEST = ";req";
    private static final Duration WINDOW = Duration.ofMinutes(5);
    /** Of a field; what signs more than this names is nobody's. */
    private static final int LENGTH_MAX = 4096;

    /** By the name in the registry of RFC 9421; ECDSA values are two numbers side by side. */
    private enum Algorithm {
        RSA_PSS_SHA512("rsa-pss-sha512", "RSASSA-PSS", 0), RSA_V1_5_SHA256("rsa-v1_5-sha256", "SHA256withRSA", 0),
        ECDSA_P256_SHA256("ecdsa-p256-sha256", "SHA256withECDSAinP1363Format", 256), ECDSA_P384_SHA384("ecdsa-p384-sha384", "SHA384withECDSAinP1363Format", 384);

        private final String name;
        private final String ofTheJdk;
        private final int curveBits;

        Algorithm(String name, String ofTheJdk, int curveBits) {
            this.name = name;
            this.ofTheJdk = ofTheJdk;
            this.curveBits = curveBits;
        }

        boolean fits(PublicKey key) {
            return curveBits == 0 ? key instanceof RSAPublicKey : key instanceof ECPublicKey elliptic && elliptic.getParams().getCurve().getField().getFieldSize() == curveBits;
        }

        Signature signature() throws GeneralSecurityException {
            Signature signature = Signature.getInstance(ofTheJdk);
            if (this == RSA_PSS_SHA512) {
                signature.setParameter(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
            }
            return signature;
        }
    }

    private record Read(InnerList input, byte[] value) {
    }

    private HttpSignature() {
    }

    /**
     * @param fields     by names in lower case
     * @param components what could be covered
     * @param needed     what must be
     */
    static void require(Map<String, String> fields, Map<String, String> components, List<String> needed, X509Certificate signer, Clock clock) throws NotVerifiable {
        Read read = read(fields);
        Parameters parameters = read.input().getParams();
        if (!text(parameters, "keyid").equalsIgnoreCase(keyId(signer))) {
            throw new NotVerifiable("it is signed with another certificate than the one that is known");
        }
        List<String> covered = covered(read.input());
        String base = base(read.input(), components);
        if (!verifies(text(parameters, "alg"), signer.getPublicKey(), base, read.value())) {
            throw new NotVerifiable("its signature is wrong");
        }
        for (String name : needed) {
            if (!covered.contains(name)) {
                throw new NotVerifiable("its " + name + " is not signed");
            }
        }
        requireFresh(parameters, clock.instant());
    }

    /** What is signed, if anything readable is. */
    static Optional<String> base(Map<String, String> fields, Map<String, String> components) {
        try {
            return Optional.of(base(read(fields).input(), components));
        } catch (NotVerifiable e) {
            return Optional.empty();
        }
    }

    /** Whether a signature's input names a component; false where it cannot be read. */
    static boolean covers(String input, String component) {
        try {
            for (ListElement<?> each : dictionary(input, "Signature-Input").values()) {
                if (each instanceof InnerList list && covered(list).contains(component)) {
                    return true;
                }
            }
        } catch (NotVerifiable e) {
            // Told when it is verified.
        }
        return false;
    }

    /** Of the body (RFC 9530). */
    static void requireDigest(Optional<String> field, byte[] body) throws NotVerifiable {
        Map<String, ListElement<?>> digests = dictionary(field.orElse(""), "Content-Digest");
        boolean known = false;
        for (Map.Entry<String, String> algorithm : Map.of("sha-256", "SHA-256", "sha-512", "SHA-512").entrySet()) {
            if (digests.containsKey(algorithm.getKey())) {
                known = true;
                if (!(digests.get(algorithm.getKey()) instanceof ByteSequenceItem item) || !MessageDigest.isEqual(octets(item), digest(algorithm.getValue(), body))) {
                    throw new NotVerifiable("its Content-Digest is of another body");
                }
            }
        }
        if (!known) {
            throw new NotVerifiable("it has no Content-Digest by sha-256 or sha-512");
        }
    }

    static String digest(byte[] body) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(digest("SHA-256", body)) + ":";
    }

    /** The two fields. */
    static Map<String, String> made(Map<String, String> components, List<String> covered, OwnKeys by, Instant created) {
        Algorithm algorithm = by.key().getAlgorithm().equals("EC") ? Algorithm.ECDSA_P256_SHA256 : Algorithm.RSA_V1_5_SHA256;
        StringBuilder base = new StringBuilder();
        covered.forEach(name -> base.append(spelled(name)).append(": ").append(components.get(name)).append('\n'));
        String input = "(" + String.join(" ", covered.stream().map(HttpSignature::spelled).toList()) + ");created=" + created.getEpochSecond() + ";keyid=\"" + keyId(by.certificate())
                + "\";alg=\"" + algorithm.name + "\"";
        base.append("\"@signature-params\": ").append(input);
        try {
            Signature signature = algorithm.signature();
            signature.initSign(by.key());
            signature.update(base.toString().getBytes(StandardCharsets.ISO_8859_1));
            return Map.of("Signature-Input", "answer=" + input, "Signature", "answer=:" + Base64.getEncoder().encodeToString(signature.sign()) + ":");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Read read(Map<String, String> fields) throws NotVerifiable {
        if (!fields.containsKey("signature") && !fields.containsKey("signature-input")) {
            throw new NotVerifiable("it is not signed");
        }
        Map<String, ListElement<?>> inputs = dictionary(fields.getOrDefault("signature-input", ""), "Signature-Input");
        Map<String, ListElement<?>> values = dictionary(fields.getOrDefault("signature", ""), "Signature");
        if (inputs.size() != 1 || !inputs.keySet().equals(values.keySet()) || !(inputs.values().iterator().next() instanceof InnerList input)
                || !(values.values().iterator().next() instanceof ByteSequenceItem value)) {
            throw new NotVerifiable("it has not one signature, with its input under the same name");
        }
        return new Read(input, octets(value));
    }

    private static List<String> covered(InnerList input) throws NotVerifiable {
        List<String> covered = new ArrayList<>();
        for (Item<?> item : input.get()) {
            String parameters = item instanceof StringItem ? item.getParams().serialize() : "–";
            String name = item instanceof StringItem text ? text.get() + parameters : "";
            if (!parameters.isEmpty() && !parameters.equals(OF_THE_REQUEST) || covered.contains(name)) {
                throw new NotVerifiable("its signature names a component twice, or with a parameter other than req");
            }
            covered.add(name);
        }
        return covered;
    }

    private static String base(InnerList input, Map<String, String> components) throws NotVerifiable {
        StringBuilder base = new StringBuilder();
        for (String name : covered(input)) {
            if (!components.containsKey(name)) {
                throw new NotVerifiable("its signature refers to something that is not there");
            }
            base.append(spelled(name)).append(": ").append(components.get(name)).append('\n');
        }
        return base.append("\"@signature-params\": ").append(input.serialize()).toString();
    }

    private static String spelled(String name) {
        int end = name.indexOf(';');
        return end < 0 ? '"' + name + '"' : '"' + name.substring(0, end) + '"' + name.substring(end);
    }

    private static boolean verifies(String name, PublicKey key, String base, byte[] value) throws NotVerifiable {
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.name.equals(name) && algorithm.fits(key)) {
                try {
                    Signature signature = algorithm.signature();
                    signature.initVerify(key);
                    signature.update(base.getBytes(StandardCharsets.ISO_8859_1));
                    return signature.verify(value);
                } catch (GeneralSecurityException e) {
                    return false;
                }
            }
        }
        throw new NotVerifiable("its signature's alg is not one that is allowed, or not of the certificate's key");
    }

    private static void requireFresh(Parameters parameters, Instant now) throws NotVerifiable {
        Instant created = instant(parameters, "created").orElseThrow(() -> new NotVerifiable("its signature does not say when it was created"));
        boolean expired = instant(parameters, "expires").filter(end -> !now.isBefore(end)).isPresent();
        if (Duration.between(created, now).abs().compareTo(WINDOW) > 0 || expired) {
            throw new NotVerifiable("its time-stamp is %s and this machine's clock says %s".formatted(created, now));
        }
    }

    private static Optional<Instant> instant(Parameters parameters, String name) throws NotVerifiable {
        Item<?> item = parameters.get(name);
        if (item == null) {
            return Optional.empty();
        }
        try {
            if (item instanceof IntegerItem seconds) {
                return Optional.of(Instant.ofEpochSecond(seconds.getAsLong()));
            }
        } catch (DateTimeException e) {
            // Told below: further away than there are years.
        }
        throw new NotVerifiable("its time-stamp cannot be read");
    }

    private static String text(Parameters parameters, String name) {
        return parameters.get(name) instanceof StringItem text ? text.get() : "";
    }

    private static Map<String, ListElement<?>> dictionary(String text, String field) throws NotVerifiable {
        try {
            if (text.length() <= LENGTH_MAX) {
                Dictionary parsed = Parser.parseDictionary(text);
                return Map.copyOf(parsed.get());
            }
        } catch (ParseException e) {
            // Told below.
        }
        throw new NotVerifiable("its " + field + " cannot be read");
    }

    private static byte[] octets(ByteSequenceItem item) {
        byte[] octets = new byte[item.get().remaining()];
        item.get().duplicate().get(octets);
        return octets;
    }

    private static String keyId(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(digest("SHA-256", certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(String algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm).digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
