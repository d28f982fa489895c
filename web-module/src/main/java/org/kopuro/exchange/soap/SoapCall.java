package org.kopuro.exchange.soap;

import jakarta.activation.DataHandler;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Correspondent;
import org.kopuro.exchange.ExchangeRefusal;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.exchange.edge.Strangers;
import org.kopuro.exchange.evidence.Exchanged;
import org.kopuro.kernel.RefusalCode;

/**
 * One SOAP exchange on its way through the edge: what has been understood of the request so far. Filled step by step, so that
 * a refusal at any step can be told to the right party in the right words.
 */
public final class SoapCall implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SoapCall.class.getName());

    private final long arrivedNanos = System.nanoTime();
    private Optional<XRoadClient> claimedClient = Optional.empty();
    private Optional<String> claimedId = Optional.empty();
    private XRoadMessage message;
    private Exchanged.Message request;
    private Attachments attachments = Attachments.NONE;
    private SoapEndpoint endpoint;
    private final List<Closeable> opened = new ArrayList<>();
    private Call call;
    private UUID occurrence;
    private boolean warnsOfId;
    private boolean ellipticCurve;

    private final Optional<String> acceptLanguage;

    SoapCall() {
        this(Optional.empty());
    }

    SoapCall(Optional<String> acceptLanguage) {
        this.acceptLanguage = acceptLanguage;
    }

    /** How to speak to the caller, who may be nobody. */
    Correspondent told(Correspondent to) {
        return Strangers.told(to, acceptLanguage);
    }

    /** The call that the present thread is answering. */
    public static Call current() {
        return of(PhaseInterceptorChain.getCurrentMessage()).call;
    }

    /** Says what the present call came to; an endpoint that says nothing sends nothing. */
    public static void settle(Answer<?> answer) {
        of(PhaseInterceptorChain.getCurrentMessage()).settled(answer);
    }

    /**
     * As {@link #settle(Answer)}, and takes it where it goes: what was told into the response, what the rules say no to into the response's fault element.
     *
     * @param outside refusals that are told as SOAP Faults, beside those of who calls and of the exchange itself: by what stands before the service, not by the service
     */
    public static <T> void settle(Answer<T> answer, Predicate<RefusalCode> outside, Consumer<T> response, Consumer<Answer.Refused<T>> fault) {
        settle(answer);
        if (answer instanceof Answer.Disclosed<T> disclosed) {
            response.accept(disclosed.value());
        } else if (answer instanceof Answer.Refused<T> refused) {
            RefusalCode code = refused.refusal().code();
            if (code instanceof IdentityRefusal || code instanceof ExchangeRefusal || outside.test(code)) {
                throw new RefusedCall(refused);
            }
            fault.accept(refused);
        }
    }

    /** The octets behind an element of the present call's message: a file that came beside it, or what stands in it. */
    public static InputStream octets(DataHandler sent) throws IOException {
        Optional<AttachedFile> file = of(PhaseInterceptorChain.getCurrentMessage()).attachments.find(sent.getName());
        return file.isPresent() ? file.get().octets() : sent.getInputStream();
    }

    /** Whether the present call came in MTOM, and so is answered in MTOM. */
    public static boolean isMtom() {
        return of(PhaseInterceptorChain.getCurrentMessage()).cameInMtom();
    }

    /** Closes what the answer to the present call is written from, when the answer has left or has failed. */
    public static void closeWhenAnswered(Closeable source) {
        of(PhaseInterceptorChain.getCurrentMessage()).opened.add(source);
    }

    /** As {@link #settle}, where no binding stands between. */
    void settled(Answer<?> answer) {
        occurrence = answer.occurrence();
        warnsOfId = answer.warnsOfId();
    }

    static SoapCall of(Message message) {
        SoapCall call = message.get(SoapCall.class);
        SoapCall requested = call != null ? call : message.getExchange().getInMessage().get(SoapCall.class);
        // A request for the contract is no call, and yet may fail like one.
        return requested != null ? requested : new SoapCall();
    }

    /** How long it has been on its way. */
    long latencyNanos() {
        return System.nanoTime() - arrivedNanos;
    }

    void arrivedAt(SoapEndpoint where) {
        endpoint = where;
    }

    void claimed(Optional<XRoadClient> client, Optional<String> id) {
        claimedClient = client;
        claimedId = id;
    }

    void understood(XRoadMessage understood, Exchanged.Message octets) {
        message = understood;
        request = octets;
    }

    void accompanied(Attachments sent) {
        attachments = sent;
    }

    void identified(Call identified, boolean byEllipticCurve) {
        call = identified;
        ellipticCurve = byEllipticCurve;
    }

    /** Whoever turned out to be a stranger is answered like one: without a signature. */
    void forget() {
        call = null;
    }

    Optional<XRoadClient> claimedClient() {
        return claimedClient;
    }

    Optional<String> claimedId() {
        return claimedId;
    }

    /** Present once the form is right. */
    Optional<XRoadMessage> message() {
        return Optional.ofNullable(message);
    }

    /** Present once the signature is verified or a gateway vouches. */
    Optional<Call> call() {
        return Optional.ofNullable(call);
    }

    /** Whose services it asked for; empty where there are none. */
    Optional<SoapEndpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /** What came beside {@link #message()}. */
    Attachments attachments() {
        return attachments;
    }

    boolean cameInMtom() {
        return request != null && request.type().toLowerCase(Locale.ROOT).startsWith("application/xop+xml");
    }

    /** The octets that {@link #message()} was read from, and the digests of what came beside them. */
    Exchanged.Message request() {
        return request.beside(attachments.described());
    }

    /** Nothing of the call remains on this node. */
    @Override
    public void close() {
        opened.add(attachments);
        for (Closeable each : opened) {
            try {
                each.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "A temporary file could not be closed.", e);
            }
        }
    }

    /** Under which its record is; present once its endpoint has settled it. */
    Optional<UUID> occurrence() {
        return Optional.ofNullable(occurrence);
    }

    /** Whether its message id was sent before, and the caller is to be warned of that. */
    boolean warnsOfId() {
        return warnsOfId;
    }

    /** Whether the caller signed with an elliptic curve, and so is answered with one. */
    boolean ellipticCurve() {
        return ellipticCurve;
    }
}
