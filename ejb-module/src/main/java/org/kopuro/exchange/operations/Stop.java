package org.kopuro.exchange.operations;

import java.time.Instant;
import org.kopuro.kernel.Contour;

/** A stop that was acknowledged, and how long whoever asked for it waited. Of whom is nobody's business here. */
public record Stop(Contour contour, StopKind kind, Instant at, int millis) {
}
