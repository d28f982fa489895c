package org.kopuro.access.monitoring;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.kopuro.kernel.Contour;

/**
 * What every subsystem has presented of unknown tokens, here at once and on other nodes as they tell: so many are forgiven, then as many a minute as make them up in the same
 * time. A node that starts forgives what was before.
 */
final class UnknownTokens {

    /** So many from one subsystem, in so much time, are forgiven; afterwards one a minute (CON-45). [data] */
    static final int FORGIVEN = 10;
    static final Duration FORGIVEN_IN = Duration.ofMinutes(10);

    private record Presenter(Contour contour, UUID subsystem) {
    }

    private record Told(UUID node, Instant minute, Presenter presenter) {
    }

    private final UUID node = UUID.randomUUID();
    private final TimeMeter time;
    private final Map<Presenter, Bucket> buckets = new ConcurrentHashMap<>();
    /** Own ones of the last minutes; told again and again, so that nothing is lost where telling fails. */
    private final Map<Told, Integer> own = new ConcurrentHashMap<>();
    /** What others told that is in the buckets already; empty until they were heard once. */
    private Optional<Map<Told, Integer>> heard = Optional.empty();

    UnknownTokens(TimeMeter time) {
        this.time = time;
    }

    /** How long until one more is forgiven; 0 for now. */
    long nanosToWait(Contour contour, UUID subsystem) {
        Bucket bucket = buckets.get(new Presenter(contour, subsystem));
        return bucket == null ? 0 : bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    }

    void saw(Contour contour, UUID subsystem, Instant now) {
        Presenter presenter = new Presenter(contour, subsystem);
        take(presenter, 1);
        own.merge(new Told(node, now.truncatedTo(ChronoUnit.MINUTES), presenter), 1, Integer::sum);
    }

    List<UnknownTokenCount> tell(Instant now) {
        own.keySet().removeIf(told -> told.minute().isBefore(now.minus(FORGIVEN_IN)));
        return own.entrySet().stream().map(one -> new UnknownTokenCount(node, one.getKey().minute(), one.getKey().presenter().contour(), one.getKey().presenter().subsystem(), one.getValue())).toList();
    }

    synchronized void hear(List<UnknownTokenCount> all) {
        Map<Told, Integer> now = new HashMap<>();
        all.stream().filter(count -> !count.node().equals(node))
                .forEach(count -> now.put(new Told(count.node(), count.minute(), new Presenter(count.contour(), count.subsystem())), count.tokens()));
        heard.ifPresent(before -> now.forEach((told, tokens) -> take(told.presenter(), tokens - before.getOrDefault(told, 0))));
        heard = Optional.of(now);
        buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= FORGIVEN);
    }

    /** What an empty bucket cannot give is forgotten: the refusals stop it from falling behind. */
    private void take(Presenter presenter, int tokens) {
        if (tokens > 0) {
            buckets.computeIfAbsent(presenter, one -> Bucket.builder()
                    .addLimit(limit -> limit.capacity(FORGIVEN).refillGreedy(FORGIVEN, FORGIVEN_IN)).withCustomTimePrecision(time).build()).tryConsumeAsMuchAsPossible(tokens);
        }
    }
}
