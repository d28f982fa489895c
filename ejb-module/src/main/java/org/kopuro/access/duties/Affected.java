package org.kopuro.access.duties;

import java.util.List;
import org.kopuro.participants.ParticipantId;

/**
 * A participant that an announcement concerns.
 *
 * @param services those of the announcement's that it may call, or calls
 * @param hasRight that is in force then, in a live connection
 * @param calls    of the last thirty days; counted for a change only
 */
public record Affected(ParticipantId participant, String name, List<String> services, boolean hasRight, long calls) {
}
