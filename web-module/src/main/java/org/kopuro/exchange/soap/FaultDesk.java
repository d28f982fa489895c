package org.kopuro.exchange.soap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.xml.bind.UnmarshalException;
import java.io.IOException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Correspondent;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.edge.Failure;
import org.kopuro.exchange.edge.Measurements;
import org.kopuro.exchange.edge.NotKept;
import org.kopuro.exchange.edge.RecordedRefusals;
import org.kopuro.kernel.Refusal;
import org.xml.sax.SAXParseException;

/**
 * The one mapper of refusals, defects and outages to SOAP Faults. A refusal is recorded once, under the occurrence that the
 * caller is told: inside the call's transaction, or here when the door decided it. A failure is told to the log.
 */
@ApplicationScoped
class FaultDesk {

    private static final Logger LOG = Logger.getLogger(FaultDesk.class.getName());

    @Inject
    private Answers answers;
    @Inject
    private Exchange exchange;
    @Inject
    private RecordedRefusals refusals;
    @Inject
    private Measurements measurements;

    /** A refusal whose record is committed. */
    void refuse(HttpServletResponse response, SoapCall call, Answer.Refused<?> refused) throws IOException {
        if (!refused.established()) {
            call.forget();
        }
        try {
            answers.refuse(response, call, refused);
        } catch (NotKept e) {
            fail(response, call, e);
        }
    }

    /**
     * A refusal of the message itself. Whoever has proved who it is has it on its record, among its refused calls (ACC-O14); what belongs to nobody's account is told at the door.
     */
    void refuseMessage(HttpServletRequest request, HttpServletResponse response, SoapCall call, Refusal refusal) throws IOException {
        if (call.call().isEmpty() || call.endpoint().isEmpty() || call.occurrence().isPresent()) {
            refuseAtTheDoor(request, response, call, refusal);
            return;
        }
        Answer<?> refused;
        try {
            refused = refusals.outright(call.call().get(), call.endpoint().get().versionForApplicants(), refusal);
        } catch (RuntimeException e) {
            fail(response, call, e);
            return;
        }
        refuse(response, call, (Answer.Refused<?>) refused);
    }

    /** Before or without a call. */
    private void refuseAtTheDoor(HttpServletRequest request, HttpServletResponse response, SoapCall call, Refusal refusal) throws IOException {
        UUID occurrence = UUID.randomUUID();
        Correspondent correspondent = correspondentOf(call);
        try {
            exchange.recordAtTheDoor(occurrence, refusal, call.claimedClient(), call.claimedId(), request.getRemoteAddr());
        } catch (RuntimeException e) {
            // The database is away; the refusal stands without it and is at least in the log.
            LOG.log(Level.WARNING, "{0} refused with {1}, not recorded", new Object[] {occurrence, refusal.code().name()});
        }
        answers.refuseUnrecorded(response, call, refusal, occurrence, correspondent);
    }

    /** Whatever left an endpoint or CXF's binding. */
    void tell(HttpServletRequest request, HttpServletResponse response, SoapCall call, Exception thrown) throws IOException {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedCall refusedCall) {
                refuse(response, call, refusedCall.refused());
                return;
            }
            if (cause instanceof UnmarshalException || cause instanceof SAXParseException) {
                refuseMessage(request, response, call, Refusal.of(MessageRefusal.REQUEST_STRUCTURE_INVALID, "soap:Body", schemaError(cause)));
                return;
            }
        }
        fail(response, call, thrown);
    }

    /** The validator's own words name element and rule; they never hold more than the caller sent. */
    private static String schemaError(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SAXParseException error && error.getMessage() != null) {
                String text = error.getMessage();
                return text.length() <= 300 ? text : text.substring(0, 300);
            }
        }
        return "–";
    }

    void fail(HttpServletResponse response, SoapCall call, Throwable cause) throws IOException {
        UUID occurrence = UUID.randomUUID();
        Failure failure = Failure.of(cause);
        LOG.log(Level.SEVERE, occurrence + " " + failure, cause);
        call.call().ifPresent(known -> measurements.failed(occurrence, known));
        if (!response.isCommitted()) {
            answers.fail(response, call, failure, occurrence, correspondentOf(call));
        }
    }

    private Correspondent correspondentOf(SoapCall call) {
        try {
            return call.told(call.claimedClient().map(exchange::correspondentOf).orElse(Correspondent.UNKNOWN));
        } catch (RuntimeException e) {
            return call.told(Correspondent.UNKNOWN);
        }
    }
}
