package org.kopuro.exchange.xroadrest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.RetryAfter;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Correspondent;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.edge.Asides;
import org.kopuro.exchange.edge.Failure;
import org.kopuro.exchange.edge.FaultCodes;
import org.kopuro.exchange.edge.Measurements;
import org.kopuro.exchange.edge.NotKept;
import org.kopuro.exchange.edge.Strangers;
import org.kopuro.exchange.edge.Unsent;
import org.kopuro.exchange.evidence.Exchanged;
import org.kopuro.exchange.evidence.MessageLog;
import org.kopuro.exchange.operations.Operation;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** Completes, keeps and sends what goes out. Nothing that answers a recorded call leaves before the message log has it. */
@ApplicationScoped
class RestAnswers {

    private static final Logger LOG = Logger.getLogger(RestAnswers.class.getName());
    /** What refusals name in the words of SOAP. */
    private static final Map<String, String> FIELDS = Map.of("xrd:client", "X-Road-Client", "xrd:service", "URL", "wsse:BinarySecurityToken", "Signature-Input;keyid",
            "wsse:Security", "Signature", "securityToken", "Kopuro-Consent-Token", "xrd:id", "X-Road-Id", "xrd:userId", "X-Road-UserId");

    @Inject
    private AnswerSignature signatures;
    @Inject
    private MessageLog messages;
    @Inject
    private Unsent unsent;
    @Inject
    private Measurements measurements;
    @Inject
    private Exchange exchange;
    @Inject
    private Clock clock;

    /** Sends what an endpoint answered, or refused; the record of it is committed. */
    void answer(HttpServletResponse response, RestCall call, RestEndpoint endpoint, Answer<?> answer) throws IOException {
        try {
            if (answer instanceof Answer.Disclosed<?> disclosed) {
                send(response, call, 200, json((JsonObject) disclosed.value()), Optional.of(disclosed.occurrence()), Optional.empty(),
                        asides(disclosed.warnsOfId()));
                return;
            }
            Answer.Refused<?> refused = (Answer.Refused<?>) answer;
            if (!refused.established()) {
                call.forget();
            }
            Refusal refusal = refused.refusal();
            Correspondent to = told(call, refused.correspondent());
            boolean ofTheExchange = endpoint.isOfTheExchange(refusal.code());
            String type = ofTheExchange ? FaultCodes.of(refusal, to.dialect()) : refusal.code().name();
            JsonObjectBuilder error = error(type, refusal, to, refused.occurrence());
            refused.consentId().ifPresent(id -> error.add("consentId", id.toString()));
            refused.since().ifPresent(since -> error.add("since", since.toString()));
            RetryAfter.of(refusal, clock.instant()).ifPresent(seconds -> response.setHeader(RetryAfter.FIELD, seconds));
            send(response, call, ofTheExchange ? status(refusal, type) : endpoint.status(refusal.code()), error(call, error.build()),
                    refused.established() ? Optional.of(refused.occurrence()) : Optional.empty(), ofTheExchange ? Optional.of(type) : Optional.empty(),
                    asides(refused.warnsOfId()));
        } catch (NotKept e) {
            fail(response, call, e);
        }
    }

    /** A refusal of the message itself, before or without a call. */
    void refuseAtTheDoor(HttpServletResponse response, RestCall call, Refusal refusal) throws IOException {
        UUID occurrence = UUID.randomUUID();
        Correspondent to = correspondentOf(call);
        try {
            exchange.recordAtTheDoor(occurrence, refusal, call.claimedClient(), call.field(RestCall.ID), call.request().getRemoteAddr());
        } catch (RuntimeException e) {
            // The database is away; the refusal stands without it and is at least in the log.
            LOG.log(Level.WARNING, "{0} refused with {1}, not recorded", new Object[] {occurrence, refusal.code().name()});
        }
        String type = FaultCodes.of(refusal, to.dialect());
        call.forget();
        send(response, call, status(refusal, type), error(call, error(type, refusal, to, occurrence).build()), Optional.empty(), Optional.of(type), Map.of());
    }

    void fail(HttpServletResponse response, RestCall call, Throwable cause) throws IOException {
        UUID occurrence = UUID.randomUUID();
        Failure failure = Failure.of(cause);
        LOG.log(Level.SEVERE, occurrence + " " + failure, cause);
        call.call().ifPresent(known -> measurements.failed(occurrence, known));
        if (response.isCommitted()) {
            return;
        }
        Correspondent to = correspondentOf(call);
        String type = FaultCodes.ofFailure(failure.name(), to.dialect());
        JsonObject error = Json.createObjectBuilder().add("type", type).add("message", failure.sentence(to.language())).add("detail", occurrence.toString()).build();
        call.forget();
        failure.retryAfter().ifPresent(seconds -> response.setHeader(RetryAfter.FIELD, seconds));
        send(response, call, failure == Failure.TEMPORARILY_UNAVAILABLE ? 503 : 500, error(call, error), Optional.empty(), Optional.empty(), Map.of());
    }

    private static Map<String, String> asides(boolean warnsOfId) {
        return warnsOfId ? Map.of(Asides.WARNING, Asides.ID_REPEATED) : Map.of();
    }

    /** A Security Server's own: 500 for what begins with Server, else 400. */
    private static int status(Refusal refusal, String type) {
        if (refusal.code() == AccessRefusal.RATE_LIMITED) {
            return 429;
        }
        return type.toLowerCase(Locale.ROOT).startsWith("server.") ? 500 : 400;
    }

