package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.installation.Setbacks;

/** {@code /api/v1/access/setbacks}: what should have happened at its moment and failed, and when it is tried again; of both contours, without anybody's data. */
@Path("/access/setbacks")
@Produces(MediaType.APPLICATION_JSON)
public class SetbacksResource {

    @Inject
    private Setbacks setbacks;

    @GET
    @Permitted(officials = true)
    public JsonObject list() {
        JsonArrayBuilder items = Json.createArrayBuilder();
        setbacks.list().forEach(one -> items.add(Json.createObjectBuilder().add("matter", one.matter()).add("since", one.since().toString()).add("failures", one.failures())
                .add("nextAt", one.nextAt().toString()).add("problem", one.problem())));
        return Json.createObjectBuilder().add("setbacks", items).build();
    }
}
