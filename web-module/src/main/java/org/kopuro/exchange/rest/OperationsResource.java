package org.kopuro.exchange.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.UsageLog;
import org.kopuro.exchange.operations.OperationFilter;
import org.kopuro.exchange.operations.Operations;
import org.kopuro.exchange.operations.ServiceHealth;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** {@code /api/v1/exchange/records} and {@code …/health}: operational monitoring as X-Road has it; a participant sees the records of its own calls. */
@Path("/exchange")
public class OperationsResource {

    private static final long SECONDS_MAX = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();

    @Inject
    private Operations operations;
    @Inject
    private UsageLog usage;
    @Inject
    private Person person;

    /** {@code {"records":[…],"recordsCount":n,"nextRecordsFrom":s}}; bounds in seconds since 1970, both included. */
    @GET
    @Permitted({Role.PARTICIPANT, Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR})
    @Path("/records")
    public Response records(@QueryParam("recordsFrom") Long from, @QueryParam("recordsTo") Long to, @QueryParam("participant") UUID participant,
            @QueryParam("subsystem") String subsystem, @QueryParam("outputField") Set<String> fields, @QueryParam("limit") @DefaultValue("1000") int limit) {
        SignedIn who = person.signedIn();
        OperationFilter filter = new OperationFilter(who.contour(), second(from, "recordsFrom"), second(to, "recordsTo"),
                person.among(participant),
                Optional.ofNullable(subsystem).map(code -> code.isEmpty() ? code : Input.text(code, "subsystem", 255)), new TreeSet<>(fields));
        // Committed before any of it is given away. The authority's own reading is told to those who were called about (CON-115).
        if (who.participant().isEmpty()) {
            usage.recordsRead(filter.contour(), filter.from(), filter.to(), filter.participant(), who.actor());
        }
        StreamingOutput stream = out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            String[] separator = {"{\"records\":[\n"};
            Operations.Page page = operations.read(filter, limit, record -> write(writer, separator, record));
            writer.write((page.count() == 0 ? separator[0] : "") + "],\"recordsCount\":" + page.count());
            if (page.next().isPresent()) {
                writer.write(",\"nextRecordsFrom\":" + page.next().get().getEpochSecond());
            }
            writer.write("}\n");
            writer.flush();
        };
        return Response.ok(stream, MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8")).header("Cache-Control", "no-store").build();
    }

    /** After the first record a comma comes before each. */
    private static void write(Writer writer, String[] separator, String record) {
        try {
            writer.write(separator[0] + record);
            separator[0] = ",\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant second(Long second, String field) {
        if (second == null) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, field);
        }
        if (second < 0 || second > SECONDS_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return Instant.ofEpochSecond(second);
    }

    @GET
    @Permitted({Role.PARTICIPANT, Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR})
    @Path("/health")
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject health() {
        SignedIn who = person.signedIn();
        JsonArrayBuilder services = Json.createArrayBuilder();
        operations.health(who.contour()).forEach(health -> services.add(json(health)));
        return Json.createObjectBuilder().add("services", services).build();
    }

    /** How long stops took from the request to the acknowledgement, on all nodes (CON-73). */
    @GET
    @Permitted({Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR})
    @Path("/stops")
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject stops(@QueryParam("days") @DefaultValue("7") int days) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        operations.stopTimes(person.signedIn().contour(), days).forEach(times -> items.add(Json.createObjectBuilder().add("kind", times.kind().name()).add("stops", times.stops())
                .add("p50Millis", times.p50()).add("p99Millis", times.p99()).add("maxMillis", times.max()).add("within100", times.within100()).add("within300", times.within300())
                .add("within1000", times.within1000()).add("within3000", times.within3000())));
        return Json.createObjectBuilder().add("days", days).add("stops", items).build();
    }

    private static JsonObject json(ServiceHealth health) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("service", health.service()).add("periodSeconds", health.period().toSeconds())
                .add("successes", health.successes()).add("failures", health.failures());
        health.lastSuccess().ifPresent(at -> out.add("lastSuccess", at.toString()));
        health.lastFailure().ifPresent(at -> out.add("lastFailure", at.toString()));
        health.duration().ifPresent(spread -> out.add("durationMillis", json(spread)));
        health.requestSize().ifPresent(spread -> out.add("requestOctets", json(spread)));
        health.responseSize().ifPresent(spread -> out.add("responseOctets", json(spread)));
        return out.build();
    }

    private static JsonObject json(ServiceHealth.Spread spread) {
        return Json.createObjectBuilder().add("min", spread.min()).add("average", spread.average()).add("max", spread.max()).add("deviation", spread.deviation()).build();
    }
}
