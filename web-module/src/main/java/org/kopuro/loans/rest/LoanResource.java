package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.kernel.Input;
import org.kopuro.loans.Confirmations;
import org.kopuro.loans.DatedSum;
import org.kopuro.loans.DuplicateReview;
import org.kopuro.loans.Loan;
import org.kopuro.loans.LoanEvent;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.LoanView;
import org.kopuro.loans.Loans;
import org.kopuro.loans.Viewer;
import org.kopuro.loans.Wish;
import org.kopuro.loans.headcount.Sheet;

/** {@code /api/v1/loans/{id}}: one loan, what happens to it, its history, duplicates and receipt. */
@Path("/loans/{id: [0-9a-fA-F]{8}-[0-9a-fA-F-]{27}}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LoanResource {

    private static final String IF_MATCH = "If-Match";

    @Inject
    private Loans loans;
    @Inject
    private Confirmations confirmations;
    @Inject
    private LoanPerson person;
    @Context
    private HttpHeaders headers;

    /** The card; with {@code asOf} as it was at that moment. */
    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    public Response card(@PathParam("id") UUID id, @QueryParam("asOf") String asOf) {
        Viewer viewer = person.viewer();
        if (asOf == null) {
            return answer(loans.get(id, viewer));
        }
        Loan then = loans.asOf(id, Input.instant(asOf, "asOf"), viewer);
        return Response.ok(LoanCard.card(then, Spoken.by(headers)).build()).header(HttpHeaders.ETAG, "\"" + then.version() + "\"").build();
    }

    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Path("/history")
    public JsonObject history(@PathParam("id") UUID id) {
        Viewer viewer = person.viewer();
        JsonObjectBuilder history = Json.createObjectBuilder(Listing.of("versions", loans.history(id, viewer), LoanCard::json));
        return history.add("reviews", Listing.of("reviews", loans.reviews(id, viewer), LoanCard::json).getJsonArray("reviews")).build();
    }

    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Path("/duplicates")
    public JsonObject duplicates(@PathParam("id") UUID id) {
        return LoanCard.json(loans.duplicates(id, person.viewer()), Spoken.by(headers));
    }

    /** All checks of the borrower, the newest first; with {@code asOf} one with the registers as of that day, which is not kept. */
    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Path("/check")
    public JsonObject check(@PathParam("id") UUID id, @QueryParam("asOf") String asOf) {
        Viewer viewer = person.viewer();
        return Listing.of("checks", asOf == null ? loans.checks(id, viewer) : List.of(loans.checkAsOf(id, LoanReader.day(asOf, "asOf"), viewer)), LoanFindings::json);
    }

    /** The calculation sheet, byte for byte as it is kept: its SHA-256 is the ETag, and {@code bin/sheet} computes it again. */
    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Path("/sheet")
    public Response sheet(@PathParam("id") UUID id) {
        Sheet sheet = loans.sheet(id, person.viewer());
        return Response.ok(sheet.json()).header(HttpHeaders.ETAG, "\"" + sheet.sha256() + "\"").build();
    }

    /** Headcounts by month, and how many jobs may still be lost. */
    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Path("/headcount")
    public JsonObject headcount(@PathParam("id") UUID id) {
        return LoanFindings.json(loans.headcount(id, person.viewer()));
    }

    /** A file to keep: {@code bin/verify} checks it. */
    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    @Path("/receipt")
    public String receipt(@PathParam("id") UUID id) {
        return loans.receipt(id, person.viewer()).format();
    }

    /** A merge patch (RFC 7396) of what the bank states; after the contract with a reason. */
    @PATCH
    @Permitted(Role.BANK_OPERATOR)
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Response edit(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch, String body) {
        int version = LoanReader.version(ifMatch);
        JsonBody json = JsonBody.of(body);
        Map<LoanField, Object> stated = LoanReader.fields(json, EnumSet.allOf(LoanField.class));
        Set<LoanField> cleared = LoanReader.cleared(json);
        Optional<String> reason = reason(json);
        json.end();
        return placed(loans.editing(id, version, stated, cleared, reason, person.placer()));
    }

    @POST
    @Permitted(Role.BANK_OPERATOR)
    @Path("/approve")
    public Response approve(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch, String body) {
        return apply(id, LoanEvent.APPROVE, ifMatch, body, EnumSet.of(LoanField.APPROVED, LoanField.DECIDED_ON));
    }

    @POST
    @Permitted(Role.BANK_OPERATOR)
    @Path("/reject")
    public Response reject(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch, String body) {
        return apply(id, LoanEvent.REJECT, ifMatch, body, EnumSet.of(LoanField.REJECTION_CODE, LoanField.DECIDED_ON));
    }

    @POST
    @Permitted(Role.BANK_OPERATOR)
    @Path("/contract")
    public Response contract(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch, String body) {
        return apply(id, LoanEvent.CONTRACT, ifMatch, body, EnumSet.of(LoanField.CONTRACT_NUMBER, LoanField.CONTRACT_DATE, LoanField.CONTRACT_SUM, LoanField.RATE, LoanField.TERM_MONTHS,
                LoanField.END_DATE, LoanField.CONTRACT_HEADCOUNT));
    }

    /** The borrower is checked anew; before the contract the maximum is calculated anew. */
    @POST
    @Permitted(Role.BANK_OPERATOR)
    @Path("/recheck")
    public Response recheck(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch, String body) {
        return apply(id, LoanEvent.RECHECK, ifMatch, body, EnumSet.noneOf(LoanField.class));
    }

    /** By the bank, or by the regulator with a reason (LOAN-37). */
    @POST
    @Permitted({Role.BANK_OPERATOR, Role.REGULATOR})
    @Path("/withdraw")
    public Response withdraw(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch, String body) {
        Viewer viewer = person.viewer();
        if (viewer.bank().isPresent()) {
            return apply(id, LoanEvent.WITHDRAW, ifMatch, body, EnumSet.noneOf(LoanField.class));
        }
        int version = LoanReader.version(ifMatch);
        JsonBody json = JsonBody.of(body);
        String reason = json.text("reason");
        json.end();
        return answer(loans.withdraw(id, version, reason, viewer));
    }

    /** Withdraws it and enters it anew in one step; what is stated is of the new one (LOAN-38). */
    @POST
    @Permitted(Role.BANK_OPERATOR)
    @Path("/re-enter")
    public Response reenter(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch, String body) {
        int version = LoanReader.version(ifMatch);
        JsonBody json = JsonBody.of(body);
        Map<LoanField, Object> stated = LoanReader.fields(json, EnumSet.of(LoanField.APPLICATION_NUMBER, LoanField.APPLIED_AT, LoanField.REQUESTED));
        String reason = Input.text(json.text("reason"), "reason", 1000);
        json.end();
        return LoansResource.answer(Response.Status.CREATED, loans.reenter(id, version, reason, stated, person.placer()), headers);
    }

    /** {@code {"issues": [{"on": "2021-12-01", "sum": "1000.00"}]}}: besides what is known. */
    @POST
    @Permitted(Role.BANK_OPERATOR)
    @Path("/issues")
    public Response issues(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch, String body) {
        int version = LoanReader.version(ifMatch);
        JsonBody json = JsonBody.of(body);
        List<DatedSum> issues = LoanReader.issues(json, "issues");
        json.end();
        return answer(loans.record(id, version, issues, List.of(), person.placer()));
    }

    /** {@code {"balances": [{"month": "2021-12", "sum": "1000.00"}]}}: each in place of the one of its month. */
    @POST
    @Permitted(Role.BANK_OPERATOR)
    @Path("/balances")
    public Response balances(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch, String body) {
        int version = LoanReader.version(ifMatch);
        JsonBody json = JsonBody.of(body);
        List<DatedSum> balances = LoanReader.balances(json, "balances");
        json.end();
        return answer(loans.record(id, version, List.of(), balances, person.placer()));
    }

    /** The bank says that it was entered in error (LOAN-T09). */
    @POST
    @Permitted(Role.BANK_OPERATOR)
    @Path("/error-report")
    public Response reportError(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch, String body) {
        int version = LoanReader.version(ifMatch);
        JsonBody json = JsonBody.of(body);
        String reason = json.text("reason");
        json.end();
        return answer(loans.reportError(id, version, reason, person.placer()));
    }

    /** The regulator confirms it: the loan is withdrawn. */
    @POST
    @Permitted(Role.REGULATOR)
    @Path("/error-confirmation")
    public Response confirmError(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch) {
        return answer(loans.confirmError(id, LoanReader.version(ifMatch), person.viewer()));
    }

    /** The regulator leaves it as it is, and says why. */
    @POST
    @Permitted(Role.REGULATOR)
    @Path("/error-rejection")
    public Response declineError(@PathParam("id") UUID id, @HeaderParam(IF_MATCH) String ifMatch, String body) {
        int version = LoanReader.version(ifMatch);
        JsonBody json = JsonBody.of(body);
        String reason = json.text("reason");
        json.end();
        return answer(loans.declineError(id, version, reason, person.viewer()));
    }

    /** {@code {"other": …, "outcome": "CONFIRMED" or "DIFFERENT_LOAN", "reason": …}} */
    @POST
    @Permitted(Role.REGULATOR)
    @Path("/duplicates/reviews")
    public JsonObject review(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        UUID other = Input.uuid(json.text("other"), "other");
        DuplicateReview.Outcome outcome = json.oneOf(DuplicateReview.Outcome.class, "outcome");
        String reason = json.text("reason");
        json.end();
        return LoanCard.json(loans.review(id, other, outcome, reason, person.viewer()), Spoken.by(headers));
    }

    private Response apply(UUID id, LoanEvent event, String ifMatch, String body, Set<LoanField> wanted) {
        int version = LoanReader.version(ifMatch);
        JsonBody json = JsonBody.of(body);
        Map<LoanField, Object> stated = LoanReader.fields(json, wanted);
        Optional<String> reason = reason(json);
        json.end();
        return placed(Wish.change(id, event, stated, version, reason));
    }

    /** Or proposed, where the bank's controller has to confirm it. */
    private Response placed(Wish wish) {
        if (confirmations.waits(wish, person.placer())) {
            return Response.accepted(ProposalsResource.json(confirmations.propose(wish, person.placer()))).build();
        }
        return answer(loans.change(wish, person.placer()));
    }

    private static Optional<String> reason(JsonBody json) {
        return json.optionalText("reason").map(text -> Input.text(text, "reason", 1000));
    }

    private Response answer(LoanView view) {
        return LoansResource.answer(Response.Status.OK, view, headers);
    }
}
