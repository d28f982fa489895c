package org.kopuro.ledger.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.EntryView;
import org.kopuro.ledger.Receipts;

/**
 * {@code /api/v1/ledger/entries}: the operator sees the entries of the account's contour; a taxpayer those about himself, and in their
 * receipts his own number opened (CON-116).
 */
@Path("/ledger/entries")
@Produces(MediaType.APPLICATION_JSON)
public class EntriesResource {

    /** The field that names whom an entry is about. */
    private static final String SUBJECT = "subject";

    @Inject
    private Receipts receipts;
    @Inject
    private Person person;

    /** What was recorded about a row: a token, a participant, a subsystem, an access right, a call. */
    @GET
    @Permitted(value = Role.TAXPAYER, officials = true)
    public JsonObject about(@QueryParam("record") UUID record) {
        if (record == null) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "record");
        }
        JsonArrayBuilder entries = Json.createArrayBuilder();
        receipts.about(record, person.signedIn().contour()).stream().filter(this::maySee).forEach(entry -> entries.add(json(entry)));
        return Json.createObjectBuilder().add("entries", entries).build();
    }

    @GET
    @Permitted(value = Role.TAXPAYER, officials = true)
    @Path("/{id}")
    public JsonObject entry(@PathParam("id") UUID id) {
        return json(find(id));
    }

    /** A file to keep: {@code bin/verify} checks it. */
    @GET
    @Permitted(value = Role.TAXPAYER, officials = true)
    @Path("/{id}/receipt")
    public String receipt(@PathParam("id") UUID id) {
        Map<String, String> known = person.signedIn().taxpayer().map(inn -> Map.of(SUBJECT, inn.digits(), "asked", inn.digits())).orElse(Map.of());
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
        return signedIn.taxpayer().map(Inn::digits).map(inn -> receipts.tells(entry, SUBJECT, inn)).orElse(true);
    }

    private static JsonObject json(EntryView entry) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", entry.id().toString()).add("content", entry.content());
        entry.index().ifPresent(index -> out.add("index", index));
        return out.build();
    }
}
