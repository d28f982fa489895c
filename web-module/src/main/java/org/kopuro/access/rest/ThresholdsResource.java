package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.kopuro.access.monitoring.Ceilings;
import org.kopuro.access.monitoring.NewThreshold;
import org.kopuro.access.monitoring.ThresholdView;
import org.kopuro.access.monitoring.Thresholds;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.participants.SubsystemId;

/** {@code /api/v1/access/thresholds}: how much services may be used, by whom; without a subsystem, the default of the service. */
@Path("/access/thresholds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ThresholdsResource {

    @Inject
    private Thresholds thresholds;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.SECURITY_OFFICER)
    public Response set(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        NewThreshold threshold = new NewThreshold(json.text("service"), json.optionalText("subsystem").map(id -> new SubsystemId(Input.uuid(id, "subsystem"))),
                json.optionalText("effectiveFrom").map(from -> Input.instant(from, "effectiveFrom")),
                new Ceilings(json.optionalNumber("callsPerSecond"), json.optionalNumber("callsPerHour"), json.optionalNumber("callsPerDay"), json.optionalNumber("taxpayersPerDay")),
                json.text("reason"));
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(thresholds.set(threshold, who.contour(), who.actor()))).build();
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    @GET
    @Permitted({Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR})
    public JsonObject list(@QueryParam("service") String service, @QueryParam("before") Long before, @QueryParam("limit") @DefaultValue("50") int limit) {
        SignedIn who = person.signedIn();
        return Listing.of("thresholds", thresholds.list(who.contour(), Optional.ofNullable(service).map(code -> Input.text(code, "service", 64)),
                Optional.ofNullable(before), limit), ThresholdsResource::json);
    }

    private static JsonObject json(ThresholdView threshold) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", threshold.id().toString()).add("number", threshold.number()).add("contour", threshold.contour().name())
                .add("service", threshold.service()).add("effectiveFrom", threshold.effectiveFrom().toString()).add("reason", threshold.reason())
                .add("setAt", threshold.setAt().toString());
        threshold.subsystem().ifPresent(subsystem -> out.add("subsystem", subsystem.value().toString()));
        return add(out, threshold.ceilings()).build();
    }

    static JsonObjectBuilder add(JsonObjectBuilder out, Ceilings ceilings) {
        ceilings.callsPerSecond().ifPresent(number -> out.add("callsPerSecond", number));
        ceilings.callsPerHour().ifPresent(number -> out.add("callsPerHour", number));
        ceilings.callsPerDay().ifPresent(number -> out.add("callsPerDay", number));
        ceilings.taxpayersPerDay().ifPresent(number -> out.add("taxpayersPerDay", number));
        return out;
    }
}
