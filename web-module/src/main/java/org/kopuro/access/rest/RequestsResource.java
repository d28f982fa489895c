package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.jointtests.AcceptedReport;
import org.kopuro.access.jointtests.JointTests;
import org.kopuro.access.jointtests.TestedVersion;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.ChecklistItem;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.ProductId;
import org.kopuro.access.requests.Cause;
import org.kopuro.access.requests.CauseAnswer;
import org.kopuro.access.requests.CompanyFinding;
import org.kopuro.access.requests.CompanyFindings;
import org.kopuro.access.requests.CompletenessCheck;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.ProductWish;
import org.kopuro.access.requests.Proposals;
import org.kopuro.access.requests.RequestChange;
import org.kopuro.access.requests.RequestEvent;
import org.kopuro.access.requests.RequestId;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.access.requests.ServiceWish;
import org.kopuro.access.requests.SubsystemWish;
import org.kopuro.access.requests.UnderDecrees;
import org.kopuro.access.stopping.StoppingFact;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;
import org.kopuro.participants.SubsystemId;

/**
 * {@code /api/v1/access/requests}: what participants ask for, in the contour of whoever looks. A participant's administrator files and follows those of the
 * participant; an operator registers letters and decides; what needs a second official is answered by 202 and the proposal.
 */
@Path("/access/requests")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RequestsResource {

    @Inject
    private Requests requests;
    @Inject
    private CompletenessCheck completeness;
    @Inject
    private CompanyFindings findings;
    @Inject
    private JointTests jointTests;
    @Inject
    private Proposals proposals;
    @Inject
    private Visible visible;
    @Inject
    private Person person;

    @POST
    @Permitted({Role.OPERATOR, Role.PARTICIPANT})
    public Response submit(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        Optional<Letter> letter = json.optionalObject("letter").map(RequestsResource::letter);
        boolean official = who.official();
        if (official != letter.isPresent()) {
            throw Refusal.of(official ? InputRefusal.FIELD_MISSING : InputRefusal.FIELD_UNKNOWN, "letter");
        }
        UUID participant = official ? Input.uuid(json.text("participant"), "participant") : who.participant().orElseThrow();
        NewRequest wish = new NewRequest(json.oneOf(RequestKind.class, "kind"), new ParticipantId(participant), who.contour(), json.text("procedure"), letter, json.text("answerEmail"),
                json.text("body"), json.optionalObjects("services").stream().map(RequestsResource::wanted).toList(),
                json.optionalObjects("contacts").stream().map(RequestsResource::contact).toList(), new HashSet<>(json.optionalTexts("confirmations")),
                json.optionalText("desiredDay").map(day -> Input.day(day, "desiredDay")), json.optionalText("previous").map(id -> new RequestId(Input.uuid(id, "previous"))),
                json.optionalObjects("products").stream().map(RequestsResource::product).toList(), json.optionalText("day").map(day -> Input.day(day, "day")),
                json.optionalObject("particulars").map(RequestsResource::particulars).orElse(Particulars.NONE));
        NewRequest request = wish.reading(json.optionalNumber("confirmedVersion")).answering(json.optionalObjects("answers").stream().map(RequestsResource::answer).toList())
                .with(json.optionalObjects("subsystems").stream().map(RequestsResource::subsystem).toList())
                .under(UnderDecrees.of(json.optionalTexts("decrees"), json.optionalText("action")));
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(requests.submit(request, who.actor()))).build();
    }

    /** How a letter to the authority is to be headed today, to be copied (ACC-24); nothing where the procedure names no subject. */
    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/subject")
    public JsonObject subject(@QueryParam("participant") UUID participant, @QueryParam("procedure") String procedure, @QueryParam("kind") String kind) {
        SignedIn who = person.signedIn();
        JsonObjectBuilder out = Json.createObjectBuilder();
        requests.expectedSubject(person.one(participant), Input.text(procedure, "procedure", 32), Input.oneOf(RequestKind.class, kind, "kind"), who.contour())
                .ifPresent(subject -> out.add("subject", subject));
        return out.build();
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject list(@QueryParam("participant") UUID participant, @QueryParam("before") Long before, @QueryParam("limit") @DefaultValue("50") int limit) {
        SignedIn who = person.signedIn();
        return Listing.of("requests", requests.list(who.contour(), person.among(participant), Optional.ofNullable(before), limit), RequestsResource::json);
    }

    /** With the contacts, the checklist and what changed since the refused request that it follows, and for officials with a warning where the letter's subject did not fit. */
    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        RequestView request = visible.request(id);
        JsonObjectBuilder out = Json.createObjectBuilder(json(request)).add("contacts", contacts(request)).add("checklist", checklist(request)).add("lacking", lacking(request));
        request.subject().ifPresent(subject -> out.add("subject", subject));
        if (request.previous().isPresent()) {
            out.add("changes", changes(request));
        }
        if (who.official()) {
            findings.of(request).ifPresent(finding -> out.add("company", json(finding)));
            request.subjectExpected().ifPresent(expected -> out.add("subjectExpected", expected));
        }
        return out.build();
    }

    /** What a joint test has shown: the accepted reports with their verdicts, and after the grant the services that were passed. */
    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/{id}/conformance")
    public JsonObject conformance(@PathParam("id") UUID id) {
        RequestView request = visible.request(id);
        JsonArrayBuilder reports = Json.createArrayBuilder();
        jointTests.reports(request.id().value()).forEach(report -> reports.add(json(report)));
        JsonArrayBuilder passed = Json.createArrayBuilder();
        jointTests.passed(request.id().value()).forEach(tested -> passed.add(json(tested)));
        return Json.createObjectBuilder().add("reports", reports).add("passed", passed).build();
    }

    @POST
    @Permitted({Role.OPERATOR, Role.PARTICIPANT})
    @Path("/{id}/events")
    public Response event(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        RequestEvent event = json.oneOf(RequestEvent.class, "event");
        return switch (event) {
            case SUPPLY, RETRACT -> byApplicant(id, event, json);
            case CONFIRM, DECLINE, ASK, GRANT, REFUSE -> byOfficial(id, event, json);
            case SUBMIT, LAPSE -> throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        };
    }

    /** An access officer does it, too, for whoever writes letters. */
    private Response byApplicant(UUID id, RequestEvent event, JsonBody json) {
        SignedIn who = person.signedIn();
        RequestId request = visible.request(id).id();
        if (event == RequestEvent.RETRACT) {
            Optional<String> reason = json.optionalText("reason");
            json.end();
            return Response.ok(json(requests.retract(request, who.contour(), reason, who.actor()))).build();
        }
        String answers = json.text("answers");
        json.end();
        return Response.ok(json(requests.supply(request, who.contour(), answers, who.actor()))).build();
    }

    private Response byOfficial(UUID id, RequestEvent event, JsonBody json) {
        SignedIn who = person.signedIn(Role.OPERATOR);
        RequestId request = new RequestId(id);
        List<Cause> causes = json.optionalObjects("causes").stream().map(RequestsResource::cause).toList();
        Optional<String> text = json.optionalText(event == RequestEvent.ASK ? "questions" : event == RequestEvent.CONFIRM ? "note" : "reason");
        json.end();
        if (!causes.isEmpty() && event != RequestEvent.DECLINE && event != RequestEvent.REFUSE) {
            throw Refusal.of(InputRefusal.FIELD_UNKNOWN, "causes");
        }
        return switch (event) {
            case CONFIRM -> Response.ok(json(completeness.confirm(request, who.contour(), text, who.actor()))).build();
            case DECLINE -> Response.ok(json(requests.decline(request, who.contour(), causes, who.actor()))).build();
            case ASK -> Response.ok(json(requests.ask(request, who.contour(), text.orElse(""), who.actor()))).build();
            case REFUSE -> Response.ok(json(requests.refuse(request, who.contour(), causes, who.actor()))).build();
            default -> grant(request, text.orElse(""), who);
        };
    }

    private Response grant(RequestId id, String reason, SignedIn who) {
        if (requests.needsApproval(requests.get(id, who.contour()))) {
            return Response.accepted(ProposalsResource.json(proposals.proposeGrant(id, who.contour(), reason, who.actor()))).build();
        }
        return Response.ok(json(requests.grant(id, who.contour(), reason, who.actor()))).build();
    }

    /** Ticks an item of the checklist, or takes the tick away. */
    @POST
    @Permitted(Role.OPERATOR)
    @Path("/{id}/checks")
    public JsonObject check(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String item = json.text("item");
        boolean ticked = json.flag("ticked");
        String note = json.optionalText("note").orElse("");
        json.end();
        RequestView request = requests.check(new RequestId(id), who.contour(), item, ticked, note, who.actor());
        return Json.createObjectBuilder(json(request)).add("checklist", checklist(request)).add("lacking", lacking(request)).build();
    }

    /** Asks the register of companies about the applicant again (ACC-5), as when it did not answer before. */
    @POST
    @Permitted(Role.OPERATOR)
    @Path("/{id}/company-check")
    public JsonObject askRegister(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        return completeness.ask(new RequestId(id), who.contour(), who.actor()).map(RequestsResource::json)
                .orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "checklist")).build();
    }

    private static JsonObjectBuilder json(CompanyFinding finding) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("outcome", finding.outcome().name()).add("at", finding.at().toString());
        finding.source().ifPresent(source -> out.add("source", source.name()));
        finding.check().ifPresent(check -> out.add("check", check.toString()));
        finding.reason().ifPresent(reason -> out.add("reason", reason));
        return out;
    }

    /** Persons, so no list has them. */
    private static JsonArrayBuilder contacts(RequestView request) {
        JsonArrayBuilder contacts = Json.createArrayBuilder();
        request.contacts().forEach(contact -> contacts.add(Json.createObjectBuilder().add("fullName", contact.fullName()).add("unit", contact.unit()).add("post", contact.post())
                .add("email", contact.email()).add("phone", contact.phone())));
        return contacts;
    }

    private JsonArrayBuilder changes(RequestView request) {
        JsonArrayBuilder changes = Json.createArrayBuilder();
        for (RequestChange change : requests.changes(request)) {
            JsonObjectBuilder row = Json.createObjectBuilder().add("field", change.field());
            change.before().ifPresent(before -> row.add("before", before));
            change.after().ifPresent(after -> row.add("after", after));
            changes.add(row);
        }
        return changes;
    }

    private JsonArrayBuilder checklist(RequestView request) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        for (ChecklistItem item : requests.checklist(request)) {
            items.add(Json.createObjectBuilder().add("code", item.code()).add("ticked", request.ticked().contains(item.code())).add("texts", texts(item.texts())).add("source", item.source()));
        }
        requests.facts(request).forEach(fact -> items.add(json(fact)));
        return items;
    }

    /** Nobody ticks it: it is ticked by what was seen. */
    private static JsonObjectBuilder json(StoppingFact fact) {
        JsonObjectBuilder seen = Json.createObjectBuilder();
        fact.at().ifPresent(at -> seen.add("at", at.toString()));
        fact.quietUntil().ifPresent(until -> seen.add("quietUntil", until.toString()));
        fact.lateCall().ifPresent(call -> seen.add("consent", call.consent().toString()).add("service", call.service()).add("messageId", call.messageId()));
        fact.report().ifPresent(report -> seen.add("report", report.toString()));
        JsonObjectBuilder out = Json.createObjectBuilder().add("code", fact.code()).add("ticked", fact.shown()).add("texts", texts(fact.texts())).add("source", fact.source());
        fact.subsystem().ifPresent(of -> out.add("subsystem", of));
        return out.add("seen", seen);
    }

    private JsonArrayBuilder lacking(RequestView request) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        requests.lacking(request).forEach(missing -> items.add(Json.createObjectBuilder().add("code", missing.code()).add("texts", texts(missing.texts()))));
        return items;
    }

    private static JsonObjectBuilder texts(Map<Language, String> texts) {
        JsonObjectBuilder out = Json.createObjectBuilder();
        for (Language language : Language.values()) {
            out.add(language.tag(), texts.get(language));
        }
        return out;
    }

    private static JsonObjectBuilder json(AcceptedReport report) {
        JsonArrayBuilder scenarios = Json.createArrayBuilder();
        report.scenarios().forEach(one -> scenarios.add(Json.createObjectBuilder().add("id", one.scenario().id()).add("demand", one.scenario().demand())
                .add("verdict", one.verdict().name()).add("calls", one.calls())));
        JsonArrayBuilder services = Json.createArrayBuilder();
        report.services().forEach(one -> services.add(json(one.tested()).add("answered", one.answered())));
        return Json.createObjectBuilder().add("document", report.document().toString()).add("subsystem", report.subsystem().value().toString()).add("protocol", report.protocol().name())
                .add("thumbprint", report.thumbprint()).add("harness", report.harness()).add("catalogue", report.catalogue())
                .add("startedAt", report.startedAt().toString()).add("finishedAt", report.finishedAt().toString())
                .add("acceptedAt", report.acceptedAt().toString()).add("scenarios", scenarios).add("services", services);
    }

    private static JsonObjectBuilder json(TestedVersion tested) {
        return Json.createObjectBuilder().add("service", tested.service()).add("majorVersion", tested.majorVersion());
    }

    private static Letter letter(JsonBody json) {
        Letter letter = new Letter(json.text("sender"), json.optionalText("subject"), json.optionalText("messageId"), Input.instant(json.text("receivedAt"), "letter.receivedAt"));
        json.end();
        return letter;
    }

    private static ServiceWish wanted(JsonBody json) {
        ServiceWish wanted = new ServiceWish(new SubsystemId(Input.uuid(json.text("subsystem"), "services.subsystem")), json.text("service"), json.flag("drops"), json.optionalText("purpose"));
        json.end();
        return wanted;
    }

    private static ProductWish product(JsonBody json) {
        ProductWish wanted = new ProductWish(new ProductId(Input.uuid(json.text("product"), "products.product")), json.flag("drops"));
        json.end();
        return wanted;
    }

    private static NewContact contact(JsonBody json) {
        NewContact contact = new NewContact(json.text("fullName"), json.text("unit"), json.text("post"), json.text("email"), json.text("phone"));
        json.end();
        return contact;
    }

    private static Particulars particulars(JsonBody json) {
        Particulars stated = new Particulars(json.optionalText("fullName"), json.optionalText("noticeEmail"), json.optionalText("ogrn").map(ogrn -> Ogrn.of(ogrn, "particulars.ogrn")),
                json.optionalText("inn").map(inn -> Inn.of(inn, "particulars.inn")), json.optionalText("russianInn").map(inn -> RussianInn.of(inn, "particulars.russianInn")));
        json.end();
        return stated;
    }

    private static SubsystemWish subsystem(JsonBody json) {
        SubsystemWish wanted = new SubsystemWish(json.text("code"), json.optionalText("name"), json.flag("drops"),
                json.optionalObjects("services").stream().map(RequestsResource::serviceOfAdded).toList());
        json.end();
        return wanted;
    }

    private static SubsystemWish.Called serviceOfAdded(JsonBody json) {
        SubsystemWish.Called wanted = new SubsystemWish.Called(json.text("service"), json.text("purpose"));
        json.end();
        return wanted;
    }

    private static CauseAnswer answer(JsonBody json) {
        CauseAnswer answer = new CauseAnswer(json.text("code"), json.text("text"));
        json.end();
        return answer;
    }

    private static Cause cause(JsonBody json) {
        Cause cause = new Cause(json.text("code"), json.text("text"));
        json.end();
        return cause;
    }

    private static JsonObject json(RequestView request) {
        JsonArrayBuilder services = Json.createArrayBuilder();
        for (ServiceWish wanted : request.services()) {
            JsonObjectBuilder wish = Json.createObjectBuilder().add("subsystem", wanted.subsystem().value().toString()).add("service", wanted.service()).add("drops", wanted.drops());
            wanted.purpose().ifPresent(purpose -> wish.add("purpose", purpose));
            services.add(wish);
        }
        JsonArrayBuilder products = Json.createArrayBuilder();
        request.products().forEach(wanted -> products.add(Json.createObjectBuilder().add("product", wanted.product().value().toString()).add("drops", wanted.drops())));
        JsonArrayBuilder causes = Json.createArrayBuilder();
        request.causes().forEach(cause -> causes.add(Json.createObjectBuilder().add("code", cause.code()).add("text", cause.text())));
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", request.id().value().toString()).add("number", request.number()).add("kind", request.kind().name())
                .add("participant", request.participant().value().toString()).add("contour", request.contour().name()).add("procedure", request.procedure())
                .add("version", request.version()).add("state", request.state().name()).add("since", request.since().toString()).add("receivedAt", request.receivedAt().toString())
                .add("answerEmail", request.answerEmail()).add("body", request.body()).add("services", services).add("products", products).add("causes", causes);
        if (!request.particulars().equals(Particulars.NONE)) {
            JsonObjectBuilder stated = Json.createObjectBuilder();
            request.particulars().fullName().ifPresent(name -> stated.add("fullName", name));
            request.particulars().noticeEmail().ifPresent(address -> stated.add("noticeEmail", address));
            request.particulars().ogrn().ifPresent(ogrn -> stated.add("ogrn", ogrn.digits()));
            request.particulars().inn().ifPresent(inn -> stated.add("inn", inn.digits()));
            request.particulars().russianInn().ifPresent(inn -> stated.add("russianInn", inn.digits()));
            out.add("particulars", stated);
        }
        if (!request.subsystems().isEmpty()) {
            JsonArrayBuilder subsystems = Json.createArrayBuilder();
            for (SubsystemWish wanted : request.subsystems()) {
                JsonObjectBuilder wish = Json.createObjectBuilder().add("code", wanted.code()).add("drops", wanted.drops());
                wanted.name().ifPresent(name -> wish.add("name", name));
                if (!wanted.services().isEmpty()) {
                    JsonArrayBuilder called = Json.createArrayBuilder();
                    wanted.services().forEach(service -> called.add(Json.createObjectBuilder().add("service", service.code()).add("purpose", service.purpose())));
                    wish.add("services", called);
                }
                subsystems.add(wish);
            }
            out.add("subsystems", subsystems);
        }
        request.confirmedVersion().ifPresent(version -> out.add("confirmedVersion", version));
        if (!request.answers().isEmpty()) {
            JsonArrayBuilder answers = Json.createArrayBuilder();
            request.answers().forEach(answer -> answers.add(Json.createObjectBuilder().add("code", answer.code()).add("text", answer.text())));
            out.add("answers", answers);
        }
        if (!request.underDecrees().decrees().isEmpty()) {
            out.add("decrees", Json.createArrayBuilder(request.underDecrees().decrees()));
        }
        request.underDecrees().action().ifPresent(action -> out.add("action", action.name()));
        request.desiredDay().ifPresent(day -> out.add("desiredDay", day.toString()));
        request.day().ifPresent(day -> out.add("day", day.toString()));
        request.late().ifPresent(late -> out.add("late", late));
        request.previous().ifPresent(previous -> out.add("previous", previous.value().toString()));
        return out.build();
    }
}
