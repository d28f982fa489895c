package org.kopuro.exchange.xroadrest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.RepresentedParty;
import org.kopuro.exchange.ServiceAddress;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.exchange.evidence.Exchanged;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Refusal;

/**
 * One REST exchange on its way through the edge: what has been understood of the request so far. Filled step by step, so that
 * a refusal at any step can be told to the right party in the right words.
 */
final class RestCall {

    static final String CLIENT = "x-road-client";
    static final String ID = "x-road-id";
    static final String USER = "x-road-userid";
    static final String ISSUE = "x-road-issue";
    static final String REPRESENTED = "x-road-represented-party";
    static final String TOKEN = "kopuro-consent-token";
    /** Longest header value, as in SOAP. */
    private static final int FIELD_LENGTH_MAX = 255;
    /** A signature names its components, and they may be many. */
    private static final int SIGNATURE_LENGTH_MAX = 4_096;
    /** What is read and thrown away of a request that is too large, so that its sender gets to read the refusal. */
    private static final long DRAINED_OCTETS_MAX = 16L * 1024 * 1024;
    private static final int IDENTIFIER_PARTS = 5;

    private final long arrivedNanos = System.nanoTime();
    private final HttpServletRequest request;
    private final boolean direct;
    private final Map<String, String> fields = new TreeMap<>();
    private ServiceAddress service;
    private XRoadClient client;
    private Optional<RepresentedParty> representedParty = Optional.empty();
    private byte[] body = new byte[0];
    private Call call;
    private boolean ellipticCurve;

    RestCall(HttpServletRequest request) {
        this.request = request;
        direct = request.getServletPath().equals("/r1");
    }

