package org.kopuro.exchange.xroadrest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.kernel.Refusal;

/**
 * Verifies HTTP message signatures (RFC 9421) as strictly as those of SOAP messages: one signature, by a registered certificate that {@code keyid} names by
 * its SHA-256, with a named strong algorithm, over everything that is processed, made just now. What is allowed is listed; everything unlisted is refused by name.
 */
@ApplicationScoped
class MessageSignature {

    private static final int COMPONENTS_MAX = 40;
    /** JDK names. ECDSA signatures are the two numbers side by side, not DER. */
    private static final Map<String, String> ALGORITHMS = Map.of("rsa-pss-sha512", "RSASSA-PSS", "rsa-v1_5-sha256", "SHA256withRSA",
            "ecdsa-p256-sha256", "SHA256withECDSAinP1363Format", "ecdsa-p384-sha384", "SHA384withECDSAinP1363Format");
    private static final Map<String, Integer> CURVES = Map.of("ecdsa-p256-sha256", 256, "ecdsa-p384-sha384", 384);
    private static final PSSParameterSpec PSS = new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1);
    private static final Map<String, String> DIGESTS = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    @Inject
    private Exchange exchange;
    @Inject
    private Clock clock;

    /** Who signed, and whether with an elliptic curve. */
    record Verified(Credential credential, boolean byEllipticCurve) {
    }

    /** Whether the request claims to be signed. */
    static boolean isOn(RestCall call) {
        return call.field("signature").isPresent() || call.field("signature-input").isPresent();
    }

    Verified verify(RestCall call) {
        Map<String, ListElement<?>> inputs = dictionary(call, "signature-input");
        Map<String, ListElement<?>> values = dictionary(call, "signature");
        if (inputs.size() != 1 || !inputs.keySet().equals(values.keySet())) {
            throw form("Signature-Input", "1 ≠ " + Math.max(inputs.size(), values.size()));
        }
        if (!(inputs.values().iterator().next() instanceof InnerList input) || !(values.values().iterator().next() instanceof ByteSequenceItem value)) {
            throw form("Signature-Input", "sig=(…);…");
        }
        Parameters parameters = input.getParams();
        String algorithm = text(parameters, "alg").orElse("–");
        if (!ALGORITHMS.containsKey(algorithm)) {
            throw Refusal.of(IdentityRefusal.SIGNATURE_ALGORITHM_REFUSED, "Signature-Input;alg", printable(algorithm));
        }
        checkTime(parameters, clock.instant());
        List<String> components = components(input);
        String base = base(call, components, input);
        requireCoverage(call, components);
        checkContentDigest(call);
        byte[] thumbprint = thumbprint(parameters);
        byte[] octets = base.getBytes(StandardCharsets.US_ASCII);
        PublicKey key = key(thumbprint);
        if (!verifies(key, algorithm, octets, octets(value))) {
            throw Refusal.of(IdentityRefusal.SIGNATURE_INVALID, "Signature");
        }
        return new Verified(Credential.signature(thumbprint, digestOf(thumbprint, octets)), key instanceof ECPublicKey);
    }

    /** Also of a request that is not signed: a digest that does not match says that something was lost on the way. */
    static void checkContentDigest(RestCall call) {
        if (call.field("content-digest").isEmpty()) {
            return;
        }
        Map<String, ListElement<?>> digests = dictionary(call, "content-digest");
        if (DIGESTS.keySet().stream().noneMatch(digests::containsKey)) {
            throw Refusal.of(IdentityRefusal.SIGNATURE_ALGORITHM_REFUSED, "Content-Digest", printable(String.join(", ", digests.keySet())));
        }
        DIGESTS.forEach((name, algorithm) -> {
            ListElement<?> digest = digests.get(name);
            if (digest != null && !(digest instanceof ByteSequenceItem item && MessageDigest.isEqual(octets(item), digest(algorithm, call.body())))) {
                throw Refusal.of(RestRefusal.CONTENT_DIGEST_INVALID, "Content-Digest", name);
            }
        });
    }

    /** Components of messages by their plain names: a parameter would make of a field something else than what is processed. */
    private static List<String> components(InnerList input) {
        List<String> components = new ArrayList<>();
        for (Item<?> item : input.get()) {
            if (!(item instanceof StringItem name) || !item.getParams().isEmpty()) {
                throw form("Signature-Input", printable(item.serialize()));
            }
            if (components.contains(name.get()) || components.size() == COMPONENTS_MAX) {
                throw form("Signature-Input", printable(name.get()));
            }
            components.add(name.get());
        }
        return components;
    }

    private static String base(RestCall call, List<String> components, InnerList input) {
        StringBuilder base = new StringBuilder();
        for (String component : components) {
            base.append('"').append(component).append("\": ").append(value(call, component).orElseThrow(() -> form("Signature-Input", printable(component)))).append('\n');
        }
        return base.append("\"@signature-params\": ").append(input.serialize()).toString();
    }

    private static Optional<String> value(RestCall call, String component) {
        var request = call.request();
        Optional<String> query = Optional.ofNullable(request.getQueryString());
        return switch (component) {
            case "@method" -> Optional.of(request.getMethod());
            case "@path" -> Optional.of(request.getRequestURI());
            case "@query" -> Optional.of("?" + query.orElse(""));
            case "@request-target" -> Optional.of(request.getRequestURI() + query.map(text -> "?" + text).orElse(""));
            case "@authority" -> call.field("host").map(text -> text.toLowerCase(java.util.Locale.ROOT));
            // @target-uri and @scheme: who terminates TLS in front of this server makes them something else here.
            default -> component.startsWith("@") ? Optional.empty() : call.field(component);
        };
    }

    private static void requireCoverage(RestCall call, List<String> components) {
        require(components, "@method");
        if (!components.contains("@request-target")) {
            require(components, "@path");
            if (call.request().getQueryString() != null) {
                require(components, "@query");
            }
        }
        require(components, RestCall.CLIENT);
        for (String name : List.of(RestCall.ID, RestCall.USER, RestCall.ISSUE, RestCall.TOKEN)) {
            if (call.field(name).isPresent()) {
                require(components, name);
            }
        }
        if (call.body().length > 0) {
            require(components, "content-digest");
            require(components, "content-type");
        }
    }

    private static void require(List<String> components, String name) {
        if (!components.contains(name)) {
            throw Refusal.of(IdentityRefusal.SIGNATURE_INCOMPLETE, name);
        }
    }

    private static void checkTime(Parameters parameters, Instant now) {
        Instant created = instant(parameters, "created").orElseThrow(() -> Refusal.of(IdentityRefusal.TIMESTAMP_MISSING, "Signature-Input;created"));
        Instant expires = instant(parameters, "expires").orElse(Instant.MAX);
        if (!expires.isAfter(created)) {
            throw Refusal.of(IdentityRefusal.TIMESTAMP_INVALID, "Signature-Input;expires");
        }
        if (Duration.between(created, now).abs().compareTo(Exchange.TIMESTAMP_WINDOW) > 0 || !now.isBefore(expires)) {
            throw Refusal.of(IdentityRefusal.TIMESTAMP_OUTSIDE_WINDOW, "Signature-Input;created", now.toString());
        }
    }

    private static Optional<Instant> instant(Parameters parameters, String name) {
        Item<?> item = parameters.get(name);
        if (item == null) {
            return Optional.empty();
        }
        try {
            if (item instanceof IntegerItem seconds) {
                return Optional.of(Instant.ofEpochSecond(seconds.getAsLong()));
            }
        } catch (DateTimeException e) {
            // Further away than there are years.
        }
        throw Refusal.of(IdentityRefusal.TIMESTAMP_INVALID, "Signature-Input;" + name);
    }

    private static byte[] thumbprint(Parameters parameters) {
        String keyId = text(parameters, "keyid").orElse("");
        if (!keyId.matches("[0-9a-fA-F]{64}")) {
            throw form("Signature-Input;keyid", "SHA-256");
        }
        return HexFormat.of().parseHex(keyId);
    }

    private PublicKey key(byte[] thumbprint) {
        byte[] der = exchange.certificate(thumbprint).orElseThrow(() -> Refusal.of(IdentityRefusal.CERTIFICATE_UNKNOWN, "Signature-Input;keyid"));
        try {
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)).getPublicKey();
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean verifies(PublicKey key, String algorithm, byte[] octets, byte[] value) {
        Integer curve = CURVES.get(algorithm);
        boolean fits = curve == null ? key instanceof RSAPublicKey : key instanceof ECPublicKey elliptic && elliptic.getParams().getCurve().getField().getFieldSize() == curve;
        if (!fits) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(ALGORITHMS.get(algorithm));
            if (algorithm.equals("rsa-pss-sha512")) {
                signature.setParameter(PSS);
            }
            signature.initVerify(key);
            signature.update(octets);
            return signature.verify(value);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Optional<String> text(Parameters parameters, String name) {
        return parameters.get(name) instanceof StringItem text ? Optional.of(text.get()) : Optional.empty();
    }

    private static Map<String, ListElement<?>> dictionary(RestCall call, String field) {
        try {
            Dictionary parsed = Parser.parseDictionary(call.field(field).orElse(""));
            return Map.copyOf(parsed.get());
        } catch (ParseException e) {
            throw form(field, field);
        }
    }

    private static byte[] octets(ByteSequenceItem item) {
        byte[] octets = new byte[item.get().remaining()];
        item.get().duplicate().get(octets);
        return octets;
    }

    /** Identifies what was signed, by whom; not the signature's value, of which anybody can compute a second one. */
    private static byte[] digestOf(byte[] thumbprint, byte[] base) {
        byte[] both = new byte[thumbprint.length + base.length];
        System.arraycopy(thumbprint, 0, both, 0, thumbprint.length);
        System.arraycopy(base, 0, both, thumbprint.length, base.length);
        return digest("SHA-256", both);
    }

    static byte[] digest(String algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm).digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Refusal form(String field, String what) {
        return Refusal.of(IdentityRefusal.SIGNATURE_FORM_REFUSED, field, what);
    }

    private static String printable(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60);
    }
}
