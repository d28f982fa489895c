package org.kopuro.access;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

@Dependent
class AccessStore {

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(AccessRight right) {
        try {
            entities.persist(right);
            entities.flush();
        } catch (PersistenceException e) {
            throw switch (BrokenConstraint.in(e).orElse("")) {
                case "agreement_in_force" -> Refusal.of(AccessRefusal.AGREEMENT_MISSING, "service", right.serviceCode);
                case "joint_test_passed" -> Refusal.of(AccessRefusal.JOINT_TEST_MISSING, "service", right.serviceCode);
                case "access_right_once" -> Refusal.of(AccessRefusal.ACCESS_RIGHT_OVERLAPS, "validFrom");
                case "access_right_service_fk", "access_right_offered_fk" -> Refusal.of(AccessRefusal.SERVICE_UNKNOWN, "service");
                default -> e;
            };
        }
    }

    AccessRight rightForChange(UUID id, Contour contour) {
        AccessRight right = entities.find(AccessRight.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (right == null || right.contour != contour) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "accessRight");
        }
        return right;
    }

    List<AccessRight> rights(UUID subsystem, Contour contour) {
        return entities.createQuery("""
                        select r from AccessRight r where r.subsystemId = :subsystem and r.contour = :contour
                         order by r.serviceCode, r.validFrom""", AccessRight.class)
                .setParameter("subsystem", subsystem).setParameter("contour", contour).setMaxResults(1000).getResultList();
    }

    void revokeAll(UUID connection, String reason, Instant at) {
        entities.createQuery("""
                        update AccessRight r set r.revokedAt = :at, r.revokedReason = :reason
                         where r.connectionId = :connection and r.revokedAt is null""")
                .setParameter("at", at).setParameter("reason", reason).setParameter("connection", connection).executeUpdate();
    }
}
