package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.InspectionKind;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.TokenId;
import org.kopuro.consent.UsageFilter;
import org.kopuro.consent.UsageInspection;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.UsageView;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.NotInTheAddress;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.Table;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.representation.Acting;
import org.kopuro.representation.rest.ActsFor;

/**
 * {@code /api/v1/usage}: a taxpayer reads who saw, or wanted to see, data about him; a participant what it did itself; an auditor what is about a taxpayer, with a
 * reason that the taxpayer can read.
 */
@Path("/usage")
@Produces(MediaType.APPLICATION_JSON)
public class UsageResource {

    /** Where nothing is said of it. */
    private static final int PAGE = 100;
    private static final int PAGE_OF_FILE = 1_000;
    private static final List<String> COLUMNS = List.of("number", "at", "participant", "participantName", "subsystem", "service", "serviceVersion", "consentKind", "consent", "inn", "periodFrom", "periodTo",
            "outcome", "records", "messageId", "userId", "issue", "ledgerEntry", "through");

    @Inject
    private UsageLog log;
    @Context
    private UriInfo address;
    @Inject
    private ActsFor actsFor;
    @Inject
    private Person person;

    /** What a reader may restrict the list by. */
    public static class Wanted {
        @QueryParam("participant")
        private UUID participant;
        @QueryParam("service")
        private String service;
        @QueryParam("consent")
        private UUID consent;
        @QueryParam("from")
        private String from;
        @QueryParam("to")
        private String to;
        @QueryParam("outcome")
        private String outcome;

        UsageFilter filter() {
            return new UsageFilter(Optional.ofNullable(participant).map(ParticipantId::new), Optional.ofNullable(service), Optional.ofNullable(consent).map(TokenId::new), day(from, "from"),
                    day(to, "to"), Optional.ofNullable(outcome));
        }

        private static Optional<LocalDate> day(String text, String field) {
            return Optional.ofNullable(text).map(value -> Input.day(value, field));
        }
    }

    /** How a reader goes through the list. */
    public static class Page {
        @QueryParam("before")
        private Long before;
        @QueryParam("limit")
        private Integer limit;
        @QueryParam("inn")
        private String inn;
        @QueryParam("reason")
        private String reason;

