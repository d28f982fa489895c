package org.kopuro.access.staff;

import java.time.Instant;
import java.util.UUID;
import org.kopuro.notices.NoticeKind;

/** What nobody of the authority was told, because there was no unit. */
public record Untold(NoticeKind kind, String procedure, String aboutKind, UUID aboutId, String number, Instant at) {
}
