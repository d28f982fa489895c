package org.kopuro.access.requests;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.duties.ReportId;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.ProductId;
import org.kopuro.access.products.ProductRefusal;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;
import org.kopuro.participants.SubsystemId;

/** Requests and their events. The database changes a request when an event of it is added, and in no other way. */
@Dependent
class RequestStore {

    private static final String SELECT = """
            select r.id, r.number, r.kind, r.participant_id, r.contour, r.procedure_code, r.version, r.state, r.since, r.events, r.received_at, r.answer_email, r.sender, r.subject, r.subject_expected, r.body,
                   r.desired_day, r.previous_id, r.stated_name, r.stated_email, r.stated_ogrn, r.stated_inn, r.stated_russian_inn, r.confirmed_version, r.action, told.event_day, told.late,
                   array(select n.decree_code from access.request_decree n where n.request_id = r.id order by n.decree_code) decrees,
                   (select coalesce(json_agg(json_build_object('subsystem', s.subsystem_id, 'service', s.service_code, 'drops', s.drops, 'purpose', s.purpose) order by s.subsystem_id, s.service_code), '[]')
                      from access.request_service s where s.request_id = r.id) services,
                   (select coalesce(json_agg(json_build_object('fullName', t.full_name, 'unit', t.unit, 'post', t.post, 'email', t.email, 'phone', t.phone) order by t.position), '[]')
                      from access.request_contact t where t.request_id = r.id) contacts,
                   array(select item_code from access.request_confirmation c where c.request_id = r.id) confirmations,
                   array(select newest.item_code from (select distinct on (k.item_code) k.item_code, k.ticked from access.request_check k where k.request_id = r.id
                          order by k.item_code, k.number desc) newest where newest.ticked) ticked,
                   (select coalesce(json_agg(json_build_object('code', c.code, 'text', c.text) order by c.position), '[]')
                      from access.request_cause c where c.request_id = r.id) causes,
                   (select coalesce(json_agg(json_build_object('product', p.product_id, 'drops', p.drops) order by p.product_id), '[]')
                      from access.request_product p where p.request_id = r.id) products,
                   (select coalesce(json_agg(json_build_object('code', c.code, 'text', a.text) order by a.position), '[]')
                      from access.request_answer a join access.request_cause c on (c.request_id, c.position) = (a.previous_id, a.position) where a.request_id = r.id) answers,
                   (select coalesce(json_agg(json_build_object('code', u.code, 'name', u.name, 'drops', u.drops, 'services',
                               (select coalesce(json_agg(json_build_object('service', v.service_code, 'purpose', v.purpose) order by v.service_code), '[]')
                                  from access.request_subsystem_service v where (v.request_id, v.code) = (u.request_id, u.code))) order by u.code), '[]')
                      from access.request_subsystem u where u.request_id = r.id) subsystems
              from access.request r left join access.participant_report told on told.id = r.report_id
            """;

    @Inject
    private Sql sql;
    @Inject
    private WishStore wishes;