        /** Addresses are logged on the way; whoever still writes persons' numbers into them is told so. */
        void requireNothingPersonal() {
            NotInTheAddress.require("inn", inn);
            NotInTheAddress.require("reason", reason);
        }
    }

    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT})
    public JsonObject list(@BeanParam Wanted wanted, @BeanParam Page page) {
        return json(page(wanted, page));
    }

    /** The same for a spreadsheet, all of it (CON-113); where a {@code limit} is given, a page, whose header {@code Link} leads to the next one. */
    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT})
    @Produces(Table.CSV)
    public Response csv(@BeanParam Wanted wanted, @BeanParam Page page) {
        return linked(file(wanted, page), Table::csv, page);
    }

    /** The same as a workbook (ACC-100). */
    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT})
    @Produces(Table.XLSX)
    public Response xlsx(@BeanParam Wanted wanted, @BeanParam Page page) {
        return linked(file(wanted, page), Table::xlsx, page);
    }

    /** What the log holds about a taxpayer, who will see that it was read, and why. Number and reason stand in the body, as does everything else that is asked. */
    @POST
    @Permitted(Role.AUDITOR)
    @Path("/inspections")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject inspect(String body) {
        return json(inspected(body).first());
    }

    @POST
    @Permitted(Role.AUDITOR)
    @Path("/inspections")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(Table.CSV)
    public Response inspectAsCsv(String body) {
        return inspected(body).table().csv().build();
    }

    @POST
    @Permitted(Role.AUDITOR)
    @Path("/inspections")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(Table.XLSX)
    public Response inspectAsXlsx(String body) {
        return inspected(body).table().xlsx().build();
    }

    private static JsonObject json(List<UsageView> uses) {
        return Listing.of("uses", uses, UsageResource::json, UsageView::number);
    }

    private Table<UsageView> file(Wanted wanted, Page page) {
        Function<Optional<Long>, List<UsageView>> reading = reading(wanted, page, page.limit == null ? PAGE_OF_FILE : page.limit);
        return table(reading.apply(Optional.ofNullable(page.before)), page.limit == null ? reading : before -> List.of());
    }

    private static Table<UsageView> table(List<UsageView> first, Function<Optional<Long>, List<UsageView>> reading) {
        return new Table<>("usage", COLUMNS, UsageResource::cells, first, last -> reading.apply(Optional.of(last.number())));
    }

    private Response linked(Table<UsageView> table, Function<Table<UsageView>, Response.ResponseBuilder> format, Page page) {
        Response.ResponseBuilder answer = format.apply(table);
        if (page.limit != null) {
            table.last().ifPresent(last -> answer.link(address.getRequestUriBuilder().replaceQueryParam("before", last.number()).build(), "next"));
        }
        return answer.build();
    }

    /** The taxpayer’s list with the names that Estonia’s data tracker gave its fields, as portals get it over X-Road. */
    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/tracker")
    public JsonObject tracker(@BeanParam Wanted wanted, @BeanParam Page page, @QueryParam("language") @DefaultValue("RU") String language) {
        Language tongue = Input.language(language, "language");
        List<UsageView> uses = page(wanted, page);
        return Listing.of("usage", uses, use -> tracked(use, tongue), UsageView::number);
    }

    private static JsonObjectBuilder tracked(UsageView use, Language tongue) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("logtime", use.at().toString()).add("action", use.titles().getOrDefault(tongue, use.service()))
                .add("receiver", use.receiver()).add("receiverName", use.participantName()).add("dataSet", use.service());
        use.issue().ifPresent(issue -> out.add("issue", issue));
        return out.add("outcome", use.outcome()).add("records", use.records()).add("ledgerEntry", use.occurrence().toString());
    }

    private static Stream<?> cells(UsageView use) {
        return Stream.of(String.valueOf(use.number()), use.at(), use.participant().value(), use.participantName(), use.subsystem(), use.service(), use.serviceVersion(), use.kind(), use.consentId(), use.taxpayerInn(),
                use.periodFrom(), use.periodTo(), use.outcome(), use.records(), use.messageId(), use.userId(), use.issue(), use.occurrence(), use.through());
    }

    private List<UsageView> page(Wanted wanted, Page page) {
        return reading(wanted, page, page.limit == null ? PAGE : page.limit).apply(Optional.ofNullable(page.before));
    }

    /** Who reads what is settled here; pages may be read when the request's own objects are gone. */
    private Function<Optional<Long>, List<UsageView>> reading(Wanted wanted, Page page, int limit) {
        page.requireNothingPersonal();
        SignedIn who = person.signedIn();
        UsageFilter filter = wanted.filter();
        if (who.role() == Role.TAXPAYER) {
            Acting acting = actsFor.acting();
            return before -> log.of(acting, filter, before, limit);
        }
        ParticipantId participant = new ParticipantId(who.participant().orElseThrow());
        return before -> log.by(participant, who.contour(), filter, before, limit);
    }

    /** One reading, which the taxpayer sees once, however many pages its file has. */
    private record Inspected(List<UsageView> first, Table<UsageView> table) {
    }

    private Inspected inspected(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        Taxpayer taxpayer = new Taxpayer(who.contour(), Inn.of(json.text("inn"), "inn"));
        String reason = json.text("reason");
        UsageFilter filter = new UsageFilter(json.optionalText("participant").map(id -> new ParticipantId(Input.uuid(id, "participant"))), json.optionalText("service"),
                json.optionalText("consent").map(id -> new TokenId(Input.uuid(id, "consent"))), json.optionalText("from").map(day -> Input.day(day, "from")),
                json.optionalText("to").map(day -> Input.day(day, "to")), json.optionalText("outcome"));
        Optional<Long> before = json.optionalText("before").map(UsageResource::number);
        Optional<Integer> limit = json.optionalNumber("limit");
        json.end();
        List<UsageView> first = log.inspect(taxpayer, filter, before, limit.orElse(PAGE), reason, who.actor());
        return new Inspected(first, table(first, limit.isPresent() ? more -> List.of() : more -> log.of(taxpayer, filter, more, PAGE_OF_FILE)));
    }

    /** A text, because numbers of uses outgrow what every program reads exactly. */
    private static Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "before");
        }
    }

    /** What the authority itself has read about the signed-in taxpayer, when, and why. */
    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/inspections")
    public JsonObject inspections(@QueryParam("before") UUID before, @QueryParam("limit") @DefaultValue("100") int limit) {
        SignedIn who = person.signedIn();
        return Listing.of("inspections", log.inspectionsOf(new Taxpayer(who.contour(), actsFor.himself()), Optional.ofNullable(before), limit), UsageResource::json, one -> one.id().toString());
    }

    private static JsonObjectBuilder json(UsageInspection one) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("at", one.at().toString()).add("role", one.role()).add("kind", one.kind().name());
        one.until().ifPresent(until -> out.add("until", until.toString()));
        one.reason().ifPresent(reason -> out.add("reason", reason));
        one.about().ifPresent(about -> out.add(one.kind() == InspectionKind.FORM ? "form" : "call", about.toString()));
        return out.add("ledgerEntry", one.id().toString());
    }

    private static JsonObjectBuilder json(UsageView use) {
        JsonObjectBuilder titles = Json.createObjectBuilder();
        use.titles().forEach((language, title) -> titles.add(language.tag(), title));
        JsonObjectBuilder out = Json.createObjectBuilder().add("number", use.number()).add("at", use.at().toString()).add("participant", use.participant().value().toString())
                .add("participantName", use.participantName()).add("subsystem", use.subsystem()).add("service", use.service()).add("serviceTitle", titles)
                .add("consentKind", use.kind().name()).add("outcome", use.outcome()).add("records", use.records()).add("ledgerEntry", use.occurrence().toString());
        if (use.erased()) {
            out.add("erased", true);
        } else {
            out.add("messageId", use.messageId());
        }
        use.serviceVersion().ifPresent(version -> out.add("serviceVersion", version));
        use.consentId().ifPresent(id -> out.add("consent", id.toString()));
        use.through().ifPresent(names -> out.add("through", names));
        use.userId().ifPresent(user -> out.add("userId", user));
        use.issue().ifPresent(issue -> out.add("issue", issue));
        use.taxpayerInn().ifPresent(number -> out.add("inn", number));
        use.periodFrom().ifPresent(day -> out.add("periodFrom", day.toString()));
        use.periodTo().ifPresent(day -> out.add("periodTo", day.toString()));
        return out;
    }
}
