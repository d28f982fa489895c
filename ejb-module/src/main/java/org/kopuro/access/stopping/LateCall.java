package org.kopuro.access.stopping;

import java.util.UUID;

/** A call with a stopped token within 24 hours after its stop was acknowledged: the last one. */
public record LateCall(UUID consent, String service, String messageId) {
}