    /** Reads the request in the order in which its parts say more and more about who to tell; refuses the first thing that is wrong. */
    void read(Installation installation, ToIntFunction<String> bodyOctetsMax) throws IOException {
        readFields();
        client = client();
        service = service(installation);
        representedParty = field(REPRESENTED).map(RestCall::party);
        String type = field("content-type").map(text -> text.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "")).orElse("");
        if (request.getMethod().equals("POST") && !type.equals("application/json") && !type.equals("application/json;charset=utf-8")) {
            throw Refusal.of(RestRefusal.INVALID_CONTENT_TYPE, "Content-Type");
        }
        int most = bodyOctetsMax.applyAsInt(service.code());
        InputStream in = request.getInputStream();
        body = in.readNBytes(most + 1);
        if (body.length > most) {
            in.skip(DRAINED_OCTETS_MAX);
            throw Refusal.of(RestRefusal.MESSAGE_TOO_LARGE, "body", most);
        }
    }

    private void readFields() {
        for (String header : Collections.list(request.getHeaderNames())) {
            String name = header.toLowerCase(Locale.ROOT);
            boolean signature = name.equals("signature") || name.equals("signature-input") || name.equals("content-digest");
            List<String> values = Collections.list(request.getHeaders(header));
            boolean ours = name.startsWith("x-road-") || name.equals(TOKEN);
            if (ours && values.size() > 1) {
                throw Refusal.of(RestRefusal.DUPLICATE_HEADER_FIELD, header);
            }
            // As a signature sees it (RFC 9421 §2.1).
            String value = String.join(", ", values.stream().map(String::strip).toList());
            if ((ours || signature) && value.length() > (signature ? SIGNATURE_LENGTH_MAX : FIELD_LENGTH_MAX)) {
                throw Refusal.of(RestRefusal.HEADER_FIELD_TOO_LONG, header, signature ? SIGNATURE_LENGTH_MAX : FIELD_LENGTH_MAX);
            }
            if ((ours || signature) && value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw Refusal.of(RestRefusal.BAD_REQUEST, header);
            }
            fields.put(name, value);
        }
    }

    private XRoadClient client() {
        List<String> parts = parts(field(CLIENT).orElse(""), "URL");
        if (parts.size() < IDENTIFIER_PARTS - 2 || parts.size() > IDENTIFIER_PARTS - 1 || parts.contains("")) {
            throw Refusal.of(RestRefusal.INVALID_CLIENT_IDENTIFIER, "X-Road-Client");
        }
        return new XRoadClient(parts.get(0), parts.get(1), parts.get(2), parts.size() < IDENTIFIER_PARTS - 1 ? "" : parts.get(IDENTIFIER_PARTS - 2));
    }

    /** {@code [class/]code}. */
    private static RepresentedParty party(String text) {
        List<String> parts = parts(text, "X-Road-Represented-Party");
        if (parts.size() > 2 || parts.stream().anyMatch(String::isBlank)) {
            throw Refusal.of(RestRefusal.BAD_REQUEST, "X-Road-Represented-Party");
        }
        return new RepresentedParty(parts.size() == 2 ? Optional.of(parts.get(0).strip()) : Optional.empty(), parts.get(parts.size() - 1).strip());
    }

    private ServiceAddress service(Installation installation) {
        String below = request.getRequestURI().substring(request.getContextPath().length() + request.getServletPath().length());
        List<String> parts = parts(below.startsWith("/") ? below.substring(1) : below, "URL");
        if (parts.size() != (direct ? IDENTIFIER_PARTS : 1) || parts.contains("")) {
            throw Refusal.of(RestRefusal.BAD_REQUEST, "URL");
        }
        return direct ? new ServiceAddress(parts.get(0), parts.get(1), parts.get(2), Optional.of(parts.get(3)), parts.get(4), Optional.empty())
                : new ServiceAddress(installation.instance(), installation.memberClass(), installation.memberCode(), Optional.of(installation.subsystemCode()), parts.get(0), Optional.empty());
    }

    /** Each part is percent-encoded on its own, so that one may hold a slash. */
    private static List<String> parts(String path, String field) {
        try {
            List<String> parts = Arrays.stream(path.split("/", -1)).map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8)).toList();
            if (parts.stream().anyMatch(part -> part.length() > FIELD_LENGTH_MAX || part.chars().anyMatch(Character::isISOControl))) {
                throw Refusal.of(RestRefusal.BAD_REQUEST, field);
            }
            return parts;
        } catch (IllegalArgumentException e) {
            throw Refusal.of(RestRefusal.BAD_REQUEST, field);
        }
    }

    /** Whoever sends no id gets one, as from a Security Server. */
    void identified(Credential credential, boolean byEllipticCurve) {
        call = new Call(client, service, field(ID).filter(text -> !text.isEmpty()).orElseGet(() -> UUID.randomUUID().toString()), field(USER).filter(text -> !text.isEmpty()),
                field(ISSUE).filter(text -> !text.isEmpty()), representedParty, field(TOKEN).filter(text -> !text.isEmpty()), credential, request.getRemoteAddr());
        ellipticCurve = byEllipticCurve;
    }

    /** Whoever turned out to be a stranger is answered like one: without a signature. */
    void forget() {
        call = null;
    }

    HttpServletRequest request() {
        return request;
    }

    /** Whether the caller speaks to us as to a Security Server. */
    boolean direct() {
        return direct;
    }

    /** A header's value as a signature sees it; names are in lower case. */
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    Optional<XRoadClient> claimedClient() {
        return Optional.ofNullable(client);
    }

    /** Present once the address could be read. */
    Optional<ServiceAddress> service() {
        return Optional.ofNullable(service);
    }

    byte[] body() {
        return body;
    }

    /** Present once it is proved that somebody sent it. */
    Optional<Call> call() {
        return Optional.ofNullable(call);
    }

    boolean ellipticCurve() {
        return ellipticCurve;
    }

    long latencyNanos() {
        return System.nanoTime() - arrivedNanos;
    }

    /** The request as evidence: what a signature may cover, and the body. */
    Exchanged.Message message() {
        List<String> lines = new ArrayList<>();
        String query = request.getQueryString();
        lines.add(request.getMethod() + " " + request.getRequestURI() + (query == null ? "" : "?" + query) + " HTTP/1.1");
        fields.forEach((name, value) -> {
            if (name.startsWith("x-road-") || name.startsWith("content-") || name.startsWith("signature") || name.equals(TOKEN) || name.equals("host") || name.equals("date")) {
                lines.add(name + ": " + value);
            }
        });
        return message(lines, body);
    }

    static Exchanged.Message message(List<String> head, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        return new Exchanged.Message("message/http", out.toByteArray());
    }
}
