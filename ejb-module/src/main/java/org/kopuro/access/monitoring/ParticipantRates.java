package org.kopuro.access.monitoring;

import java.util.List;
import java.util.Optional;
import org.kopuro.participants.ParticipantId;

/** How a participant's calls fared, service by service (ACC-O8). */
public record ParticipantRates(ParticipantId participant, List<ServiceRate> services) {

    /** @param service empty for what the catalogue does not know */
    public record ServiceRate(Optional<String> service, Rate rate) {
    }

    public Rate total() {
        return services.stream().map(ServiceRate::rate).reduce(Rate.NONE, Rate::plus);
    }
}
