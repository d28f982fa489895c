package org.kopuro.exchange.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.evidence.Evidence;

/** {@code /api/v1/evidence/{occurrence}}: a call of the auditor's own contour as a signed container. */
@Path("/evidence")
public class EvidenceResource {

    @Inject
    private Evidence evidence;
    @Inject
    private Person person;

    @GET
    @Permitted(Role.AUDITOR)
    @Path("/{occurrence}")
    public Response get(@PathParam("occurrence") UUID occurrence) {
        byte[] container = evidence.export(person.signedIn(), occurrence);
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        return Response.ok(container, Evidence.MEDIA_TYPE).cacheControl(never)
                .header("Content-Disposition", "attachment; filename=\"evidence-" + occurrence + ".asice\"").build();
    }
}
