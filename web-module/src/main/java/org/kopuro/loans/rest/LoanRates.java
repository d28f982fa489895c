package org.kopuro.loans.rest;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.kopuro.accounts.SignedIn;
import org.kopuro.installation.Installation;
import org.kopuro.installation.RequestLimits;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.LoanRefusal;

/** How fast each participant may ask this node, and how many files it may have coming or going at one time; in memory, on the monotonic clock (decision 0014). */
@ApplicationScoped
class LoanRates {

    private static final Duration FILE_PATIENCE = Duration.ofSeconds(5);

    /**
     * Who is counted together.
     *
     * @param id of the participant; of an account that has none, its own
     */
    record Asker(Contour contour, UUID id) {
        static Asker of(SignedIn who) {
            return new Asker(who.contour(), who.participant().orElse(who.account()));
        }
    }

    private RequestLimits limits;
    private TimeMeter time;
    /** As many as there are participants and officials. */
    private final Map<Asker, Bucket> buckets = new ConcurrentHashMap<>();
    private final Map<Asker, Integer> files = new ConcurrentHashMap<>();

    protected LoanRates() {
    }

    @Inject
    LoanRates(Installation installation) {
        this(installation.loanRequests(), TimeMeter.SYSTEM_NANOTIME);
    }

    LoanRates(RequestLimits limits, TimeMeter time) {
        this.limits = limits;
        this.time = time;
    }

    /** Counts a request, or refuses it: one that is refused counts for nothing. */
    void admit(Asker asker, Instant now) {
        ConsumptionProbe probe = buckets.computeIfAbsent(asker, one -> bucket()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            Instant until = now.plusNanos(probe.getNanosToWaitForRefill()).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
            throw Refusal.of(LoanRefusal.LOAN_RATE_LIMITED, "limit.requestsPerSecond", limits.perSecond(), until.toString()).retryAfter(until);
        }
    }

    private Bucket bucket() {
        return Bucket.builder().addLimit(limit -> limit.capacity(limits.burst()).refillGreedy(limits.perSecond(), Duration.ofSeconds(1))).withCustomTimePrecision(time).build();
    }

    /** Counts a file until {@link #endFile}, or refuses it. */
    void beginFile(Asker asker, Instant now) {
        files.compute(asker, (one, going) -> {
            if (going != null && going >= limits.filesAtOnce()) {
                throw Refusal.of(LoanRefusal.LOAN_FILES_AT_ONCE, "limit.filesAtOnce", limits.filesAtOnce()).retryAfter(now.plus(FILE_PATIENCE));
            }
            return going == null ? 1 : going + 1;
        });
    }

    void endFile(Asker asker) {
        files.computeIfPresent(asker, (one, going) -> going == 1 ? null : going - 1);
    }
}
