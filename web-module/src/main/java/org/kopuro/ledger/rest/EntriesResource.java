package org.kopuro.ledger.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.NotInTheAddress;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.EntryView;
import org.kopuro.ledger.Receipts;

/**
 * {@code /api/v1/ledger/entries}: the operator sees the entries of the account's contour; a taxpayer those about himself, and in their
 * receipts his own number opened (CON-116); a participant those of its own calls, and in their receipts what it names of what it said (ACC-83).
 */
@Path("/ledger/entries")
@Produces(MediaType.APPLICATION_JSON)
public class EntriesResource {

    /** The field that names whom an entry is about. */
    private static final String SUBJECT = "subject";

    /** What a participant has said in a call, and may want opened: never whom the call turned out to be about. */
    private static final List<String> OF_A_CALLER = List.of("asked", "messageId", "userId", "issue");
    /** What a taxpayer may want opened besides his own number: which of his tokens somebody presented. */
    private static final List<String> OF_A_TAXPAYER = List.of("presented");
    /** What an official knows of the record, and may want proved of the entry. */
    private static final List<String> OF_AN_OFFICIAL = List.of("asked", "messageId", "userId", "issue", "presented", "subject", "participant", "subsystem", "member", "name", "kind", "severity",
            "source", "report", "rule", "ruleVersion", "windowStart", "windowEnd", "seen", "calls", "before", "incident", "connection", "request", "agreement", "actor", "reason", "text");

    /** Where callers once wrote it. */
    public static class Addressed {
        @QueryParam("asked")
        private String asked;
        @QueryParam("messageId")
        private String messageId;
        @QueryParam("userId")
        private String userId;
        @QueryParam("issue")
        private String issue;

        void refuse() {
            NotInTheAddress.require("asked", asked);
            NotInTheAddress.require("messageId", messageId);
            NotInTheAddress.require("userId", userId);
            NotInTheAddress.require("issue", issue);
        }
    }

    @Inject
    private Receipts receipts;
    @Inject
    private Person person;

    /** What was recorded about a row: a token, a participant, a subsystem, an access right, a call. */
    @GET
    @Permitted(value = {Role.TAXPAYER, Role.PARTICIPANT}, officials = true)
    public JsonObject about(@QueryParam("record") UUID record) {
        if (record == null) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "record");
        }
        JsonArrayBuilder entries = Json.createArrayBuilder();
        receipts.about(record, person.signedIn().contour()).stream().filter(this::maySee).forEach(entry -> entries.add(json(entry)));
        return Json.createObjectBuilder().add("entries", entries).build();
    }

    @GET
    @Permitted(value = {Role.TAXPAYER, Role.PARTICIPANT}, officials = true)
    @Path("/{id}")
    public JsonObject entry(@PathParam("id") UUID id) {
        return json(find(id));
    }

    /** A file to keep: {@code bin/verify} checks it. */
    @GET
    @Permitted(value = {Role.TAXPAYER, Role.PARTICIPANT}, officials = true)
    @Path("/{id}/receipt")
    public String receipt(@PathParam("id") UUID id, @BeanParam Addressed addressed) {
        addressed.refuse();
        return receipts.receipt(find(id), ofOneself()).format();
    }

    /** As above; of the values that the body names, those that the entry holds are opened. */
    @POST
    @Permitted(value = {Role.TAXPAYER, Role.PARTICIPANT}, officials = true)
    @Path("/{id}/receipt")
    @Consumes(MediaType.APPLICATION_JSON)
    public String openedReceipt(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        Map<String, String> known = new HashMap<>(ofOneself());
        JsonBody json = JsonBody.of(body);
        for (String field : who.taxpayer().isPresent() ? OF_A_TAXPAYER : who.participant().isPresent() ? OF_A_CALLER : OF_AN_OFFICIAL) {
            json.optionalText(field).ifPresent(value -> known.put(field, Input.lines(value, field, 10_000)));
        }
        json.end();
        return receipts.receipt(find(id), known).format();
    }

    private Map<String, String> ofOneself() {
        return person.signedIn().taxpayer().map(inn -> Map.of(SUBJECT, inn.digits(), "asked", inn.digits())).orElse(Map.of());
    }

    private EntryView find(UUID id) {
        EntryView entry = receipts.entry(id, person.signedIn().contour());
        if (!maySee(entry)) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "entry");
        }
        return entry;
    }

    private boolean maySee(EntryView entry) {
        SignedIn signedIn = person.signedIn();
        if (signedIn.participant().isPresent()) {
            return receipts.ofCallBy(entry, signedIn.participant().get());
        }
        return signedIn.taxpayer().map(Inn::digits).map(inn -> receipts.tells(entry, SUBJECT, inn)).orElse(true);
    }

    private static JsonObject json(EntryView entry) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", entry.id().toString()).add("content", entry.content());
        entry.index().ifPresent(index -> out.add("index", index));
        return out.build();
    }
}
