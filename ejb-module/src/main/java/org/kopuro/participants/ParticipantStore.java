package org.kopuro.participants;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

@Dependent
class ParticipantStore {

    private static final Map<String, Refusal> ALREADY_THERE = Map.of(
            "participant_member_unique", Refusal.of(ParticipantRefusal.PARTICIPANT_ALREADY_REGISTERED, "memberCode"),
            "subsystem_code_unique", Refusal.of(ParticipantRefusal.SUBSYSTEM_ALREADY_REGISTERED, "code"));

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;
    @Inject
    private Sql sql;

    /** Inserts at once, so that a registration that another node made first is refused here and not at commit. */
    void add(Object entity) {
        try {
            entities.persist(entity);
            entities.flush();
        } catch (PersistenceException e) {
            throw BrokenConstraint.in(e).map(ALREADY_THERE::get).map(RuntimeException.class::cast).orElse(e);
        }
    }

    void add(Subsystem subsystem) {
        try {
            sql.update("insert into participants.subsystem (id, participant_id, code, name, registered_at, registered_by, registered_role) values (?, ?, ?, ?, ?, ?::uuid, ?)", subsystem.id,
                    subsystem.participantId, subsystem.code, subsystem.name, subsystem.registeredAt, Optional.ofNullable(subsystem.registeredBy), subsystem.registeredRole);
        } catch (SqlFailure e) {
            throw Optional.ofNullable(ALREADY_THERE.get(e.constraint())).map(RuntimeException.class::cast).orElse(e);
        }
    }

    Participant get(ParticipantId id) {
        return found(entities.find(Participant.class, id.value()), "participant");
    }

    /** As it is now, locked until the end of the transaction: changes follow one another. */
    Participant getForChange(ParticipantId id) {
        // A lock that lets others refer to the participant meanwhile.
        sql.first("select 1 from participants.participant where id = ? for no key update", row -> true, id);
        Participant participant = get(id);
        entities.refresh(participant);
        return participant;
    }

    /** The database makes the participant as the event says. */
    void addEvent(ParticipantHistory event, Participant participant) {
        sql.update("""
                insert into participants.participant_event (participant_id, number, event, request_id, at, actor, actor_role, reason, full_name, notice_email, ogrn, inn, russian_inn, contacts)
                values (?, ?, ?, ?::uuid, ?, ?::uuid, ?, ?, ?, ?, ?::text, ?::text, ?::text, ?::jsonb)""", participant.id, event.number(), event.event(), event.request(), event.at(), event.actor(),
                event.actorRole(), event.reason(), event.fullName(), event.noticeEmail(), event.ogrn().map(Ogrn::digits), event.inn().map(Inn::digits), event.russianInn().map(RussianInn::digits), json(event.contacts()));
        entities.refresh(participant);
    }

    List<ParticipantHistory> history(ParticipantId id) {
        return sql.list("""
                select number, event, request_id, at, actor, actor_role, reason, full_name, notice_email, ogrn, inn, russian_inn, contacts from participants.participant_event
                 where participant_id = ? order by number desc limit 1000""", row -> new ParticipantHistory(row.number("number"), row.as(ParticipantEvent.class, "event"), row.instant("at"),
                row.maybe("actor", row::uuid), row.text("actor_role"), row.maybe("request_id", row::uuid), row.text("reason"), row.text("full_name"), row.text("notice_email"),
                row.maybe("ogrn", row::text).map(Ogrn::new), row.maybe("inn", row::text).map(Inn::new), row.maybe("russian_inn", row::text).map(RussianInn::new), contacts(row.text("contacts"))), id);
    }

    /** Of a participant that is locked; its number. */
    int addSpeech(ParticipantId id, Speech speech, String reason, Instant at, Actor by) {
        return sql.one("""
                insert into participants.speech_event (participant_id, number, language, fault_dialect, reason, at, actor, actor_role)
                select p.id, coalesce((select max(number) from participants.speech_event where participant_id = p.id), 0) + 1, ?, ?, ?, ?, ?, ?
                  from participants.participant p where p.id = ?
                returning number""", row -> row.number("number"), speech.language(), speech.faultDialect(), reason, at, by.account(), by.role(), id);
    }

    /** As the event keeps them. */
    static String json(List<NewContact> contacts) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        contacts.forEach(one -> all.add(Json.createObjectBuilder().add("fullName", one.fullName()).add("unit", one.unit()).add("post", one.post()).add("email", one.email())
                .add("phone", one.phone())));
        return all.build().toString();
    }

    private static List<NewContact> contacts(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(one -> new NewContact(one.getString("fullName"), one.getString("unit"), one.getString("post"), one.getString("email"), one.getString("phone"))).toList();
        }
    }

    Subsystem get(SubsystemId id) {
        return found(entities.find(Subsystem.class, id.value()), "subsystem");
    }

    List<Participant> participants(Optional<UUID> after, int limit) {
        // The nil UUID sorts before every other one.
        return entities.createQuery("select p from Participant p where p.id > :after order by p.id", Participant.class)
                .setParameter("after", after.orElse(new UUID(0, 0))).setMaxResults(limit).getResultList();
    }

    List<Subsystem> subsystems(ParticipantId participant) {
        return entities.createQuery("select s from Subsystem s where s.participantId = :participant order by s.code", Subsystem.class)
                .setParameter("participant", participant.value()).getResultList();
    }

    Subsystem subsystem(String instance, String memberClass, String memberCode, String code) {
        List<Subsystem> found = entities.createQuery("""
                        select s from Subsystem s, Participant p where p.id = s.participantId
                           and p.instance = :instance and p.memberClass = :class and p.memberCode = :member and s.code = :code""", Subsystem.class)
                .setParameter("instance", instance).setParameter("class", memberClass).setParameter("member", memberCode)
                .setParameter("code", code).getResultList();
        return found(found.isEmpty() ? null : found.get(0), "subsystem");
    }

    private static <T> T found(T entity, String field) {
        if (entity == null) {
            throw Refusal.of(InputRefusal.NOT_FOUND, field);
        }
        return entity;
    }
}
