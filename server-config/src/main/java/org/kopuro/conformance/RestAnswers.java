package org.kopuro.conformance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** X-Road REST: errors are {@code type, message, detail} under a status, signatures stand in fields. */
final class RestAnswers implements PlayedAnswers {

    private static final int OK = 200;
    /** Of the service's own refusals; what is no JSON of the contract is 400. */
    private static final Map<String, Integer> STATUS = Map.of("TAXPAYER_UNKNOWN", 404, "BODY_NOT_JSON", 400, "FIELD_INVALID", 400, "FIELD_UNKNOWN", 400);
    private static final int REFUSED = 422;
    private static final int BRACKETS = 20_000;
    private static final List<String> SIGNED = List.of("@status", "content-type", "content-digest", "kopuro-ledger-entry");
    private static final String OF_ITS_CALL = RestRequest.ID + HttpSignature.OF_THE_REQUEST;

    private final OwnKeys keys;
    private final OwnKeys stranger;
    private final Clock clock;

    RestAnswers(OwnKeys keys, OwnKeys stranger, Clock clock) {
        this.keys = keys;
        this.stranger = stranger;
        this.clock = clock;
    }

    @Override
    public Outgoing answered(Request request) {
        return signed(request, OK, octets(content(request)));
    }

    @Override
    public Outgoing refused(Request request, String code) {
        return signed(request, STATUS.getOrDefault(code, REFUSED), octets(error(code, Optional.of(code)).add("field", "Kopuro-Consent-Token").build()));
    }

    @Override
    public Outgoing fault(Request request, String faultcode, Optional<String> code, boolean sign) {
        byte[] body = octets(error(faultcode, code).build());
        if (code.isEmpty()) {
            // A failure, told by whoever is left to tell it.
            return unsigned(request, faultcode.equals(Codes.TEMPORARILY_UNAVAILABLE.spelled(false)) || faultcode.equals(Codes.TEMPORARILY_UNAVAILABLE.spelled(true)) ? 503 : 500, body);
        }
        boolean limited = code.get().equals("RATE_LIMITED");
        Outgoing plain = unsigned(request, limited ? 429 : faultcode.toLowerCase(Locale.ROOT).startsWith("server.") ? 500 : 400, body);
        Map<String, String> fields = new LinkedHashMap<>(plain.fields());
        fields.put("X-Road-Error", faultcode);
        if (limited) {
            fields.put("Retry-After", "1");
        }
        Outgoing fault = new Outgoing(plain.status(), fields, body);
        return sign ? signed(request, fault, keys, clock) : fault;
    }

    @Override
    public Outgoing unreadable() {
        byte[] body = octets(error("Client.BadRequest", Optional.of("BAD_REQUEST")).build());
        return new Outgoing(400, Map.of(Outgoing.CONTENT_TYPE, "application/json", "X-Road-Error", "Client.BadRequest"), body);
    }

    @Override
    public Map<String, Function<Request, Outgoing>> forged() {
        Map<String, Function<Request, Outgoing>> forged = new LinkedHashMap<>();
        forged.put("an unsigned answer", request -> unsigned(request, OK, octets(content(request))));
        forged.put("an answer of another key", request -> by(request, stranger, clock));
        forged.put("an answer of another key under the right certificate", request -> by(request, new OwnKeys(stranger.key(), keys.certificate()), clock));
        forged.put("an answer changed after it was signed", request -> new Outgoing(OK, answered(request).fields(), octets(ofAnother(request))));
        forged.put("an answer with another Body than the signed one", this::withAnotherBody);
        forged.put("an answer of an hour ago", request -> by(request, keys, Clock.offset(clock, Duration.ofHours(-1))));
        forged.put("a refusal made an answer", request -> {
            Outgoing refused = refused(request, "CONSENT_REQUIRED");
            return new Outgoing(OK, refused.fields(), refused.body());
        });
        return forged;
    }

    /** Its digest is right, and is another one than was signed. */
    private Outgoing withAnotherBody(Request request) {
        Map<String, String> fields = new LinkedHashMap<>(answered(request).fields());
        byte[] body = octets(ofAnother(request));
        fields.put("Content-Digest", HttpSignature.digest(body));
        return new Outgoing(OK, fields, body);
    }

    @Override
    public Map<String, Function<Request, Outgoing>> toOthers() {
        Map<String, Function<Request, Outgoing>> others = new LinkedHashMap<>();
        others.put("an answer with another id", request -> {
            String other = UUID.randomUUID().toString();
            Outgoing plain = unsigned(request, OK, octets(content(request)));
            plain.fields().put("X-Road-Id", other);
            return signed(plain, components(request, plain, Optional.of(other)), covered(true), keys, clock);
        });
        others.put("an answer that was signed for another id", request -> {
            Outgoing plain = unsigned(request, OK, octets(content(request)));
            return signed(plain, components(request, plain, Optional.of(UUID.randomUUID().toString())), covered(true), keys, clock);
        });
        others.put("an answer that was signed for no id", request -> {
            Outgoing plain = unsigned(request, OK, octets(content(request)));
            return signed(plain, components(request, plain, Optional.empty()), covered(false), keys, clock);
        });
        return others;
    }

