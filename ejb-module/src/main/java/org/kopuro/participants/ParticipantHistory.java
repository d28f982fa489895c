package org.kopuro.participants;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Inn;

/**
 * What a participant's record said from a moment on, and who made it say so (ACC-1, ACC-46).
 *
 * @param number    of the event, from 1
 * @param actor     empty for the system, and where nobody recorded it yet
 * @param actorRole the role in which it was done; {@code NOT_RECORDED} of registrations from before this was kept
 * @param request   by whose grant it changed; none of a registration
 */
public record ParticipantHistory(int number, ParticipantEvent event, Instant at, Optional<UUID> actor, String actorRole, Optional<UUID> request, String reason,
        String fullName, String noticeEmail, Optional<Ogrn> ogrn, Optional<Inn> inn, Optional<RussianInn> russianInn, List<NewContact> contacts) {
}
