package org.kopuro.exchange.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** No JSON body here is large; whoever sends more is told so before anything is parsed. A body that breaks off is its sender's, not a failure of ours. */
@Provider
public class BodyLimit implements ContainerRequestFilter {

    private static final int OCTETS_MAX = 64 * 1024;

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        // Whether there is a body is seen by its first octet, which may not come either.
        request.setEntityStream(new ArrivingBody(request.getEntityStream()));
        if (!request.hasEntity() || resource.getResourceMethod().isAnnotationPresent(StreamedBody.class)) {
            return;
        }
        byte[] body = request.getEntityStream().readNBytes(OCTETS_MAX + 1);
        if (body.length > OCTETS_MAX) {
            throw Refusal.of(InputRefusal.REQUEST_TOO_LARGE, "body", OCTETS_MAX);
        }
        request.setEntityStream(new ByteArrayInputStream(body));
    }
}
