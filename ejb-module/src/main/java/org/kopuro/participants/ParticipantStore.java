package org.kopuro.participants;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

@Dependent
class ParticipantStore {

    private static final Map<String, Refusal> ALREADY_THERE = Map.of(
            "participant_member_unique", Refusal.of(ParticipantRefusal.PARTICIPANT_ALREADY_REGISTERED, "memberCode"),
            "subsystem_code_unique", Refusal.of(ParticipantRefusal.SUBSYSTEM_ALREADY_REGISTERED, "code"));

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    /** Inserts at once, so that a registration that another node made first is refused here and not at commit. */
    void add(Object entity) {
        try {
            entities.persist(entity);
            entities.flush();
        } catch (PersistenceException e) {
            throw BrokenConstraint.in(e).map(ALREADY_THERE::get).map(RuntimeException.class::cast).orElse(e);
        }
    }

    Participant get(ParticipantId id) {
        return found(entities.find(Participant.class, id.value()), "participant");
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
