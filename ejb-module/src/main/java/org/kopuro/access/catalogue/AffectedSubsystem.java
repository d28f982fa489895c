package org.kopuro.access.catalogue;

import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/**
 * A subsystem that a version concerns (ACC-93).
 *
 * @param operation that it may call, or calls
 * @param hasRight  that is in force, or will be, in a live connection
 * @param calls     of the thirty days before
 * @param breaks    whether what it sends or expects today may be invalid under the new contract
 */
public record AffectedSubsystem(SubsystemId subsystem, String code, ParticipantId participant, String name, String operation, boolean hasRight, long calls, boolean breaks) {
}
