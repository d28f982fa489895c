package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.kernel.Input;
import org.kopuro.loans.ErrorReport;
import org.kopuro.loans.JobAlerts;
import org.kopuro.loans.Loans;
import org.kopuro.loans.Pair;
import org.kopuro.loans.Pairs;
import org.kopuro.loans.headcount.JobsLost;
import org.kopuro.loans.headcount.LateReports;
import org.kopuro.loans.headcount.Overdue;
import org.kopuro.loans.headcount.Recomputing;

/** {@code /api/v1/loan-alerts}: what somebody has to look at: contracts whose jobs are no longer kept, reports that are late, sheets that differ, duplicates, loans entered in error. */
@Path("/loan-alerts")
@Produces(MediaType.APPLICATION_JSON)
public class LoanAlertsResource {

    @Inject
    private JobAlerts alerts;
    @Inject
    private Recomputing recomputing;
    @Inject
    private Pairs pairs;
    @Inject
    private Loans loans;
    @Inject
    private LoanPerson person;
    @Context
    private HttpHeaders headers;

    /** Of the contracts behind {@code after} that the caller may see. */
    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Path("/jobs")
    public JsonObject jobs(@QueryParam("after") UUID after) {
        JobAlerts.Page page = alerts.lost(person.viewer(), Optional.ofNullable(after));
        JsonObjectBuilder answer = Json.createObjectBuilder(Listing.of("alerts", page.lost(), LoanAlertsResource::json)).add("lookedAt", page.looked());
        page.next().ifPresent(next -> answer.add("next", next.toString()));
        return answer.build();
    }

    /** Employers' reports behind {@code after} that were accepted and are not shown in time, and those that came late lately; for a regulator those of its programmes' borrowers. */
    @GET
    @Permitted({Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Path("/reports")
    public JsonObject reports(@QueryParam("after") String after) {
        LateReports page = alerts.overdue(person.viewer(), Optional.ofNullable(after));
        JsonObjectBuilder answer = Json.createObjectBuilder(Listing.of("reports", page.reports(), LoanAlertsResource::json)).add("lookedAt", page.looked());
        page.next().ifPresent(next -> answer.add("next", next));
        return answer.build();
    }

    /** Calculation sheets that did not come out the same when a night computed them again (LOAN-86): for whoever has to find out why. */
    @GET
    @Permitted({Role.OPERATOR, Role.AUDITOR})
    @Path("/sheets")
    public JsonObject sheets() {
        return Listing.of("nights", recomputing.found(person.viewer().contour()), night -> Json.createObjectBuilder().add("at", night.at().toString()).add("compared", night.compared())
                .add("differing", Json.createArrayBuilder(night.differing().stream().map(UUID::toString).toList())).build());
    }

    /** Borrowers with several active loans of a programme: pair by pair, behind {@code after}. */
    @GET
    @Permitted({Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Path("/duplicates")
    public JsonObject duplicates(@QueryParam("programme") String programme, @QueryParam("review") String review, @QueryParam("after") String after) {
        Pairs.Page page = pairs.list(person.viewer(), Optional.ofNullable(programme).map(code -> Input.text(code, "programme", 32)),
                Optional.ofNullable(review).map(state -> Input.oneOf(Pair.State.class, state, "review")), Optional.ofNullable(after));
        JsonObjectBuilder answer = Json.createObjectBuilder(Listing.of("pairs", page.pairs(), pair -> LoanCard.json(pair, Spoken.by(headers))));
        page.next().ifPresent(next -> answer.add("next", next));
        return answer.build();
    }

    /** Loans that their banks say were entered in error, and nobody has decided on; behind {@code after}. */
    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Path("/errors")
    public JsonObject errors(@QueryParam("after") String after) {
        List<ErrorReport> reports = loans.errorReports(person.viewer(), Optional.ofNullable(after));
        JsonObjectBuilder answer = Json.createObjectBuilder(Listing.of("reports", reports, LoanCard::json));
        if (reports.size() == Loans.REPORTS_MAX) {
            answer.add("next", reports.get(reports.size() - 1).next());
        }
        return answer.build();
    }

    private static JsonObject json(JobsLost lost) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("loan", lost.loan().toString()).add("month", lost.month().toString()).add("workers", lost.workers())
                .add("metric", lost.metric().name()).add("fixed", lost.kept().fixed()).add("smallest", lost.kept().smallest());
        lost.fixedMetric().ifPresent(metric -> json.add("fixedMetric", metric.name()));
        return json.build();
    }

    private static JsonObject json(Overdue overdue) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("inn", overdue.report().inn()).add("year", overdue.report().year()).add("quarter", overdue.report().quarter())
                .add("correction", overdue.report().correction()).add("filedAt", overdue.report().filedAt().toString()).add("acceptedAt", overdue.report().acceptedAt().toString())
                .add("shownBy", overdue.shownBy().toString()).add("monthEnds", overdue.monthEnds().toString())
                .add("alerts", Json.createArrayBuilder(overdue.alerts().stream().map(Enum::name).sorted().toList()));
        overdue.report().loadedAt().ifPresent(at -> json.add("loadedAt", at.toString()));
        return json.build();
    }
}