    /** Signed, so that nothing but their content can be wrong; a web page comes from whoever stands between. */
    @Override
    public Map<String, Function<Request, Outgoing>> unreadable(String elsewhere) {
        Map<String, Function<Request, Outgoing>> none = new LinkedHashMap<>();
        none.put("an empty answer", request -> signed(request, OK, new byte[0]));
        none.put("a web page", request -> new Outgoing(OK, Map.of(Outgoing.CONTENT_TYPE, "text/html"), "<html><body>Welcome</body></html>".getBytes(StandardCharsets.UTF_8)));
        none.put("half an answer", request -> {
            byte[] whole = octets(content(request));
            return signed(request, OK, Arrays.copyOf(whole, whole.length / 2));
        });
        none.put("a list for an answer", request -> signed(request, OK, "[]".getBytes(StandardCharsets.UTF_8)));
        none.put("brackets without end", request -> signed(request, OK, ("{\"inn\":" + "[".repeat(BRACKETS)).getBytes(StandardCharsets.UTF_8)));
        return none;
    }

    private JsonObject content(Request request) {
        return InventedContent.of(request.service(), request.inn(), clock);
    }

    private JsonObject ofAnother(Request request) {
        return InventedContent.of(request.service(), Scene.OTHER_INN, clock);
    }

    private static JsonObjectBuilder error(String type, Optional<String> code) {
        JsonObjectBuilder error = Json.createObjectBuilder().add("type", type).add("message", "Played by the conformance run").add("detail", UUID.randomUUID().toString());
        code.ifPresent(text -> {
            JsonArrayBuilder explanations = Json.createArrayBuilder();
            List.of("ky", "ru", "en").forEach(language -> explanations.add(Json.createObjectBuilder().add("language", language).add("sentence", "–").add("whatToDo", "–")));
            error.add("code", text).add("explanation", explanations);
        });
        return error;
    }

    private static byte[] octets(JsonObject object) {
        return object.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Outgoing unsigned(Request request, int status, byte[] body) {
        RestRequest asked = (RestRequest) request;
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(Outgoing.CONTENT_TYPE, "application/json");
        fields.put("Content-Digest", HttpSignature.digest(body));
        asked.message().field(RestRequest.CLIENT).ifPresent(client -> fields.put("X-Road-Client", client));
        fields.put("X-Road-Id", asked.id().isEmpty() ? UUID.randomUUID().toString() : asked.id());
        fields.put("X-Road-Service", asked.message().path().replaceFirst("^.*/r1/", ""));
        return new Outgoing(status, fields, body);
    }

    private Outgoing by(Request request, OwnKeys who, Clock when) {
        return signed(request, unsigned(request, OK, octets(content(request))), who, when);
    }

    private Outgoing signed(Request request, int status, byte[] body) {
        return signed(request, unsigned(request, status, body), keys, clock);
    }

    private static Outgoing signed(Request request, Outgoing plain, OwnKeys by, Clock when) {
        Optional<String> id = Optional.of(request.id()).filter(text -> !text.isEmpty());
        return signed(plain, components(request, plain, id), covered(id.isPresent()), by, when);
    }

    /** With the record of the call, which TEST names in what it signs. */
    private static Outgoing signed(Outgoing plain, Map<String, String> components, List<String> covered, OwnKeys by, Clock when) {
        Map<String, String> fields = new LinkedHashMap<>(plain.fields());
        fields.put("Kopuro-Ledger-Entry", components.get("kopuro-ledger-entry"));
        fields.putAll(HttpSignature.made(components, covered, by, when.instant()));
        return new Outgoing(plain.status(), fields, plain.body());
    }

    private static Map<String, String> components(Request request, Outgoing plain, Optional<String> id) {
        Map<String, String> fields = new HashMap<>(Map.of("kopuro-ledger-entry", UUID.randomUUID().toString()));
        plain.fields().forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), value));
        Map<String, String> components = ((RestRequest) request).andAnswered(plain.status(), fields);
        id.ifPresent(text -> components.put(OF_ITS_CALL, text));
        return components;
    }

    private static List<String> covered(boolean withId) {
        List<String> covered = new ArrayList<>(SIGNED);
        if (withId) {
            covered.add(OF_ITS_CALL);
        }
        return covered;
    }
}
