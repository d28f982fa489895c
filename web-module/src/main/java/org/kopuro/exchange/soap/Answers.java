package org.kopuro.exchange.soap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.kopuro.access.RetryAfter;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Correspondent;
import org.kopuro.exchange.edge.Asides;
import org.kopuro.exchange.edge.Failure;
import org.kopuro.exchange.edge.FaultCodes;
import org.kopuro.exchange.edge.Measurements;
import org.kopuro.exchange.edge.NotKept;
import org.kopuro.exchange.edge.Unsent;
import org.kopuro.exchange.evidence.Exchanged;
import org.kopuro.exchange.evidence.MessageLog;
import org.kopuro.exchange.operations.Operation;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.FaultDialect;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Completes, keeps and sends what goes out: the caller's header by value, the signature, the octets; and SOAP Faults as a whole.
 * Nothing that answers a recorded call leaves before the message log has it.
 */
@ApplicationScoped
class Answers {

    static final String CONTENT_TYPE = "text/xml;charset=UTF-8";
    private static final String XOP_TYPE = "application/xop+xml; charset=UTF-8; type=\"text/xml\"";
    /** Of HTTP: the SOAP header must come back as it was sent. Behind a Security Server it is lost, and the message log finds the call by its id. */
    private static final String LEDGER_ENTRY = "Kopuro-Ledger-Entry";
    private static final byte[] DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".getBytes(StandardCharsets.US_ASCII);

    @Inject
    private AnswerSigner signer;
    @Inject
    private MessageLog messages;
    @Inject
    private Unsent unsent;
    @Inject
    private Measurements measurements;
    @Inject
    private Clock clock;

    /** A file beside an answer, under the content id that the answer refers to. */
    record Beside(String id, AnswerFile file) {
    }

    /** Where an answer goes; asked for when its type is known. */
    interface Target {
        OutputStream open() throws IOException;
    }

