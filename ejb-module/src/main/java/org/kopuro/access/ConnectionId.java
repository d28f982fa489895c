package org.kopuro.access;

import java.util.UUID;

/** Identifies one connection; a participant that is connected anew gets another one. */
public record ConnectionId(UUID value) {
}
