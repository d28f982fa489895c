package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.loans.programmes.Accreditations;
import org.kopuro.loans.programmes.Period;

/** {@code /api/v1/programmes/{code}/accreditations}: which banks may enter loans of a programme, kept by its regulator (LOAN-4). */
@Path("/programmes/{code}/accreditations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AccreditationsResource {

    @Inject
    private Accreditations accreditations;
    @Inject
    private Person person;

    @GET
    @Permitted(value = Role.REGULATOR, officials = true)
    public JsonObject list(@PathParam("code") String code) {
        SignedIn who = person.signedIn();
        return Listing.of("accreditations", accreditations.list(code, who.contour(), who.actor()), ProgrammeJson::json);
    }

    @POST
    @Permitted(Role.REGULATOR)
    public Response accredit(@PathParam("code") String code, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        UUID bank = Input.uuid(json.text("bank"), "bank");
        Period period = ProgrammeJson.period(json);
        String reason = json.text("reason");
        json.end();
        return Response.status(Response.Status.CREATED).entity(ProgrammeJson.json(accreditations.accredit(bank, code, who.contour(), period, reason, who.actor())).build()).build();
    }

    @POST
    @Permitted(Role.REGULATOR)
    @Path("/{id}/end")
    public JsonObject end(@PathParam("code") String code, @PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        LocalDate lastDay = Input.day(json.text("lastDay"), "lastDay");
        String reason = json.text("reason");
        json.end();
        return ProgrammeJson.json(accreditations.end(id, code, who.contour(), lastDay, reason, who.actor())).build();
    }
}
