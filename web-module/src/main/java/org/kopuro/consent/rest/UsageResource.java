package org.kopuro.consent.rest;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.TokenId;
import org.kopuro.consent.UsageFilter;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.UsageView;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/**
 * {@code /api/v1/usage}: a taxpayer reads who saw, or wanted to see, data about him; a participant what it did itself; an auditor what is about a taxpayer, with a
 * reason that the taxpayer can read.
 */
@Path("/usage")
@Produces(MediaType.APPLICATION_JSON)
public class UsageResource {

    private static final String CSV = "text/csv;charset=UTF-8";
    private static final List<String> COLUMNS = List.of("number", "at", "participant", "participantName", "subsystem", "service", "consentKind", "consent", "inn", "periodFrom", "periodTo",
            "outcome", "records", "messageId", "userId", "issue", "ledgerEntry");

    @Inject
    private UsageLog log;
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

    /** How a reader goes through the list, and who is read about where that is not the reader. */
    public static class Page {
        @QueryParam("inn")
        private String inn;
        @QueryParam("reason")
        private String reason;
        @QueryParam("before")
        private Long before;
        @QueryParam("limit")
        @DefaultValue("100")
        private int limit;
    }

    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT, Role.AUDITOR})
    public JsonObject list(@BeanParam Wanted wanted, @BeanParam Page page) {
        List<UsageView> uses = read(wanted, page);
        JsonArrayBuilder items = Json.createArrayBuilder();
        uses.forEach(use -> items.add(json(use)));
        JsonObjectBuilder out = Json.createObjectBuilder().add("uses", items);
        if (!uses.isEmpty()) {
            out.add("next", uses.get(uses.size() - 1).number());
        }
        return out.build();
    }

    /** The taxpayer’s list with the names that Estonia’s data tracker gave its fields, as portals get it over X-Road. */
    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/tracker")
    public JsonObject tracker(@BeanParam Wanted wanted, @BeanParam Page page, @QueryParam("language") @DefaultValue("RU") String language) {
        Language tongue = Input.oneOf(Language.class, language.toUpperCase(Locale.ROOT), "language");
        List<UsageView> uses = read(wanted, page);
        JsonArrayBuilder items = Json.createArrayBuilder();
        uses.forEach(use -> {
            JsonObjectBuilder one = Json.createObjectBuilder().add("logtime", use.at().toString()).add("action", use.titles().getOrDefault(tongue, use.service()))
                    .add("receiver", use.receiver()).add("receiverName", use.participantName()).add("dataSet", use.service());
            use.issue().ifPresent(issue -> one.add("issue", issue));
            items.add(one.add("outcome", use.outcome()).add("records", use.records()).add("ledgerEntry", use.occurrence().toString()));
        });
        JsonObjectBuilder out = Json.createObjectBuilder().add("usage", items);
        if (!uses.isEmpty()) {
            out.add("next", uses.get(uses.size() - 1).number());
        }
        return out.build();
    }

    /** The same for a spreadsheet (CON-113). */
    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT, Role.AUDITOR})
    @Produces(CSV)
    public String csv(@BeanParam Wanted wanted, @BeanParam Page page) {
        StringWriter out = new StringWriter();
        CsvWriter csv = CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.CRLF).build(out);
        csv.writeRecord(COLUMNS);
        read(wanted, page).forEach(use -> csv.writeRecord(cells(use).map(SpreadsheetCell::of).toList()));
        return out.toString();
    }

    private static Stream<Object> cells(UsageView use) {
        return Stream.of(use.number(), use.at(), use.participant().value(), use.participantName(), use.subsystem(), use.service(), use.kind(), use.consentId(), use.taxpayerInn(),
                use.periodFrom(), use.periodTo(), use.outcome(), use.records(), use.messageId(), use.userId(), use.issue(), use.occurrence());
    }

    private List<UsageView> read(Wanted wanted, Page page) {
        SignedIn who = person.signedIn();
        Optional<Long> before = Optional.ofNullable(page.before);
        return switch (who.role()) {
            case TAXPAYER -> log.of(new Taxpayer(who.contour(), who.taxpayer().orElseThrow()), wanted.filter(), before, page.limit);
            case PARTICIPANT -> log.by(new ParticipantId(who.participant().orElseThrow()), who.contour(), wanted.filter(), before, page.limit);
            default -> log.inspect(new Taxpayer(who.contour(), Inn.of(required(page.inn, "inn"), "inn")), wanted.filter(), before, page.limit, required(page.reason, "reason"), who.actor());
        };
    }

    /** When the authority itself has read the signed-in taxpayer's log, and why. */
    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/inspections")
    public JsonObject inspections() {
        SignedIn who = person.signedIn();
        JsonArrayBuilder items = Json.createArrayBuilder();
        log.inspectionsOf(new Taxpayer(who.contour(), who.taxpayer().orElseThrow())).forEach(one -> items.add(Json.createObjectBuilder().add("at", one.at().toString())
                .add("role", one.role()).add("reason", one.reason()).add("ledgerEntry", one.id().toString())));
        return Json.createObjectBuilder().add("inspections", items).build();
    }

    private static String required(String value, String field) {
        return Optional.ofNullable(value).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, field));
    }

    private static JsonObjectBuilder json(UsageView use) {
        JsonObjectBuilder titles = Json.createObjectBuilder();
        use.titles().forEach((language, title) -> titles.add(language.tag(), title));
        JsonObjectBuilder out = Json.createObjectBuilder().add("number", use.number()).add("at", use.at().toString()).add("participant", use.participant().value().toString())
                .add("participantName", use.participantName()).add("subsystem", use.subsystem()).add("service", use.service()).add("serviceTitle", titles)
                .add("consentKind", use.kind().name()).add("outcome", use.outcome()).add("records", use.records()).add("messageId", use.messageId())
                .add("ledgerEntry", use.occurrence().toString());
        use.consentId().ifPresent(id -> out.add("consent", id.toString()));
        use.userId().ifPresent(user -> out.add("userId", user));
        use.issue().ifPresent(issue -> out.add("issue", issue));
        use.taxpayerInn().ifPresent(number -> out.add("inn", number));
        use.periodFrom().ifPresent(day -> out.add("periodFrom", day.toString()));
        use.periodTo().ifPresent(day -> out.add("periodTo", day.toString()));
        return out;
    }
}
