package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Table;
import org.kopuro.loans.listing.LoanExport;
import org.kopuro.loans.listing.LoanLists;
import org.kopuro.loans.listing.LoanRow;

/**
 * {@code /api/v1/loan-exports}: all loans of a question as a workbook, or where {@code Accept} says so as CSV (LOAN-23, LOAN-103, LOAN-104). It is read page by page while it leaves, each while the one
 * before is written, all of it as of its beginning; by POST the question stands in the body, where names and numbers of people have a place.
 */
@Path("/loan-exports")
public class LoanExportsResource {

    private static final String[] BESIDES = {"order"};

    @Inject
    private LoanLists lists;
    @Inject
    private LoanPerson person;
    @Context
    private UriInfo address;

    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Produces(Table.XLSX)
    public Response xlsx() {
        return table(LoanQuery.of(address.getQueryParameters(), BESIDES)).xlsx().build();
    }

    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Produces(CSV)
    public Response csv() {
        return table(LoanQuery.of(address.getQueryParameters(), BESIDES)).csv().build();
    }

    @POST
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(Table.XLSX)
    public Response askedXlsx(String body) {
        return table(LoanQuery.of(body, BESIDES)).xlsx().build();
    }

    @POST
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(CSV)
    public Response askedCsv(String body) {
        return table(LoanQuery.of(body, BESIDES)).csv().build();
    }

    /** Where a reader takes anything, it is a workbook. */
    private static final String CSV = "text/csv;charset=UTF-8;qs=0.3";

    private Table<LoanRow> table(LoanQuery asked) {
        LoanExport export = lists.export(person.viewer(), asked.filter(), asked.order());
        return LoanTables.table(export, lists.rows(export, Optional.empty()), last -> lists.rowsAhead(export, last));
    }
}
