package org.kopuro.companies.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.companies.Companies;
import org.kopuro.companies.CompanyView;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Inn;

/** {@code /api/v1/admin/company-checks}: whether a company exists. The INN stands in the body: addresses are logged. */
@Path("/admin/company-checks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CompanyChecksResource {

    @Inject
    private Companies companies;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.OPERATOR)
    public JsonObject check(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        Inn inn = Inn.of(json.text("inn"), "inn");
        String reason = json.text("reason");
        json.end();
        return json(companies.check(who.contour(), inn, reason, who.actor()));
    }

    private static JsonObject json(CompanyView found) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("check", found.check().toString()).add("inn", found.inn().digits()).add("source", found.source().name())
                .add("state", found.state().name()).add("checkedAt", found.checkedAt().toString());
        found.name().ifPresent(name -> out.add("name", name));
        found.registeredOn().ifPresent(day -> out.add("registeredOn", day.toString()));
        found.endedOn().ifPresent(day -> out.add("endedOn", day.toString()));
        found.call().ifPresent(call -> out.add("call", call.toString()));
        return out.build();
    }
}