    void add(UUID id, NewRequest request, Procedure procedure, Optional<String> subjectExpected, Instant receivedAt, Instant at, Optional<ReportId> report, Actor by) {
        Particulars stated = request.particulars();
        try {
            sql.update("""
                    insert into access.request (id, kind, participant_id, contour, procedure_code, version, state, since, events, received_at, submitted_at, channel, sender, subject,
                           message_id, answer_email, body, desired_day, previous_id, subject_expected, report_id, stated_name, stated_email, stated_ogrn, stated_inn, stated_russian_inn,
                           confirmed_version, action)
                    values (?, ?, ?, ?, ?, ?, 'SUBMITTED', ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, request.kind(), request.participant(), request.contour(),
                    procedure.code(), procedure.version(), at, receivedAt, at, request.letter().isPresent() ? "LETTER" : by.isSubsystem() ? "SOAP" : "CABINET",
                    request.letter().map(Letter::sender), request.letter().flatMap(Letter::subject), request.letter().flatMap(Letter::messageId), request.answerEmail(), request.body(),
                    request.desiredDay(), request.previous(), subjectExpected, report, stated.fullName(), stated.noticeEmail(), stated.ogrn().map(Ogrn::digits),
                    stated.inn().map(Inn::digits), stated.russianInn().map(RussianInn::digits), request.confirmedVersion(), request.underDecrees().action());
            wishes.add(id, request, procedure);
        } catch (SqlFailure e) {
            throw explained(e);
        }
        addEvent(id, 1, "NONE", RequestEvent.SUBMIT, RequestState.SUBMITTED, at, by, "");
    }

    private static RuntimeException explained(SqlFailure e) {
        return switch (e.constraint()) {
            case "request_open_unique" -> Refusal.of(RequestRefusal.REQUEST_OPEN_ALREADY, "kind");
            case "request_previous_unique", "request_previous_fk" -> Refusal.of(RequestRefusal.PREVIOUS_NOT_REFUSED, "previous");
            case "request_product_product_fk" -> Refusal.of(ProductRefusal.PRODUCT_OF_ANOTHER_PARTICIPANT, "products.product");
            case "request_subsystem_dropped_fk" -> Refusal.of(RequestRefusal.SUBSYSTEM_OF_ANOTHER_PARTICIPANT, "subsystems.code");
            case "request_subsystem_new" -> Refusal.of(ParticipantRefusal.SUBSYSTEM_ALREADY_REGISTERED, "subsystems.code");
            case "request_service_subsystem_fk" -> Refusal.of(RequestRefusal.SUBSYSTEM_OF_ANOTHER_PARTICIPANT, "services.subsystem");
            default -> e;
        };
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(RequestView from, RequestEvent event, RequestState to, Instant at, Actor by, String text) {
        addEvent(from.id().value(), from.events() + 1, from.state().name(), event, to, at, by, text);
    }

    private void addEvent(UUID id, int number, String from, RequestEvent event, RequestState to, Instant at, Actor by, String text) {
        try {
            sql.update("insert into access.request_event (request_id, number, from_state, event, to_state, at, actor, actor_role, text) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    id, number, from, event, to, at, by.account(), by.role(), text);
        } catch (SqlFailure e) {
            // Java has looked for them: the day has changed since.
            throw e.constraint().equals("product_documents") ? Refusal.of(ProductRefusal.PRODUCT_DOCUMENTS_MISSING, "products", at, "…") : e;
        }
    }

    Optional<RequestView> find(UUID id) {
        return requests("where r.id = ?", id).stream().findFirst();
    }

    /** Locked until the end of the transaction: two decisions on one request follow one another. */
    Optional<RequestView> findForChange(UUID id) {
        // What hangs on it is read after the lock is there: ticks, too, change while somebody waits.
        sql.exists("select from access.request where id = ? for update", id);
        return find(id);
    }

    boolean filedBySystem(UUID id) {
        return sql.exists("select from access.request where id = ? and channel = 'SOAP'", id);
    }

    /** The newest first; before a number. */
    List<RequestView> list(Contour contour, Optional<ParticipantId> participant, long before, int limit) {
        return participant.isEmpty() ? requests("where r.contour = ? and r.number < ? order by r.number desc limit " + limit, contour, before)
                : requests("where r.contour = ? and r.participant_id = ? and r.number < ? order by r.number desc limit " + limit, contour, participant.get(), before);
    }

    /** What was asked last. */
    Optional<String> questions(UUID id) {
        return sql.first("select text from access.request_event where request_id = ? and event = 'ASK' order by number desc limit 1", row -> row.text("text"), id);
    }

    /** Whose applicant owes an answer since before the moment. */
    List<RequestView> unanswered(Instant now, int limit) {
        return requests("""
                where r.state = 'INFO_NEEDED' and exists (select from access.obligation o
                    where o.about_id = r.id and o.rule = 'SUPPLY_INFORMATION' and o.closed_at is null and o.due_at <= ?)
                  and not installation.waits('request ' || r.id, ?) order by r.number limit\s""" + limit, now, now);
    }

    /** An agreement and a request that waits for one, filed at the same instant, see one another: whoever comes second waits. */
    void queueForAgreement(ParticipantId participant, String procedure) {
        sql.call("select pg_advisory_xact_lock(hashtextextended('access.agreement signed ' || ? || ' ' || ?, 0))", participant.value().toString(), procedure);
    }

    /** Those to be connected to PRODUCTION that wait for a decision, held in the order of their numbers. */
    List<RequestView> awaitingProduction(ParticipantId participant, String procedure) {
        return requests("where r.participant_id = ? and r.procedure_code = ? and r.contour = 'PRODUCTION' and r.kind = 'CONNECT' order by r.number", participant, procedure).stream()
                .filter(seen -> seen.state().open()).map(seen -> findForChange(seen.id().value()).orElseThrow())
                .filter(held -> held.state() == RequestState.SUBMITTED || held.state() == RequestState.ACCEPTED).toList();
    }

    private List<RequestView> requests(String where, Object... arguments) {
        return sql.list(SELECT + where, RequestStore::request, arguments);
    }

    private static RequestView request(Row row) {
        return new RequestView(new RequestId(row.uuid("id")), row.large("number"), row.as(RequestKind.class, "kind"), new ParticipantId(row.uuid("participant_id")),
                row.as(Contour.class, "contour"), row.text("procedure_code"), row.number("version"), row.as(RequestState.class, "state"), row.instant("since"), row.number("events"),
                row.instant("received_at"), row.text("answer_email"), row.maybe("sender", row::text), row.maybe("subject", row::text), row.maybe("subject_expected", row::text),
                row.text("body"), row.maybe("desired_day", row::day), row.maybe("previous_id", row::uuid).map(RequestId::new),
                objects(row.text("services")).stream().map(RequestStore::service).toList(),
                objects(row.text("contacts")).stream()
                        .map(one -> new NewContact(one.getString("fullName"), one.getString("unit"), one.getString("post"), one.getString("email"), one.getString("phone"))).toList(),
                Set.copyOf(row.all(String.class, "confirmations")), Set.copyOf(row.all(String.class, "ticked")),
                objects(row.text("causes")).stream().map(one -> new Cause(one.getString("code"), one.getString("text"))).toList(),
                objects(row.text("products")).stream().map(one -> new ProductWish(new ProductId(UUID.fromString(one.getString("product"))), one.getBoolean("drops"))).toList(),
                row.maybe("event_day", row::day), row.maybe("late", row::flag), stated(row), row.maybe("confirmed_version", row::number),
                objects(row.text("answers")).stream().map(one -> new CauseAnswer(one.getString("code"), one.getString("text"))).toList(),
                objects(row.text("subsystems")).stream().map(RequestStore::subsystem).toList(),
                new UnderDecrees(row.all(String.class, "decrees"), row.maybe(UnderDecrees.Action.class, "action")));
    }

    private static Particulars stated(Row row) {
        return new Particulars(row.maybe("stated_name", row::text), row.maybe("stated_email", row::text), row.maybe("stated_ogrn", row::text).map(Ogrn::new),
                row.maybe("stated_inn", row::text).map(Inn::new), row.maybe("stated_russian_inn", row::text).map(RussianInn::new));
    }

    private static ServiceWish service(JsonObject one) {
        return new ServiceWish(new SubsystemId(UUID.fromString(one.getString("subsystem"))), one.getString("service"), one.getBoolean("drops"), text(one, "purpose"));
    }

    private static SubsystemWish subsystem(JsonObject one) {
        return new SubsystemWish(one.getString("code"), text(one, "name"), one.getBoolean("drops"), one.getJsonArray("services").getValuesAs(JsonObject.class).stream()
                .map(service -> new SubsystemWish.Called(service.getString("service"), service.getString("purpose"))).toList());
    }

    private static Optional<String> text(JsonObject one, String name) {
        return one.isNull(name) ? Optional.empty() : Optional.of(one.getString(name));
    }

    private static List<JsonObject> objects(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }
}
