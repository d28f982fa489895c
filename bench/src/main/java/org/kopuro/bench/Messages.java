package org.kopuro.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Makes distinct messages in advance, signed unless without an identity. */
final class Messages {

    private static final String SOAP = "xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"";
    private static final String XROAD = "xmlns:xrd=\"http://x-road.eu/xsd/xroad.xsd\"";
    private static final String IDENTIFIERS = "xmlns:id=\"http://x-road.eu/xsd/identifiers\"";
    private static final String TOKEN = "xmlns:sec=\"http://x-road.eu/xsd/security-token.xsd\"";
    private static final String WSU = "xmlns:wsu=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd\"";
    private static final String WSSE = "xmlns:wsse=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd\"";
    private static final String SIGNATURE = "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"";
    private static final String X509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
    private static final String BASE64 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
    private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

    private final Identity identity;
    private final String path;
    private final List<Part> fixed;
    private final List<String> tokens;
    private final String inn;
    private final Random random;
    /** Digests of what is the same in every message. */
    private final Map<String, String> digests = new HashMap<>();

    private Messages(Identity identity, String path, List<Part> fixed, List<String> tokens, String inn, long seed) {
        this.identity = identity;
        this.path = path;
        this.fixed = fixed;
        this.tokens = tokens;
        this.inn = inn;
        this.random = new Random(seed);
        fixed.forEach(part -> digests.put(part.canonical(), digest(part.canonical())));
        tokens.forEach(token -> digests.put(token(token).canonical(), digest(token(token).canonical())));
    }

    /** One call, ready to be sent, and the octets that its answer must hold. */
    record Message(byte[] octets, List<byte[]> markers) {
    }

    static Messages kopuro(Identity identity, List<String> tokens, String inn, long seed) {
        String member = "<id:xRoadInstance>central-server</id:xRoadInstance><id:memberClass>%s</id:memberClass><id:memberCode>%s</id:memberCode>"
                + "<id:subsystemCode>%s</id:subsystemCode>";
        return new Messages(identity, "/soap/tax/v1", List.of(
                new Part("client", "xrd:client", "wsu:Id=\"client\" id:objectType=\"SUBSYSTEM\"", List.of(IDENTIFIERS, WSU, XROAD),
                        member.formatted("COM", "60009999", "demo-bank-service")),
                new Part("service", "xrd:service", "wsu:Id=\"service\" id:objectType=\"SERVICE\"", List.of(IDENTIFIERS, WSU, XROAD),
                        member.formatted("GOV", "70000002", "gns-service")
                                + "<id:serviceCode>tpDataByINN</id:serviceCode><id:serviceVersion>v1</id:serviceVersion>"),
                field("userId", "KG23002199000001"), field("issue", "APP-2026-000017"), field("protocolVersion", "4.0"),
                body("<prod:tpDataByINN xmlns:prod=\"http://gns-security-server.x-road.fi/producer\"><prod:request><prod:inn>" + inn
                        + "</prod:inn></prod:request></prod:tpDataByINN>")), tokens, inn, seed);
    }

    /** @param identity null for the address without security */
    static Messages peer(Identity identity, long seed) {
        return new Messages(identity, identity == null ? "/soap/plain" : "/soap/signed", List.of(), List.of(), "", seed);
    }

    List<Message> make(int count, int port) {
        List<UUID> ids = IntStream.range(0, count).mapToObj(i -> new UUID(random.nextLong(), random.nextLong())).toList();
        int[] chosen = IntStream.range(0, count).map(i -> tokens.isEmpty() ? 0 : random.nextInt(tokens.size())).toArray();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return IntStream.range(0, count).parallel().mapToObj(i -> make(ids.get(i).toString(), chosen[i], now, port)).toList();
    }

