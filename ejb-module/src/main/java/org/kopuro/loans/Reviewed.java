package org.kopuro.loans;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A review of a pair, and whose it is.
 *
 * @param bank      of the other loan
 * @param programme under which it was made, of which one of the two may be no more
 */
record Reviewed(UUID bank, String programme, DuplicateReview review) {

    /**
     * Of its own pairs a bank is told all; of those with others, how many there are is their business: as of one pair, with what stands longest and when it was found last. A regulator is told what was
     * found under its programmes.
     */
    static List<DuplicateReview> seen(List<Reviewed> all, Viewer viewer) {
        List<DuplicateReview> seen = new ArrayList<>(all.stream().filter(one -> viewer.bank().map(one.bank()::equals).orElse(true) && viewer.programmes().map(own -> own.contains(one.programme())).orElse(true))
                .map(Reviewed::review).toList());
        if (viewer.bank().isPresent()) {
            List<DuplicateReview> others = all.stream().filter(one -> !one.bank().equals(viewer.bank().get()) && viewer.programmes().map(own -> own.contains(one.programme())).orElse(true)).map(Reviewed::review).toList();
            others.stream().map(DuplicateReview::outcome).min(DuplicateReview.Outcome::compareTo)
                    .ifPresent(gravest -> seen.add(DuplicateReview.withoutTheOther(gravest, others.stream().map(DuplicateReview::at).max(Instant::compareTo).orElseThrow())));
        }
        return seen;
    }
}
