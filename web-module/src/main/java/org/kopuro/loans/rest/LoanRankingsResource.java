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
import org.kopuro.loans.listing.LoanFilter;
import org.kopuro.loans.listing.RankingLevel;
import org.kopuro.loans.listing.RankingMeasure;
import org.kopuro.loans.listing.RankingPage;
import org.kopuro.loans.listing.RankingRow;
import org.kopuro.loans.listing.Rankings;

/** {@code /api/v1/loan-rankings}: {@code level} says what is ranked, {@code by} by what; filters are those of lists (LOAN-24, LOAN-102). A bank's ranking is of its own loans (LOAN-155). */
@Path("/loan-rankings")
public class LoanRankingsResource {

    private static final String[] BESIDES = {"level", "okvedLevel", "by", "cursor", "limit"};

    @Inject
    private Rankings rankings;
    @Inject
    private LoanPerson person;
    @Context
    private UriInfo address;

    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject rank() {
        return json(asked());
    }

    /** The same, asked in a body, where names and numbers of people have a place. */
    @POST
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject rank(String body) {
        return json(LoanQuery.of(body, BESIDES));
    }

    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Produces(Table.CSV)
    public Response csv() {
        return table(asked()).csv().build();
    }

    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Produces(Table.XLSX)
    public Response xlsx() {
        return table(asked()).xlsx().build();
    }

    @POST
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(Table.CSV)
    public Response askedCsv(String body) {
        return table(LoanQuery.of(body, BESIDES)).csv().build();
    }

    @POST
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(Table.XLSX)
    public Response askedXlsx(String body) {
        return table(LoanQuery.of(body, BESIDES)).xlsx().build();
    }

    private LoanQuery asked() {
        return LoanQuery.of(address.getQueryParameters(), BESIDES);
    }

    private JsonObject json(LoanQuery asked) {
        RankingPage page = reading(asked, person.viewer(), Optional.of(asked.limit())).page(asked.cursor());
        return LoanTables.listing("ranking", page.rows(), LoanTables::json, page.next());
    }

    private interface Reading {
        RankingPage page(Optional<String> cursor);
    }

    /** @param limit of a page; empty where all of it is wanted */
    private Reading reading(LoanQuery asked, Viewer viewer, Optional<Integer> limit) {
        RankingLevel level = asked.oneOf(RankingLevel.class, "level").orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "level"));
        RankingMeasure by = asked.oneOf(RankingMeasure.class, "by").orElse(RankingMeasure.CONTRACT_SUM);
        int okvedLevel = asked.number("okvedLevel").orElse(1);
        LoanFilter filter = asked.filter();
        return cursor -> limit.isPresent() ? rankings.rank(level, okvedLevel, by, viewer, filter, cursor, limit.get()) : rankings.rankForFile(level, okvedLevel, by, viewer, filter, cursor);
    }

    /** All of it: read once, where it is not a very long one. */
    private Table<RankingRow> table(LoanQuery asked) {
        Reading reading = reading(asked, person.viewer(), Optional.empty());
        RankingPage[] page = {reading.page(Optional.empty())};
        return new Table<>("ranking", LoanTables.RANKING_TITLES, LoanTables::cells, page[0].rows(), last -> {
            if (page[0].next().isEmpty()) {
                return List.of();
            }
            page[0] = reading.page(page[0].next());
            return page[0].rows();
        });
    }
}
