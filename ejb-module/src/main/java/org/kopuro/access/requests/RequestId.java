package org.kopuro.access.requests;

import java.util.UUID;

/** Identifies a request. */
public record RequestId(UUID value) {
}
