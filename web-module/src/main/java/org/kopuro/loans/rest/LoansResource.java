package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.kernel.Input;
import org.kopuro.loans.Confirmations;
import org.kopuro.loans.LoanEvent;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.LoanView;
import org.kopuro.loans.Loans;
import org.kopuro.loans.ProposalView;
import org.kopuro.loans.RequestKey;
import org.kopuro.loans.Wish;
import org.kopuro.loans.listing.LoanLists;

/** {@code /api/v1/loans}: entering loans, and asking before. */
@Path("/loans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LoansResource {

    @Inject
    private Loans loans;
    @Inject
    private Confirmations confirmations;
    @Inject
    private LoanPerson person;
    @Inject
    private LoanLists lists;
    @Context
    private HttpHeaders headers;
    @Context
    private UriInfo address;

    /** A page of what the caller may see, by any condition (LOAN-100). Where one is about a person, see {@code /loan-searches}. */
    @GET
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.OPERATOR, Role.AUDITOR})
    public JsonObject list() {
        return LoanSearchesResource.list(lists, person.viewer(), address.getQueryParameters());
    }

    /**
     * An application, or with its decision an approved loan, or with its contract a concluded one. Answered by the card and its ETag; by 202 where
     * the bank's controller has to confirm it.
     */
    @POST
    @Permitted(Role.BANK_OPERATOR)
    public Response enter(@HeaderParam("Idempotency-Key") String key, String body) {
        JsonBody json = JsonBody.of(body);
        Map<LoanField, Object> stated = LoanReader.fields(json, EnumSet.complementOf(EnumSet.of(LoanField.REJECTION_CODE)));
        Optional<UUID> replaces = json.optionalText("replaces").map(text -> Input.uuid(text, "replaces"));
        json.end();
        boolean approved = stated.containsKey(LoanField.APPROVED) || stated.containsKey(LoanField.CONTRACT_DATE);
        Wish wish = Wish.enter(approved ? LoanEvent.ENTER : LoanEvent.FORM, stated, replaces);
        RequestKey asked = new RequestKey(key, sha256(body));
        Optional<ProposalView> proposed = confirmations.answered(person.placer(), asked);
        if (proposed.isPresent()) {
            // The first answer, though four eyes may be turned off by now.
            return Response.accepted(ProposalsResource.json(proposed.get())).build();
        }
        if (confirmations.waits(wish, person.placer())) {
            Optional<LoanView> first = loans.answered(person.placer(), asked);
            if (first.isPresent()) {
                return answer(Response.Status.CREATED, first.get(), headers);
            }
            return Response.accepted(ProposalsResource.json(confirmations.propose(wish, person.placer(), asked))).build();
        }
        LoanView entered = loans.enter(wish, person.placer(), asked);
        return answer(Response.Status.CREATED, entered, headers);
    }

    /** Whether the borrower has an active loan of the programme, and of which month (LOAN-46). */
    @POST
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER})
    @Path("/duplicate-check")
    public JsonObject duplicateCheck(String body) {
        JsonBody json = JsonBody.of(body);
        String programme = Input.text(json.text("programme"), "programme", 32);
        String inn = Input.text(json.text("inn"), "inn", 12);
        json.end();
        Optional<YearMonth> found = loans.duplicateCheck(programme, inn, person.placer());
        JsonObjectBuilder answer = Json.createObjectBuilder().add("programme", programme).add("active", found.isPresent());
        found.ifPresent(month -> answer.add("month", month.toString()));
        return answer.build();
    }

    static Response answer(Response.Status status, LoanView view, HttpHeaders headers) {
        return Response.status(status).header(HttpHeaders.ETAG, "\"" + view.loan().version() + "\"").entity(LoanCard.json(view, Spoken.by(headers))).build();
    }

    private static byte[] sha256(String body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
