package org.kopuro.notices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/** A notice as it was written, and where it has got to. {@code readAt}: when it was first opened in the cabinet. */
public record NoticeView(UUID id, NoticeKind kind, String procedure, Language language, Optional<Contour> contour, Optional<UUID> participant,
        String aboutKind, UUID aboutId, String subject, String body, Instant writtenAt, Optional<Instant> dueAt, Optional<Instant> readAt,
        List<Delivery> deliveries) {

    public NoticeView {
        deliveries = List.copyOf(deliveries);
    }

    /** The way to one address. {@code problem}: what the last failure was, as a word and the mail server's codes. {@code deliveredAt}: when its
     * arrival was reported; {@code bouncedAt}: when it came back, and then it was never sent. */
    public record Delivery(UUID id, String address, DeliveryState state, Instant createdAt, int attempts, Optional<String> problem,
            Optional<Instant> sentAt, Optional<Instant> deliveredAt, Optional<Instant> bouncedAt, boolean superseded) {
    }

    /** When the first address was reached; empty while none was. */
    public Optional<Instant> firstSentAt() {
        return deliveries.stream().flatMap(delivery -> delivery.sentAt().stream()).min(Instant::compareTo);
    }

    /** When the last address was reached; empty while one was not, leaving aside what an officer replaced. */
    public Optional<Instant> sentToAllAt() {
        List<Delivery> counting = deliveries.stream().filter(delivery -> !delivery.superseded()).toList();
        return counting.stream().allMatch(delivery -> delivery.state() == DeliveryState.SENT)
                ? counting.stream().flatMap(delivery -> delivery.sentAt().stream()).max(Instant::compareTo) : Optional.empty();
    }
}
