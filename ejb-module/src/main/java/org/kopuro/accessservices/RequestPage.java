package org.kopuro.accessservices;

import java.util.List;
import java.util.Map;
import org.kopuro.access.requests.RequestView;
import org.kopuro.participants.SubsystemId;

/**
 * Requests, the newest first.
 *
 * @param subsystems the X-Road codes of the participant's subsystems
 */
public record RequestPage(List<RequestView> requests, Map<SubsystemId, String> subsystems) {
}
