package org.kopuro.consent.events;

import java.util.UUID;

/** An event, where to push it, and by whose lease. */
record Push(ConsentEventView event, String url, UUID lease) {
}
