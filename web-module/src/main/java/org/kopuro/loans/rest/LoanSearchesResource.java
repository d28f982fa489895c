package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.loans.Viewer;
import org.kopuro.loans.listing.LoanLists;
import org.kopuro.loans.listing.LoanOrder;

/** {@code /api/v1/loan-searches}: what {@code GET /loans} answers, asked in a body, where names and numbers of people have a place (LOAN-100). */
@Path("/loan-searches")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LoanSearchesResource {

    private static final String[] BESIDES = {"order", "cursor", "limit"};

    @Inject
    private LoanLists lists;
    @Inject
    private LoanPerson person;

    @POST
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    public JsonObject search(String body) {
        return list(lists, person.viewer(), LoanQuery.of(body, BESIDES));
    }

    /** Of {@code GET /loans}. */
    static JsonObject list(LoanLists lists, Viewer viewer, MultivaluedMap<String, String> address) {
        return list(lists, viewer, LoanQuery.of(address, BESIDES));
    }

    private static JsonObject list(LoanLists lists, Viewer viewer, LoanQuery asked) {
        return LoanTables.json(lists.page(viewer, asked.filter(), asked.order().orElse(LoanOrder.USUAL), asked.cursor(), asked.limit()));
    }
}