    private static JsonObjectBuilder error(String type, Refusal refusal, Correspondent to, UUID occurrence) {
        JsonObjectBuilder error = Json.createObjectBuilder().add("type", type).add("message", refusal.sentence(to.language())).add("detail", occurrence.toString())
                .add("code", refusal.code().name());
        if (refusal.field() != null) {
            error.add("field", FIELDS.getOrDefault(refusal.field(), refusal.field()));
        }
        refusal.retryAfter().ifPresent(moment -> error.add("retryAfter", moment.toString()));
        JsonArrayBuilder explanations = Json.createArrayBuilder();
        for (Language language : Language.values()) {
            explanations.add(Json.createObjectBuilder().add("language", language.tag()).add("sentence", refusal.sentence(language)).add("whatToDo", refusal.whatToDo(language)));
        }
        return error.add("explanation", explanations);
    }

    private record Body(String type, byte[] octets) {
    }

    private static Body json(JsonObject json) {
        return new Body("application/json", json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** As XML to whoever asks for XML, then without what is ours. */
    private static Body error(RestCall call, JsonObject error) {
        String accept = call.field("accept").orElse("").toLowerCase(Locale.ROOT);
        if (!accept.contains("text/xml") && !accept.contains("application/xml") && !accept.contains("text/*")) {
            return json(error);
        }
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("error");
            for (String name : List.of("type", "message", "detail")) {
                xml.writeStartElement(name);
                xml.writeCharacters(error.getString(name));
                xml.writeEndElement();
            }
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return new Body("application/xml", out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void send(HttpServletResponse response, RestCall call, int status, Body body, Optional<UUID> occurrence, Optional<String> xRoadError, Map<String, String> asides)
            throws IOException {
        Map<String, String> fields = new LinkedHashMap<>(asides);
        fields.put("Content-Type", body.type());
        fields.put("Content-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(MessageSignature.digest("SHA-256", body.octets())) + ":");
        fields.put("Cache-Control", "no-store");
        occurrence.ifPresent(id -> fields.put("Kopuro-Ledger-Entry", id.toString()));
        if (call.direct()) {
            addFieldsOfASecurityServer(fields, call, occurrence);
            xRoadError.ifPresent(type -> fields.put("X-Road-Error", type));
        }
        // A stranger gets no signature: it would let anybody spend our processor time.
        if (call.call().isPresent()) {
            signatures.sign(status, fields, call.field(RestCall.ID), call.ellipticCurve());
        }
        occurrence.ifPresent(id -> keep(id, call, status, fields, body.octets(), xRoadError));
        response.setStatus(status);
        fields.forEach(response::setHeader);
        response.setContentLength(body.octets().length);
        response.getOutputStream().write(body.octets());
        response.getOutputStream().flush();
    }

    private static void addFieldsOfASecurityServer(Map<String, String> fields, RestCall call, Optional<UUID> occurrence) {
        call.field(RestCall.CLIENT).filter(text -> call.claimedClient().isPresent()).ifPresent(text -> fields.put("X-Road-Client", text));
        call.call().map(Call::messageId).or(() -> call.field(RestCall.ID)).ifPresent(text -> fields.put("X-Road-Id", text));
        // As they were spelt.
        call.call().flatMap(Call::representedParty).flatMap(party -> call.field(RestCall.REPRESENTED)).ifPresent(text -> fields.put("X-Road-Represented-Party", text));
        call.service().ifPresent(service -> fields.put("X-Road-Service", call.request().getRequestURI().replaceFirst("^.*?/r1/", "")));
        occurrence.ifPresent(id -> fields.put("X-Road-Request-Id", id.toString()));
    }

    private void keep(UUID occurrence, RestCall call, int status, Map<String, String> fields, byte[] body, Optional<String> faultCode) {
        Exchanged.Message request = call.message();
        List<String> head = new ArrayList<>(List.of("HTTP/1.1 " + status));
        fields.forEach((name, value) -> head.add(name + ": " + value));
        Exchanged.Message answer = RestCall.message(head, body);
        try {
            messages.keep(occurrence, new Exchanged(request, answer, call.call().orElseThrow().credential().thumbprint()));
        } catch (RuntimeException e) {
            unsent.tell(occurrence);
            throw new NotKept(e);
        } finally {
            measurements.ended(occurrence, call.latencyNanos(), Optional.of(new Operation.RestCall(call.request().getMethod(), call.request().getRequestURI())),
                    call.call().flatMap(Call::representedParty), new Operation.Size(request.octets().length, 0), new Operation.Size(answer.octets().length, 0), faultCode.or(() -> refusedWith(status)), status);
        }
    }

    /** The refusal of a service, which is no fault of the exchange, has no code of it. */
    private static Optional<String> refusedWith(int status) {
        return status < 400 ? Optional.empty() : Optional.of(String.valueOf(status));
    }

    private Correspondent correspondentOf(RestCall call) {
        try {
            return told(call, call.claimedClient().map(exchange::correspondentOf).orElse(Correspondent.UNKNOWN));
        } catch (RuntimeException e) {
            return told(call, Correspondent.UNKNOWN);
        }
    }

    private static Correspondent told(RestCall call, Correspondent to) {
        return Strangers.told(to, Optional.ofNullable(call.request().getHeader("Accept-Language")));
    }
}
