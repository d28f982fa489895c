package org.kopuro.exchange.metaservices;

import java.util.Optional;
import org.kopuro.exchange.XRoadClient;

/**
 * Who takes part in the exchange.
 *
 * @param subsystemName of a subsystem, where it has one; a member itself has none
 */
public record ClientView(XRoadClient id, String name, Optional<String> subsystemName) {
}
