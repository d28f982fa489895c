package org.kopuro.access;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

@Dependent
class AccessStore {

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;
    @Inject
    private Sql sql;

    void add(AccessRight right) {
        try {
            sql.update("""
                    insert into access.access_right (id, contour, connection_id, procedure_code, participant_id, subsystem_id, service_code, valid_from, valid_to, purpose, granted_at, granted_by,
                           granted_role, granted_reason)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?::date, ?, ?, ?::uuid, ?, ?)""", right.id, right.contour, right.connectionId, right.procedure, right.participantId, right.subsystemId,
                    right.serviceCode, right.validFrom, Optional.ofNullable(right.validTo), Optional.ofNullable(right.purpose), right.grantedAt, Optional.ofNullable(right.grantedBy), right.grantedRole, right.grantedReason);
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "agreement_in_force" -> Refusal.of(AccessRefusal.AGREEMENT_MISSING, "service", right.serviceCode);
                case "joint_test_passed" -> Refusal.of(AccessRefusal.JOINT_TEST_MISSING, "service", right.serviceCode);
                case "stopping_shown" -> Refusal.of(AccessRefusal.STOPPING_NOT_SHOWN, "service", right.serviceCode);
                case "access_right_once" -> Refusal.of(AccessRefusal.ACCESS_RIGHT_OVERLAPS, "validFrom");
                case "access_right_service_fk", "access_right_offered_fk" -> Refusal.of(AccessRefusal.SERVICE_UNKNOWN, "service");
                default -> e;
            };
        }
    }

    void revoke(AccessRight right, String reason, Instant at, Actor by) {
        sql.update("update access.access_right set revoked_at = ?, revoked_reason = ?, revoked_by = ?::uuid, revoked_role = ? where id = ?", at, reason, by.account(), by.role(), right.id);
        entities.refresh(right);
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

    void revokeAll(UUID connection, String reason, Instant at, Actor by) {
        sql.update("update access.access_right set revoked_at = ?, revoked_reason = ?, revoked_by = ?::uuid, revoked_role = ? where connection_id = ? and revoked_at is null", at, reason,
                by.account(), by.role(), connection);
    }
}
