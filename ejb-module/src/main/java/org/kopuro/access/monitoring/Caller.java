package org.kopuro.access.monitoring;

import java.util.UUID;
import org.kopuro.kernel.Contour;

/** What a limit is about: a subsystem in a contour, calling a service. */
public record Caller(Contour contour, UUID subsystem, String service) {
}
