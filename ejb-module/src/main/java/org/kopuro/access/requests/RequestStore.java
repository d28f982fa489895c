package org.kopuro.access.requests;

import jakarta.enterprise.context.Dependent;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.StringReader;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.duties.ReportId;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.ProductId;
import org.kopuro.access.products.ProductRefusal;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.SubsystemId;

/** Requests and their events. The database changes a request when an event of it is added, and in no other way. */
@Dependent
class RequestStore {

    private static final String SELECT = """
            select r.id, r.number, r.kind, r.participant_id, r.contour, r.procedure_code, r.version, r.state, r.since, r.events, r.received_at, r.answer_email, r.sender, r.subject, r.subject_expected, r.body,
                   r.desired_day, r.previous_id, r.stated_name, r.stated_email, r.stated_ogrn, r.stated_inn, r.confirmed_version, told.event_day, told.late,
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
                   (select coalesce(json_agg(json_build_object('code', u.code, 'name', u.name, 'drops', u.drops) order by u.code), '[]')
                      from access.request_subsystem u where u.request_id = r.id) subsystems
              from access.request r left join access.participant_report told on told.id = r.report_id
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(UUID id, NewRequest request, Procedure procedure, Optional<String> subjectExpected, Instant receivedAt, Instant at, Optional<ReportId> report, Actor by) {
        try (PreparedStatement statement = prepare("""
                insert into access.request (id, kind, participant_id, contour, procedure_code, version, state, since, events, received_at, submitted_at, channel, sender, subject,
                       message_id, answer_email, body, desired_day, previous_id, subject_expected, report_id, stated_name, stated_email, stated_ogrn, confirmed_version, stated_inn)
                values (?, ?, ?, ?, ?, ?, 'SUBMITTED', ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int i = 0;
            statement.setObject(++i, id);
            statement.setString(++i, request.kind().name());
            statement.setObject(++i, request.participant().value());
            statement.setString(++i, request.contour().name());
            statement.setString(++i, procedure.code());
            statement.setInt(++i, procedure.version());
            statement.setObject(++i, utc(at));
            statement.setObject(++i, utc(receivedAt));
            statement.setObject(++i, utc(at));
            statement.setString(++i, request.letter().isPresent() ? "LETTER" : by.isSubsystem() ? "SOAP" : "CABINET");
            statement.setString(++i, request.letter().map(Letter::sender).orElse(null));
            statement.setString(++i, request.letter().flatMap(Letter::subject).orElse(null));
            statement.setString(++i, request.letter().flatMap(Letter::messageId).orElse(null));
            statement.setString(++i, request.answerEmail());
            statement.setString(++i, request.body());
            statement.setObject(++i, request.desiredDay().orElse(null));
            statement.setObject(++i, request.previous().map(RequestId::value).orElse(null));
            statement.setString(++i, subjectExpected.orElse(null));
            statement.setObject(++i, report.map(ReportId::value).orElse(null));
            statement.setString(++i, request.particulars().fullName().orElse(null));
            statement.setString(++i, request.particulars().noticeEmail().orElse(null));
            statement.setString(++i, request.particulars().ogrn().map(Ogrn::digits).orElse(null));
            statement.setObject(++i, request.confirmedVersion().orElse(null));
            statement.setString(++i, request.particulars().inn().map(Inn::digits).orElse(null));
            statement.executeUpdate();
            addServices(id, request);
            addProducts(id, request);
            addContacts(id, request.contacts());
            addConfirmations(id, request.confirmations());
            addAnswers(id, request.answers());
            addSubsystems(id, request);
        } catch (SQLException e) {
            throw explained(e);
        }
        addEvent(id, 1, "NONE", RequestEvent.SUBMIT, RequestState.SUBMITTED, at, by, "");
    }

    private void addServices(UUID id, NewRequest request) throws SQLException {
        try (PreparedStatement statement = prepare("insert into access.request_service (request_id, participant_id, subsystem_id, service_code, drops, purpose) values (?, ?, ?, ?, ?, ?)")) {
            for (ServiceWish wanted : request.services()) {
                statement.setObject(1, id);
                statement.setObject(2, request.participant().value());
                statement.setObject(3, wanted.subsystem().value());
                statement.setString(4, wanted.service());
                statement.setBoolean(5, wanted.drops());
                statement.setString(6, wanted.purpose().orElse(null));
                statement.executeUpdate();
            }
        }
    }

    private void addProducts(UUID id, NewRequest request) throws SQLException {
        try (PreparedStatement statement = prepare("insert into access.request_product (request_id, participant_id, product_id, drops) values (?, ?, ?, ?)")) {
            for (ProductWish wanted : request.products()) {
                statement.setObject(1, id);
                statement.setObject(2, request.participant().value());
                statement.setObject(3, wanted.product().value());
                statement.setBoolean(4, wanted.drops());
                statement.executeUpdate();
            }
        }
    }

    private void addContacts(UUID id, List<NewContact> contacts) throws SQLException {
        try (PreparedStatement statement = prepare("insert into access.request_contact (request_id, position, full_name, unit, post, email, phone) values (?, ?, ?, ?, ?, ?, ?)")) {
            for (int position = 1; position <= contacts.size(); position++) {
                NewContact contact = contacts.get(position - 1);
                statement.setObject(1, id);
                statement.setInt(2, position);
                statement.setString(3, contact.fullName());
                statement.setString(4, contact.unit());
                statement.setString(5, contact.post());
                statement.setString(6, contact.email());
                statement.setString(7, contact.phone());
                statement.executeUpdate();
            }
        }
    }

    private void addConfirmations(UUID id, Set<String> codes) throws SQLException {
        try (PreparedStatement statement = prepare("insert into access.request_confirmation (request_id, item_code) select ?, code from unnest(?) code")) {
            statement.setObject(1, id);
            statement.setArray(2, statement.getConnection().createArrayOf("text", codes.toArray()));
            statement.executeUpdate();
        }
    }

    private void addSubsystems(UUID id, NewRequest request) throws SQLException {
        try (PreparedStatement statement = prepare("insert into access.request_subsystem (request_id, participant_id, code, name, drops) values (?, ?, ?, ?, ?)")) {
            for (SubsystemWish wanted : request.subsystems()) {
                statement.setObject(1, id);
                statement.setObject(2, request.participant().value());
                statement.setString(3, wanted.code());
                statement.setString(4, wanted.name().orElse(null));
                statement.setBoolean(5, wanted.drops());
                statement.executeUpdate();
            }
        }
    }

    /** A code that was a cause several times is answered once for all of them. */
    private void addAnswers(UUID id, List<CauseAnswer> answers) throws SQLException {
        try (PreparedStatement statement = prepare("""
                insert into access.request_answer (request_id, previous_id, position, text)
                select r.id, r.previous_id, c.position, ? from access.request r join access.request_cause c on c.request_id = r.previous_id where r.id = ? and c.code = ?""")) {
            for (CauseAnswer answer : answers) {
                statement.setString(1, answer.text());
                statement.setObject(2, id);
                statement.setString(3, answer.code());
                if (statement.executeUpdate() == 0) {
                    throw Refusal.of(InputRefusal.FIELD_INVALID, "answers.code");
                }
            }
        }
    }

    private static RuntimeException explained(SQLException e) {
        return switch (BrokenConstraint.in(e).orElse("")) {
            case "request_open_unique" -> Refusal.of(RequestRefusal.REQUEST_OPEN_ALREADY, "kind");
            case "request_previous_unique", "request_previous_fk" -> Refusal.of(RequestRefusal.PREVIOUS_NOT_REFUSED, "previous");
            case "request_product_product_fk" -> Refusal.of(ProductRefusal.PRODUCT_OF_ANOTHER_PARTICIPANT, "products.product");
            case "request_subsystem_dropped_fk" -> Refusal.of(RequestRefusal.SUBSYSTEM_OF_ANOTHER_PARTICIPANT, "subsystems.code");
            case "request_subsystem_new" -> Refusal.of(ParticipantRefusal.SUBSYSTEM_ALREADY_REGISTERED, "subsystems.code");
            case "request_service_subsystem_fk" -> Refusal.of(RequestRefusal.SUBSYSTEM_OF_ANOTHER_PARTICIPANT, "services.subsystem");
            default -> new IllegalStateException(e);
        };
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(RequestView from, RequestEvent event, RequestState to, Instant at, Actor by, String text) {
        addEvent(from.id().value(), from.events() + 1, from.state().name(), event, to, at, by, text);
    }

    private void addEvent(UUID id, int number, String from, RequestEvent event, RequestState to, Instant at, Actor by, String text) {
        try (PreparedStatement statement = prepare("""
                insert into access.request_event (request_id, number, from_state, event, to_state, at, actor, actor_role, text) values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int i = 0;
            statement.setObject(++i, id);
            statement.setInt(++i, number);
            statement.setString(++i, from);
            statement.setString(++i, event.name());
            statement.setString(++i, to.name());
            statement.setObject(++i, utc(at));
            statement.setObject(++i, by.account().orElse(null));
            statement.setString(++i, by.role());
            statement.setString(++i, text);
            statement.executeUpdate();
        } catch (SQLException e) {
            // Java has looked for them: the day has changed since.
            throw BrokenConstraint.in(e).filter("product_documents"::equals).isPresent() ? Refusal.of(ProductRefusal.PRODUCT_DOCUMENTS_MISSING, "products", at, "…")
                    : new IllegalStateException(e);
        }
    }

    void addCauses(UUID id, List<Cause> causes) {
        try (PreparedStatement statement = prepare("insert into access.request_cause (request_id, position, code, text) values (?, ?, ?, ?)")) {
            for (int position = 1; position <= causes.size(); position++) {
                statement.setObject(1, id);
                statement.setInt(2, position);
                statement.setString(3, causes.get(position - 1).code());
                statement.setString(4, causes.get(position - 1).text());
                statement.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it lacks to be taken up. */
    List<Shortcoming> shortcomings(UUID id) {
        try (PreparedStatement statement = prepare("select code from access.shortcomings(?) code")) {
            statement.setObject(1, id);
            List<Shortcoming> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(Shortcoming.valueOf(row.getString("code")));
                }
            }
            Collections.sort(found);
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void check(UUID id, String item, boolean ticked, String note, Instant at, Actor by) {
        try (PreparedStatement statement = prepare("""
                insert into access.request_check (request_id, item_code, number, ticked, note, checked_at, actor, actor_role)
                select ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? from access.request_check where request_id = ? and item_code = ?""")) {
            int i = 0;
            statement.setObject(++i, id);
            statement.setString(++i, item);
            statement.setBoolean(++i, ticked);
            statement.setString(++i, note);
            statement.setObject(++i, utc(at));
            statement.setObject(++i, by.account().orElseThrow());
            statement.setString(++i, by.role());
            statement.setObject(++i, id);
            statement.setString(++i, item);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void addDocument(UUID id, AttachedDocument attached) {
        try (PreparedStatement statement = prepare("""
                insert into access.request_document (request_id, document_id, kind, number, issued_on, issuer, valid_to, sha256, attached_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int i = 0;
            statement.setObject(++i, id);
            statement.setObject(++i, attached.document());
            statement.setString(++i, attached.attachment().kind().name());
            statement.setString(++i, attached.attachment().number().orElse(null));
            statement.setObject(++i, attached.attachment().issuedOn().orElse(null));
            statement.setString(++i, attached.attachment().issuer().orElse(null));
            statement.setObject(++i, attached.attachment().validTo().orElse(null));
            statement.setString(++i, attached.sha256());
            statement.setObject(++i, utc(attached.attachedAt()));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<AttachedDocument> documents(UUID request) {
        try (PreparedStatement statement = prepare("""
                select a.document_id, a.kind, a.number, a.issued_on, a.issuer, a.valid_to, a.sha256, a.attached_at, d.file_name
                  from access.request_document a join documents.document d on d.id = a.document_id where a.request_id = ? order by a.attached_at, a.document_id""")) {
            statement.setObject(1, request);
            List<AttachedDocument> attached = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Attachment attachment = new Attachment(Attachment.Kind.valueOf(row.getString("kind")), Optional.ofNullable(row.getString("number")),
                            Optional.ofNullable(row.getObject("issued_on", LocalDate.class)), Optional.ofNullable(row.getString("issuer")),
                            Optional.ofNullable(row.getObject("valid_to", LocalDate.class)));
                    attached.add(new AttachedDocument(row.getObject("document_id", UUID.class), attachment, row.getString("file_name"), row.getString("sha256"), instant(row, "attached_at")));
                }
            }
            return attached;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<RequestView> find(UUID id) {
        return requests("where r.id = ?", id).stream().findFirst();
    }

    /** Locked until the end of the transaction: two decisions on one request follow one another. */
    Optional<RequestView> findForChange(UUID id) {
        // What hangs on it is read after the lock is there: ticks, too, change while somebody waits.
        try (PreparedStatement statement = prepare("select from access.request where id = ? for update")) {
            statement.setObject(1, id);
            statement.executeQuery().close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return find(id);
    }

    /** The newest first; before a number. */
    boolean filedBySystem(UUID id) {
        try (PreparedStatement statement = prepare("select 1 from access.request where id = ? and channel = 'SOAP'")) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<RequestView> list(Contour contour, Optional<ParticipantId> participant, long before, int limit) {
        return participant.isEmpty() ? requests("where r.contour = ? and r.number < ? order by r.number desc limit " + limit, contour.name(), before)
                : requests("where r.contour = ? and r.participant_id = ? and r.number < ? order by r.number desc limit " + limit, contour.name(), participant.get().value(), before);
    }

    /** What was asked last. */
    Optional<String> questions(UUID id) {
        try (PreparedStatement statement = prepare("select text from access.request_event where request_id = ? and event = 'ASK' order by number desc limit 1")) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whose applicant owes an answer since before the moment. */
    List<RequestView> unanswered(Instant now, int limit) {
        return requests("""
                where r.state = 'INFO_NEEDED' and exists (select from access.obligation o
                    where o.about_id = r.id and o.rule = 'SUPPLY_INFORMATION' and o.closed_at is null and o.due_at <= ?) order by r.number limit\s""" + limit, utc(now));
    }

    /** An agreement and a request that waits for one, filed at the same instant, see one another: whoever comes second waits. */
    void queueForAgreement(ParticipantId participant, String procedure) {
        try (PreparedStatement statement = prepare("select pg_advisory_xact_lock(hashtextextended('access.agreement signed ' || ? || ' ' || ?, 0))")) {
            statement.setString(1, participant.value().toString());
            statement.setString(2, procedure);
            statement.executeQuery().close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those to be connected to PRODUCTION that wait for a decision, held in the order of their numbers. */
    List<RequestView> awaitingProduction(ParticipantId participant, String procedure) {
        return requests("where r.participant_id = ? and r.procedure_code = ? and r.contour = 'PRODUCTION' and r.kind = 'CONNECT' order by r.number", participant.value(), procedure).stream()
                .filter(seen -> seen.state().open()).map(seen -> findForChange(seen.id().value()).orElseThrow())
                .filter(held -> held.state() == RequestState.SUBMITTED || held.state() == RequestState.ACCEPTED).toList();
    }

    /** Services that are not offered under the procedure. */
    List<String> offeredElsewhere(List<ServiceWish> services, String procedure) {
        try (PreparedStatement statement = prepare("select code from unnest(?) code where not exists (select from access.service s where s.code = code.code and s.procedure_code = ?) order by code")) {
            statement.setArray(1, statement.getConnection().createArrayOf("text", services.stream().map(ServiceWish::service).distinct().toArray()));
            statement.setString(2, procedure);
            List<String> codes = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    codes.add(row.getString(1));
                }
            }
            return codes;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<RequestView> requests(String where, Object... arguments) {
        try (PreparedStatement statement = prepare(SELECT + where)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<RequestView> requests = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    requests.add(request(row));
                }
            }
            return requests;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RequestView request(ResultSet row) throws SQLException {
        List<ServiceWish> services = objects(row.getString("services")).stream()
                .map(one -> new ServiceWish(new SubsystemId(UUID.fromString(one.getString("subsystem"))), one.getString("service"), one.getBoolean("drops"),
                        one.isNull("purpose") ? Optional.empty() : Optional.of(one.getString("purpose")))).toList();
        List<NewContact> contacts = objects(row.getString("contacts")).stream()
                .map(one -> new NewContact(one.getString("fullName"), one.getString("unit"), one.getString("post"), one.getString("email"), one.getString("phone"))).toList();
        List<Cause> causes = objects(row.getString("causes")).stream().map(one -> new Cause(one.getString("code"), one.getString("text"))).toList();
        List<ProductWish> products = objects(row.getString("products")).stream()
                .map(one -> new ProductWish(new ProductId(UUID.fromString(one.getString("product"))), one.getBoolean("drops"))).toList();
        return new RequestView(new RequestId(row.getObject("id", UUID.class)), row.getLong("number"), RequestKind.valueOf(row.getString("kind")),
                new ParticipantId(row.getObject("participant_id", UUID.class)), Contour.valueOf(row.getString("contour")), row.getString("procedure_code"), row.getInt("version"),
                RequestState.valueOf(row.getString("state")), instant(row, "since"), row.getInt("events"), instant(row, "received_at"), row.getString("answer_email"),
                Optional.ofNullable(row.getString("sender")), Optional.ofNullable(row.getString("subject")), Optional.ofNullable(row.getString("subject_expected")), row.getString("body"), Optional.ofNullable(row.getObject("desired_day", LocalDate.class)),
                Optional.ofNullable(row.getObject("previous_id", UUID.class)).map(RequestId::new), services, contacts, texts(row.getArray("confirmations")), texts(row.getArray("ticked")), causes,
                products, Optional.ofNullable(row.getObject("event_day", LocalDate.class)), Optional.ofNullable(row.getObject("late", Boolean.class)),
                new Particulars(Optional.ofNullable(row.getString("stated_name")), Optional.ofNullable(row.getString("stated_email")), Optional.ofNullable(row.getString("stated_ogrn")).map(Ogrn::new),
                        Optional.ofNullable(row.getString("stated_inn")).map(Inn::new)),
                Optional.ofNullable(row.getObject("confirmed_version", Integer.class)), objects(row.getString("answers")).stream().map(one -> new CauseAnswer(one.getString("code"), one.getString("text"))).toList(),
                objects(row.getString("subsystems")).stream().map(one -> new SubsystemWish(one.getString("code"),
                        one.isNull("name") ? Optional.empty() : Optional.of(one.getString("name")), one.getBoolean("drops"))).toList());
    }

    private static List<JsonObject> objects(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        return entities.unwrap(Connection.class).prepareStatement(sql);
    }
}
