package org.kopuro.access.rest;

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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.kopuro.access.monitoring.Rate;
import org.kopuro.access.monitoring.UseFilter;
import org.kopuro.access.monitoring.UseView;
import org.kopuro.access.monitoring.Uses;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.Table;
import org.kopuro.kernel.Input;
import org.kopuro.participants.ParticipantId;

/** {@code /api/v1/access/usage}: what was counted of calls, by hours; a participant sees its own. As JSON, or as CSV or XLSX of the same members. */
@Path("/access/usage")
public class UsageResource {

    private static final List<String> COLUMNS = List.of("number", "hour", "participant", "subsystem", "service", "outcome", "calls", "latencyMillis", "latencyMillisMax", "within100",
            "within300", "within1000", "within3000", "octetsIn", "octetsOut");

    @Inject
    private Uses uses;
    @Inject
    private Visible visible;
    @Inject
    private Person person;

    /** In the order in which they were first counted; {@code after} is the last number of the page that was read. */
    @GET
    @Permitted({Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR, Role.PARTICIPANT})
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject list(@QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("participant") UUID participant, @QueryParam("service") String service,
            @QueryParam("after") Long after, @QueryParam("limit") @DefaultValue("1000") int limit) {
        return Listing.of("usage", read(from, to, participant, service, after, limit), UsageResource::json);
    }

    /** How many calls of each participant failed, and how many took long (ACC-O8); the largest share of errors first. */
    @GET
    @Permitted({Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR, Role.PARTICIPANT})
    @Path("/rates")
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject rates(@QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("participant") UUID participant, @QueryParam("service") String service,
            @QueryParam("atLeast") @DefaultValue("1") int atLeast, @QueryParam("limit") @DefaultValue("50") int limit) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        uses.rates(filter(from, to, Optional.ofNullable(participant).map(ParticipantId::new), service), visible.own(), atLeast, limit).forEach(one -> {
            JsonArrayBuilder services = Json.createArrayBuilder();
            one.services().forEach(part -> {
                JsonObjectBuilder out = Json.createObjectBuilder();
                part.service().ifPresent(code -> out.add("service", code));
                services.add(with(out, part.rate()));
            });
            items.add(with(Json.createObjectBuilder().add("participant", one.participant().value().toString()), one.total()).add("services", services));
        });
        return Json.createObjectBuilder().add("rates", items).build();
    }

    private static JsonObjectBuilder with(JsonObjectBuilder out, Rate rate) {
        return out.add("calls", rate.calls()).add("errors", rate.errors()).add("errorPercent", rate.errorPercent()).add("unavailable", rate.unavailable()).add("slow", rate.slow())
                .add("slowPercent", rate.slowPercent());
    }

    /** All of it; where a {@code limit} is given, a page. */
    @GET
    @Permitted({Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR, Role.PARTICIPANT})
    @Produces(Table.CSV)
    public Response csv(@QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("participant") UUID participant, @QueryParam("service") String service,
            @QueryParam("after") Long after, @QueryParam("limit") Integer limit) {
        return file(from, to, participant, service, after, limit).csv().build();
    }

    /** The same as a workbook (ACC-100). */
    @GET
    @Permitted({Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR, Role.PARTICIPANT})
    @Produces(Table.XLSX)
    public Response xlsx(@QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("participant") UUID participant, @QueryParam("service") String service,
            @QueryParam("after") Long after, @QueryParam("limit") Integer limit) {
        return file(from, to, participant, service, after, limit).xlsx().build();
    }

    private Table<UseView> file(String from, String to, UUID participant, String service, Long after, Integer limit) {
        UseFilter filter = filter(from, to, person.among(participant), service);
        List<UseView> first = uses.list(filter, Optional.ofNullable(after), limit == null ? Uses.PAGE_MAX : limit);
        return new Table<>("usage", COLUMNS, UsageResource::cells, first, last -> limit == null ? uses.list(filter, Optional.of(last.number()), Uses.PAGE_MAX) : List.of());
    }

    private static Stream<?> cells(UseView use) {
        return Stream.of(String.valueOf(use.number()), use.hour(), use.participant().value(), use.subsystem().value(), use.service(), use.outcome(), use.calls(), use.latencyMillis(),
                use.latencyMillisMax(), use.within100(), use.within300(), use.within1000(), use.within3000(), use.octetsIn(), use.octetsOut());
    }

    private List<UseView> read(String from, String to, UUID participant, String service, Long after, int limit) {
        return uses.list(filter(from, to, person.among(participant), service), Optional.ofNullable(after), limit);
    }

    private UseFilter filter(String from, String to, Optional<ParticipantId> participant, String service) {
        return new UseFilter(person.signedIn().contour(), Input.instant(from, "from"), Input.instant(to, "to"), participant,
                Optional.ofNullable(service).map(code -> Input.text(code, "service", 64)));
    }

    private static JsonObject json(UseView use) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("number", use.number()).add("hour", use.hour().toString()).add("participant", use.participant().value().toString())
                .add("subsystem", use.subsystem().value().toString());
        use.service().ifPresent(service -> out.add("service", service));
        return out.add("outcome", use.outcome()).add("calls", use.calls()).add("latencyMillis", use.latencyMillis()).add("latencyMillisMax", use.latencyMillisMax())
                .add("within100", use.within100()).add("within300", use.within300()).add("within1000", use.within1000()).add("within3000", use.within3000())
                .add("octetsIn", use.octetsIn()).add("octetsOut", use.octetsOut()).build();
    }
}
