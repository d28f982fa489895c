package org.kopuro.accessservices;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kopuro.access.requests.RequestView;
import org.kopuro.participants.SubsystemId;

/**
 * A request as its applicant sees it.
 *
 * @param subsystems the X-Road codes of the participant's subsystems
 * @param gaps       of the checklist: what no official has ticked
 * @param lacking    what else is not there yet that the grant presupposes
 * @param questions  that the applicant has to answer now
 * @param deadline   the next one, of either side; empty when nothing is owed or no calendar reaches so far
 */
public record RequestStanding(RequestView request, Map<SubsystemId, String> subsystems, List<Gap> gaps, List<Lack> lacking, Optional<String> questions, Optional<Instant> deadline) {

    /** An item of the checklist, in the applicant's language, and the paragraph that demands it. */
    public record Gap(String code, String text, String source) {
    }

    /** What is missing, in the applicant's language. */
    public record Lack(String code, String text) {
    }
}
