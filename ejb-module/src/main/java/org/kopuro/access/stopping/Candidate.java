package org.kopuro.access.stopping;

import java.util.Optional;
import org.kopuro.participants.SubsystemId;

/**
 * A subsystem that is to call services that take a token.
 *
 * @param code of the subsystem
 * @param id   empty of one that the request adds
 */
public record Candidate(String code, Optional<SubsystemId> id) {
}