    /**
     * Sends what an endpoint answered: the message first, as X-Road wants it, and then its files, each of whose digests the message holds or nothing depends on.
     *
     * @param contentType takes the type of what follows
     */
    void answer(Document document, SoapCall call, List<Beside> files, HttpServletResponse response, Consumer<String> contentType, Target target) throws IOException {
        UUID occurrence = call.occurrence().orElseThrow(() -> new IllegalStateException("An endpoint has answered a call without settling it."));
        boolean mtom = call.cameInMtom() && !files.isEmpty();
        Exchanged.Message answer = new Exchanged.Message(mtom ? XOP_TYPE : CONTENT_TYPE, completed(document, call), files.stream().map(each -> each.file().described(each.id())).toList());
        keep(occurrence, call, answer, Optional.empty());
        setHeaders(response, occurrence, call.warnsOfId());
        if (files.isEmpty()) {
            contentType.accept(CONTENT_TYPE);
            write(target.open(), answer.octets());
            return;
        }
        String boundary = "kopuro-" + occurrence;
        contentType.accept("multipart/related; type=\"" + (mtom ? "application/xop+xml\"; start-info=\"text/xml" : "text/xml") + "\"; start=\"<message>\"; boundary=\"" + boundary + "\"");
        OutputStream out = target.open();
        head(out, "--" + boundary, answer.type(), "8bit", "message");
        out.write(answer.octets());
        for (Beside each : files) {
            head(out, "\r\n--" + boundary, each.file().getContentType(), each.file().getContentType().startsWith("text/") ? "8bit" : "binary", each.id());
            each.file().writeTo(out);
        }
        write(out, ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void head(OutputStream out, String delimiter, String type, String encoding, String id) throws IOException {
        out.write((delimiter + "\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding + "\r\nContent-ID: <" + id + ">\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(OutputStream out, byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    /** Sends a refusal whose record is committed. */
    void refuse(HttpServletResponse response, SoapCall call, Answer.Refused<?> refused) throws IOException {
        Correspondent to = call.told(refused.correspondent());
        String code = faultCode(refused.refusal(), to);
        byte[] octets = completed(fault(code, refused.refusal().sentence(to.language()), refused.occurrence(), Optional.of(refused.refusal())), call);
        if (refused.established()) {
            keep(refused.occurrence(), call, new Exchanged.Message(CONTENT_TYPE, octets), Optional.of(code));
            setHeaders(response, refused.occurrence(), refused.warnsOfId());
        }
        RetryAfter.of(refused.refusal(), clock.instant()).ifPresent(seconds -> response.setHeader(RetryAfter.FIELD, seconds));
        send(response, octets);
    }

    private static void setHeaders(HttpServletResponse response, UUID occurrence, boolean warnsOfId) {
        response.setHeader(LEDGER_ENTRY, occurrence.toString());
        if (warnsOfId) {
            response.setHeader(Asides.WARNING, Asides.ID_REPEATED);
        }
    }

    /** Sends a refusal of what belongs to nobody's account: no messages are kept of it. */
    void refuseUnrecorded(HttpServletResponse response, SoapCall call, Refusal refusal, UUID occurrence, Correspondent to) throws IOException {
        send(response, completed(fault(faultCode(refusal, to), refusal.sentence(to.language()), occurrence, Optional.of(refusal)), call));
    }

    void fail(HttpServletResponse response, SoapCall call, Failure failure, UUID occurrence, Correspondent to) throws IOException {
        failure.retryAfter().ifPresent(seconds -> response.setHeader(RetryAfter.FIELD, seconds));
        send(response, completed(fault(FaultCodes.ofFailure(failure.name(), to.dialect()), failure.sentence(to.language()), occurrence, Optional.empty()), call));
    }

    /** Gives a SOAP document its header and signature; what comes out is what leaves, octet by octet. */
    private byte[] completed(Document document, SoapCall call) throws IOException {
        Element envelope = document.getDocumentElement();
        if (call.message().isPresent()) {
            Element header = document.createElementNS(Namespaces.SOAP, envelope.getPrefix() == null ? "Header" : envelope.getPrefix() + ":Header");
            envelope.insertBefore(header, envelope.getFirstChild());
            call.message().get().header().appendTo(header);
        }
        // A stranger gets no signature: it would let anybody spend our processor time.
        if (call.call().isPresent()) {
            signer.sign(document, call.ellipticCurve());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(DECLARATION);
        try {
            // The canonical form is UTF-8 that every parser reads back to the tree that was signed.
            Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_WITH_COMMENTS).canonicalizeSubtree(document, out);
        } catch (XMLSecurityException e) {
            throw new IOException(e);
        }
        return out.toByteArray();
    }

    private void keep(UUID occurrence, SoapCall call, Exchanged.Message answer, Optional<String> faultCode) {
        Optional<String> told = faultCode;
        Exchanged.Message request = call.request();
        try {
            messages.keep(occurrence, new Exchanged(request, answer, call.call().orElseThrow().credential().thumbprint()));
        } catch (RuntimeException e) {
            told = Optional.of(FaultCodes.ofFailure(Failure.TEMPORARILY_UNAVAILABLE.name(), FaultDialect.CAMEL_CASE));
            unsent.tell(occurrence);
            throw new NotKept(e);
        } finally {
            measurements.ended(occurrence, call.latencyNanos(), Optional.empty(), call.call().flatMap(Call::representedParty), size(request), size(answer), told,
                    told.isPresent() ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR : HttpServletResponse.SC_OK);
        }
    }

    private static Operation.Size size(Exchanged.Message message) {
        return new Operation.Size(message.octets().length + message.attachments().stream().mapToLong(Exchanged.Attached::octets).sum(), message.attachments().size());
    }

    private static void send(HttpServletResponse response, byte[] octets) throws IOException {
        response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        response.setContentType(CONTENT_TYPE);
        response.getOutputStream().write(octets);
        response.getOutputStream().flush();
    }

    private static String faultCode(Refusal refusal, Correspondent to) {
        if (refusal.code() == MessageRefusal.FAULT_AS_REQUEST) {
            String theirs = refusal.argument(0);
            return to.dialect() == FaultDialect.CAMEL_CASE ? "Client." + theirs : "client." + theirs.toLowerCase(Locale.ROOT);
        }
        return FaultCodes.of(refusal, to.dialect());
    }

    /** An empty Body in an Envelope. */
    static Element emptyBody() {
        Document document = XmlReader.empty();
        Element envelope = document.createElementNS(Namespaces.SOAP, "soap:Envelope");
        Dom.declare(envelope, "soap", Namespaces.SOAP);
        document.appendChild(envelope);
        return Dom.append(envelope, Namespaces.SOAP, "soap:Body");
    }

    private static Document fault(String code, String sentence, UUID occurrence, Optional<Refusal> refusal) {
        Element fault = Dom.append(emptyBody(), Namespaces.SOAP, "soap:Fault");
        // X-Road writes its codes without a namespace prefix, and so must whoever speaks with its clients.
        Dom.append(fault, null, "faultcode", code);
        Dom.append(fault, null, "faultstring", sentence);
        Element detail = Dom.append(fault, null, "detail");
        Dom.append(detail, null, "faultDetail", occurrence.toString());
        refusal.ifPresent(told -> appendRefusal(detail, told));
        return fault.getOwnerDocument();
    }

    private static void appendRefusal(Element detail, Refusal refusal) {
        Element element = Dom.append(detail, Namespaces.REFUSAL, "k:refusal");
        Dom.declare(element, "k", Namespaces.REFUSAL);
        Dom.append(element, Namespaces.REFUSAL, "k:code", refusal.code().name());
        if (refusal.field() != null) {
            Dom.append(element, Namespaces.REFUSAL, "k:field", refusal.field());
        }
        refusal.retryAfter().ifPresent(moment -> Dom.append(element, Namespaces.REFUSAL, "k:retryAfter", moment.toString()));
        for (Language language : Language.values()) {
            Element explanation = Dom.append(element, Namespaces.REFUSAL, "k:explanation");
            explanation.setAttributeNS(null, "language", language.tag());
            Dom.append(explanation, Namespaces.REFUSAL, "k:sentence", refusal.sentence(language));
            Dom.append(explanation, Namespaces.REFUSAL, "k:whatToDo", refusal.whatToDo(language));
        }
    }
}
