package org.kopuro.conformance;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kopuro.client.Identifier;
import org.kopuro.client.NotVerifiable;

/**
 * By X-Road REST: what SOAP has in its header stands in the path and in fields.
 *
 * @param connected the certificate that a connection may show in place of a signature; empty where none may
 */
record RestRequest(Incoming message, Optional<X509Certificate> connected, String id, String service, String inn, Optional<String> token) implements Request {

    static final String CLIENT = "x-road-client";
    static final String ID = "x-road-id";
    private static final String TOKEN = "kopuro-consent-token";
    /** To be signed where they are there. */
    private static final List<String> OPTIONAL = List.of(ID, "x-road-userid", "x-road-issue", TOKEN);
    private static final int BODY_MAX = 64 * 1024;
    private static final int TEXT_MAX = 255;

    /** @param provider the path below which its services are */
    static RestRequest read(Incoming message, String provider, Optional<X509Certificate> connected) throws NotVerifiable {
        if (!message.is("POST", "application/json", BODY_MAX)) {
            throw new NotVerifiable("it is not a POST of at most " + BODY_MAX + " octets with the Content-Type application/json");
        }
        List<String> path = parts(message.path());
        List<String> above = parts(provider);
        if (path.size() != above.size() + 1 || !path.subList(0, above.size()).equals(above)) {
            throw new NotVerifiable("its path is not the given one, a slash and the code of a service");
        }
        JsonObject body = Json.object(message.body());
        return new RestRequest(message, connected, message.field(ID).orElse(""), path.get(above.size()), body.get("inn") instanceof JsonString text ? text.getString() : "",
                message.field(TOKEN).filter(text -> !text.isBlank()));
    }

    @Override
    public List<String> flaws(Identifier client, X509Certificate certificate, Clock clock) {
        List<String> flaws = new ArrayList<>();
        if (!message.field(CLIENT).filter(text -> isNamed(text, client)).isPresent()) {
            flaws.add("its X-Road-Client is not " + client);
        }
        if (service.isEmpty()) {
            flaws.add("its path names no service");
        }
        if (message.query().isPresent()) {
            flaws.add("its address has a query: what stands in addresses is logged on the way");
        }
        // TEST would give it one; but an answer is bound to nothing else.
        if (id.isEmpty()) {
            flaws.add("it has no X-Road-Id");
        }
        message.fields().forEach((name, values) -> {
            if ((name.startsWith("x-road-") || name.equals(TOKEN)) && (values.size() > 1 || values.get(0).length() > TEXT_MAX || !values.get(0).matches("[ -~]*"))) {
                flaws.add("its " + name + " is not once there with at most " + TEXT_MAX + " printable characters of ASCII");
            }
        });
        try {
            if (isOfTheConnection()) {
                requireShown();
            } else {
                requireSigned(certificate, clock);
            }
        } catch (NotVerifiable e) {
            flaws.add(e.getMessage());
        }
        return flaws;
    }

    /** A signature that is there is verified, whatever the connection proves. */
    private boolean isOfTheConnection() {
        return connected.isPresent() && message.shown().isPresent() && !message.fields().containsKey("signature") && !message.fields().containsKey("signature-input");
    }

    private void requireShown() throws NotVerifiable {
        if (!message.shown().equals(connected)) {
            throw new NotVerifiable("its connection showed another certificate than the one that is known");
        }
        if (message.fields().containsKey("content-digest")) {
            HttpSignature.requireDigest(message.field("content-digest"), message.body());
        }
    }

    private void requireSigned(X509Certificate certificate, Clock clock) throws NotVerifiable {
        Map<String, String> components = components();
        List<String> needed = new ArrayList<>(List.of("@method", "@path", CLIENT));
        if (HttpSignature.covers(message.field("signature-input").orElse(""), "@request-target")) {
            needed.set(1, "@request-target");
        } else if (message.query().isPresent()) {
            needed.add("@query");
        }
        OPTIONAL.stream().filter(name -> message.fields().containsKey(name)).forEach(needed::add);
        needed.addAll(List.of("content-digest", "content-type"));
        HttpSignature.require(fields(), components, needed, certificate, clock);
        HttpSignature.requireDigest(message.field("content-digest"), message.body());
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        message.fields().keySet().forEach(name -> fields.put(name, message.field(name).orElseThrow()));
        return fields;
    }

    /** What its signature may cover. */
    private Map<String, String> components() {
        Map<String, String> components = fields();
        String query = message.query().map(text -> "?" + text).orElse("");
        components.putAll(Map.of("@method", message.method(), "@path", message.path(), "@query", query.isEmpty() ? "?" : query, "@request-target", message.path() + query,
                "@authority", message.field("host").orElse("")));
        return components;
    }

    /** What an answer's signature may cover: its own fields, and this request's. */
    Map<String, String> andAnswered(int status, Map<String, String> fields) {
        Map<String, String> components = new HashMap<>(fields);
        components.put("@status", Integer.toString(status));
        components().forEach((name, value) -> components.put(name + HttpSignature.OF_THE_REQUEST, value));
        return components;
    }

    @Override
    public Optional<String> digests() {
        return isOfTheConnection() ? Optional.empty() : Optional.of(HttpSignature.base(fields(), components()).orElse(""));
    }

    private static boolean isNamed(String text, Identifier client) {
        try {
            List<String> parts = parts(text);
            return parts.equals(Arrays.asList(client.instance(), client.memberClass(), client.memberCode(), client.subsystem()).subList(0, client.subsystem().isEmpty() ? 3 : 4));
        } catch (NotVerifiable e) {
            return false;
        }
    }

    /** Each part is percent-encoded on its own. */
    private static List<String> parts(String path) throws NotVerifiable {
        try {
            return Arrays.stream(path.split("/", -1)).map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8)).toList();
        } catch (IllegalArgumentException e) {
            throw new NotVerifiable("its path or its X-Road-Client is not percent-encoded");
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return service + " " + id;
    }
}
