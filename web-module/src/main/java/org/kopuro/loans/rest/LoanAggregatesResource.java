package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Table;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.Viewer;
import org.kopuro.loans.listing.AggregateDimension;
import org.kopuro.loans.listing.AggregatePage;
import org.kopuro.loans.listing.AggregateRow;
import org.kopuro.loans.listing.LoanFilter;
import org.kopuro.loans.listing.Rankings;

/** {@code /api/v1/loan-aggregates}: number, sums and flagged loans {@code by} programme, bank, region, OKVED or month, of a regulator's own programmes (LOAN-137). */
@Path("/loan-aggregates")
public class LoanAggregatesResource {

    private static final String[] BESIDES = {"by", "okvedLevel", "cursor", "limit"};

    @Inject
    private Rankings rankings;
    @Inject
    private LoanPerson person;
    @Context
    private UriInfo address;

    @GET
    @Permitted({Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject aggregate() {
        return json(asked());
    }

    /** The same, asked in a body, where names and numbers of people have a place. */
    @POST
    @Permitted({Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject aggregate(String body) {
        return json(LoanQuery.of(body, BESIDES));
    }

    @GET
    @Permitted({Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Produces(Table.CSV)
    public Response csv() {
        return table(asked()).csv().build();
    }

    @GET
    @Permitted({Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Produces(Table.XLSX)
    public Response xlsx() {
        return table(asked()).xlsx().build();
    }

    @POST
    @Permitted({Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(Table.CSV)
    public Response askedCsv(String body) {
        return table(LoanQuery.of(body, BESIDES)).csv().build();
    }

    @POST
    @Permitted({Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(Table.XLSX)
    public Response askedXlsx(String body) {
        return table(LoanQuery.of(body, BESIDES)).xlsx().build();
    }

    private LoanQuery asked() {
        return LoanQuery.of(address.getQueryParameters(), BESIDES);
    }

    private JsonObject json(LoanQuery asked) {
        AggregatePage page = reading(asked, person.viewer(), Optional.of(asked.limit())).page(asked.cursor());
        return LoanTables.listing("aggregates", page.rows(), LoanTables::json, page.next());
    }

    private interface Reading {
        AggregatePage page(Optional<String> cursor);
    }

    /** @param limit of a page; empty where all of it is wanted */
    private Reading reading(LoanQuery asked, Viewer viewer, Optional<Integer> limit) {
        AggregateDimension by = asked.oneOf(AggregateDimension.class, "by").orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "by"));
        int okvedLevel = asked.number("okvedLevel").orElse(1);
        LoanFilter filter = asked.filter();
        return cursor -> limit.isPresent() ? rankings.aggregate(by, okvedLevel, viewer, filter, cursor, limit.get()) : rankings.aggregateForFile(by, okvedLevel, viewer, filter, cursor);
    }

    /** All of it: read once, where it is not a very long one. */
    private Table<AggregateRow> table(LoanQuery asked) {
        Reading reading = reading(asked, person.viewer(), Optional.empty());
        AggregatePage[] page = {reading.page(Optional.empty())};
        return new Table<>("aggregates", LoanTables.AGGREGATE_TITLES, LoanTables::cells, page[0].rows(), last -> {
            if (page[0].next().isEmpty()) {
                return List.of();
            }
            page[0] = reading.page(page[0].next());
            return page[0].rows();
        });
    }
}
