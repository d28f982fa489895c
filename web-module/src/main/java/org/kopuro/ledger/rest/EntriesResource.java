package org.kopuro.ledger.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
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

    /** What a participant has said in a call, and wants opened: never whom the call turned out to be about. */
    public static class Said {
        @QueryParam("asked")
        private String asked;
        @QueryParam("messageId")
        private String messageId;
        @QueryParam("userId")
        private String userId;
        @QueryParam("issue")
        private String issue;

        Map<String, String> known() {
            Map<String, String> known = new HashMap<>();
            put(known, "asked", asked);
            put(known, "messageId", messageId);
            put(known, "userId", userId);
            put(known, "issue", issue);
            return known;
        }

        private static void put(Map<String, String> known, String field, String value) {
            if (value != null) {
                known.put(field, Input.text(value, field, 1000));
            }
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
    public String receipt(@PathParam("id") UUID id, @BeanParam Said said) {
        SignedIn who = person.signedIn();
        Map<String, String> known = who.taxpayer().map(inn -> Map.of(SUBJECT, inn.digits(), "asked", inn.digits())).orElseGet(() -> who.participant().isPresent() ? said.known() : Map.of());
        return receipts.receipt(find(id), known).format();
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
