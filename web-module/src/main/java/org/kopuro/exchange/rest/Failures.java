package org.kopuro.exchange.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.UnsupportedEncodingException;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Clock;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kopuro.access.RetryAfter;
import org.kopuro.exchange.edge.Failure;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** The one mapper of everything that leaves a resource as an exception. Logs once, under the occurrence that the caller is told. */
@Provider
public class Failures implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(Failures.class.getName());

    @Context
    private HttpHeaders headers;
    @Inject
    private Clock clock;

    @Override
    public Response toResponse(Throwable thrown) {
        UUID occurrence = UUID.randomUUID();
        Language language = Problem.language(headers);
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnsupportedEncodingException || cause instanceof IllegalCharsetNameException || cause instanceof UnsupportedCharsetException) {
                // Of the caller's Content-Type: the container looks at it when the body is read.
                Response.Status refused = Response.Status.UNSUPPORTED_MEDIA_TYPE;
                return Response.status(refused).type(Problem.MEDIA_TYPE).entity(Problem.of(refused.getStatusCode(), refused.name(), language, occurrence).toString()).build();
            }
            if (cause instanceof Refusal refusal) {
                LOG.log(Level.FINE, "{0} {1}", new Object[] {occurrence, refusal.getMessage()});
                return Response.status(Problem.status(refusal.code())).type(Problem.MEDIA_TYPE).header(RetryAfter.FIELD, RetryAfter.of(refusal, clock.instant()).orElse(null))
                        .entity(Problem.of(refusal, language, occurrence).toString()).build();
            }
        }
        if (thrown instanceof WebApplicationException web) {
            int status = web.getResponse().getStatus();
            Response.Status known = Response.Status.fromStatusCode(status);
            return Response.status(status).type(Problem.MEDIA_TYPE)
                    .entity(Problem.of(status, known == null ? "HTTP_" + status : known.name(), language, occurrence).toString()).build();
        }
        LOG.log(Level.SEVERE, occurrence.toString(), thrown);
        Failure failure = Failure.of(thrown);
        int status = failure == Failure.TEMPORARILY_UNAVAILABLE ? 503 : 500;
        return Response.status(status).type(Problem.MEDIA_TYPE).header(RetryAfter.FIELD, failure.retryAfter().orElse(null))
                .entity(Problem.of(status, failure.name(), language, occurrence).toString()).build();
    }
}
