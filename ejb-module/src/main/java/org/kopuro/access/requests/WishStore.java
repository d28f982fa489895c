package org.kopuro.access.requests;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;

/** What a request asks for and says, in the transaction in which it is filed; the database takes none of it later. */
@Dependent
class WishStore {

    @Inject
    private Sql sql;

    void add(UUID id, NewRequest request, Procedure procedure) {
        sql.batch("insert into access.request_service (request_id, participant_id, subsystem_id, service_code, drops, purpose) values (?, ?, ?, ?, ?, ?::text)", request.services().stream()
                .map(wanted -> new Object[] {id, request.participant(), wanted.subsystem(), wanted.service(), wanted.drops(), wanted.purpose()}).toList());
        sql.batch("insert into access.request_product (request_id, participant_id, product_id, drops) values (?, ?, ?, ?)", request.products().stream()
                .map(wanted -> new Object[] {id, request.participant(), wanted.product(), wanted.drops()}).toList());
        addContacts(id, request.contacts());
        sql.update("insert into access.request_confirmation (request_id, item_code) select ?, code from unnest(?::text[]) code", id, request.confirmations());
        request.answers().forEach(answer -> add(id, answer));
        addSubsystems(id, request);
        sql.update("insert into access.request_decree (request_id, procedure_code, version, decree_code) select ?, ?, ?, code from unnest(?::text[]) code", id, procedure.code(),
                procedure.version(), request.underDecrees().decrees());
    }

    private void addContacts(UUID id, List<NewContact> contacts) {
        for (int position = 1; position <= contacts.size(); position++) {
            NewContact contact = contacts.get(position - 1);
            sql.update("insert into access.request_contact (request_id, position, full_name, unit, post, email, phone) values (?, ?, ?, ?, ?, ?, ?)", id, position, contact.fullName(),
                    contact.unit(), contact.post(), contact.email(), contact.phone());
        }
    }

    /** A code that was a cause several times is answered once for all of them. */
    private void add(UUID id, CauseAnswer answer) {
        if (sql.update("""
                insert into access.request_answer (request_id, previous_id, position, text)
                select r.id, r.previous_id, c.position, ? from access.request r join access.request_cause c on c.request_id = r.previous_id where r.id = ? and c.code = ?""",
                answer.text(), id, answer.code()) == 0) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "answers.code");
        }
    }

    private void addSubsystems(UUID id, NewRequest request) {
        for (SubsystemWish wanted : request.subsystems()) {
            sql.update("insert into access.request_subsystem (request_id, participant_id, code, name, drops) values (?, ?, ?, ?::text, ?)", id, request.participant(), wanted.code(),
                    wanted.name(), wanted.drops());
            sql.batch("insert into access.request_subsystem_service (request_id, code, service_code, purpose) values (?, ?, ?, ?)", wanted.services().stream()
                    .map(service -> new Object[] {id, wanted.code(), service.code(), service.purpose()}).toList());
        }
    }

    /** Services that are not offered under the procedure. */
    List<String> offeredElsewhere(Collection<String> services, String procedure) {
        return sql.list("""
                select distinct code from unnest(?::text[]) code where not exists (select from access.service s where s.code = code.code and s.procedure_code = ?) order by code""",
                row -> row.text("code"), services, procedure);
    }

    /** The decrees that the request named by which the connection was opened; none where requests could not name any yet. */
    List<String> decrees(ConnectionView connection) {
        return sql.list("""
                select n.decree_code from access.request_decree n
                 where n.request_id = (select r.id from access.request r where r.participant_id = ? and r.procedure_code = ? and r.contour = ? and r.kind = 'CONNECT' and r.state = 'GRANTED'
                                        order by r.number desc limit 1)
                 order by n.decree_code""", row -> row.text("decree_code"), connection.participant(), connection.procedure(), connection.contour());
    }
}