    private Message make(String id, int token, Instant now, int port) {
        List<Part> parts = new ArrayList<>(fixed);
        if (tokens.isEmpty()) {
            parts.add(body("<e:echo xmlns:e=\"urn:kopuro:bench:peer\"><text>" + id + "</text></e:echo>"));
        } else {
            parts.add(parts.size() - 1, field("id", id));
            parts.add(parts.size() - 1, token(tokens.get(token)));
        }
        StringBuilder envelope = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope ")
                .append(String.join(" ", SOAP, XROAD, IDENTIFIERS, TOKEN, WSU)).append("><soap:Header>");
        Part body = parts.get(parts.size() - 1);
        parts.subList(0, parts.size() - 1).forEach(part -> envelope.append(part.wire()));
        if (identity != null) {
            envelope.append(security(parts, now));
        }
        byte[] content = envelope.append("</soap:Header>").append(body.wire()).append("</soap:Envelope>").toString().getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: \"\"\r\n"
                + "Content-Length: " + content.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] octets = new byte[head.length + content.length];
        System.arraycopy(head, 0, octets, 0, head.length);
        System.arraycopy(content, 0, octets, head.length, content.length);
        List<byte[]> markers = new ArrayList<>(List.of(octets(id)));
        if (identity != null) {
            markers.add(octets("SignatureValue>"));
        }
        if (!tokens.isEmpty()) {
            markers.add(octets(inn + "</"));
        }
        return new Message(octets, markers);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private String security(List<Part> parts, Instant now) {
        Part timestamp = new Part("time", "wsu:Timestamp", "wsu:Id=\"time\"", List.of(WSU),
                "<wsu:Created>" + now + "</wsu:Created><wsu:Expires>" + now.plusSeconds(300) + "</wsu:Expires>");
        StringBuilder info = new StringBuilder("<ds:CanonicalizationMethod Algorithm=\"" + EXCLUSIVE + "\"></ds:CanonicalizationMethod>"
                + "<ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#" + (identity.isElliptic() ? "ecdsa" : "rsa")
                + "-sha256\"></ds:SignatureMethod>");
        List<Part> signed = new ArrayList<>(parts);
        signed.add(timestamp);
        for (Part part : signed) {
            String canonical = part.canonical();
            String known = digests.get(canonical);
            info.append("<ds:Reference URI=\"#").append(part.id()).append("\"><ds:Transforms><ds:Transform Algorithm=\"" + EXCLUSIVE
                    + "\"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod><ds:DigestValue>")
                    .append(known == null ? digest(canonical) : known).append("</ds:DigestValue></ds:Reference>");
        }
        return "<wsse:Security " + WSSE + " soap:mustUnderstand=\"1\"><wsse:BinarySecurityToken EncodingType=\"" + BASE64 + "\" ValueType=\"" + X509
                + "\" wsu:Id=\"certificate\">" + Base64.getEncoder().encodeToString(identity.der()) + "</wsse:BinarySecurityToken>" + timestamp.wire()
                + "<ds:Signature " + SIGNATURE + "><ds:SignedInfo>" + info + "</ds:SignedInfo><ds:SignatureValue>"
                + signature("<ds:SignedInfo " + SIGNATURE + ">" + info + "</ds:SignedInfo>")
                + "</ds:SignatureValue><ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI=\"#certificate\" ValueType=\"" + X509
                + "\"/></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature></wsse:Security>";
    }

    private static Part field(String name, String text) {
        return new Part(name, "xrd:" + name, "wsu:Id=\"" + name + "\"", List.of(WSU, XROAD), text);
    }

    private static Part token(String text) {
        return new Part("token", "sec:securityToken", "tokenType=\"urn:kopuro:consent-token:v1\" wsu:Id=\"token\"", List.of(TOKEN, WSU), text);
    }

    private static Part body(String content) {
        return new Part("body", "soap:Body", "wsu:Id=\"body\"", List.of(SOAP, WSU), content);
    }

    private static String digest(String text) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signature(String text) {
        try {
            Signature signature = Signature.getInstance(identity.isElliptic() ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initSign(identity.key());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
