package org.kopuro.access.monitoring;

import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.kopuro.access.AccessRefusal;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/**
 * The limits on calls (ACC-96), decided in this node's memory: no call waits for a statement. A clock tells the other nodes what this one let pass, and reads what
 * they did. A refusal is {@code RATE_LIMITED}: the limit, its number, and from when on a call would pass.
 */
@ApplicationScoped
public class Limits {

    /** In place of a service: all operations together by which a subsystem minds its own access, consents included. */
    public static final String APPLICANTS = "*applicants";
    /** In place of a service: transfers of forms that were refused. */
    public static final String REFUSED_TRANSFERS = "*transfers";

    /** Monotonic: no jump of the clock stops a bucket from being filled. */
    private final TimeMeter time;
    private final Map<Caller, Tally> tallies = new ConcurrentHashMap<>();
    private final UnknownTokens unknownTokens;
    private volatile ThresholdTable table = ThresholdTable.EMPTY;
    private volatile LimitReading former;

    public Limits() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    Limits(TimeMeter time) {
        this.time = time;
        unknownTokens = new UnknownTokens(time);
    }

    /** Counts a call that access allows, or refuses it. Whatever is refused later has been work, and stays counted: its sender has proven who it is. */
    public void admit(Caller caller, Instant now) {
        tallies.computeIfAbsent(caller, one -> new Tally(time)).admit(table.of(caller), now).ifPresent(Limits::refuse);
    }

    /** As {@link #admit}, of what counts once it has come out badly: refuses while there is no room for one more, and counts nothing. */
    public void requireRoom(Caller caller, Instant now) {
        tallies.computeIfAbsent(caller, one -> new Tally(time)).full(table.of(caller), now).ifPresent(Limits::refuse);
    }

    /** Of what {@link #requireRoom} let pass, one has come out badly. */
    public void count(Caller caller, Instant now) {
        tallies.computeIfAbsent(caller, one -> new Tally(time)).count(now);
    }

    /** Refuses a call for which the day has no taxpayer left. */
    public void admitTaxpayer(Caller caller, String inn, Instant now) {
        tallies.computeIfAbsent(caller, one -> new Tally(time)).admitTaxpayer(table.of(caller), inn, now).ifPresent(Limits::refuse);
    }

    /** Something was disclosed of a taxpayer. Those that were only asked for count not: anybody can type numbers into a participant's product (decision 0020). */
    public void sawTaxpayer(Caller caller, String inn, Instant now) {
        tallies.computeIfAbsent(caller, one -> new Tally(time)).sawTaxpayer(table.of(caller), inn, now);
    }

    /**
     * Refuses a call of whoever has presented too many unknown tokens. For calls without a rightful token alone: anybody can type wrong ones into a participant's
     * product, and stops nobody else by that (decision 0020).
     */
    public void admitToken(Caller caller, Instant now) {
        long wait = unknownTokens.nanosToWait(caller.contour(), caller.subsystem());
        if (wait > 0) {
            refuse(new Tally.Reached("unknownTokens", UnknownTokens.FORGIVEN, now.plusNanos(wait)));
        }
    }

    /** A token was presented that nobody here made. */
    public void sawUnknownToken(Contour contour, UUID subsystem, Instant now) {
        unknownTokens.saw(contour, subsystem, now);
    }

    /** What the other nodes are to know of unknown tokens. */
    List<UnknownTokenCount> tellUnknownTokens(Instant now) {
        return unknownTokens.tell(now);
    }

    /** What all nodes have told of unknown tokens. */
    void hearUnknownTokens(List<UnknownTokenCount> all) {
        unknownTokens.hear(all);
    }

    private static void refuse(Tally.Reached reached) {
        Instant second = reached.until().truncatedTo(ChronoUnit.SECONDS);
        Instant until = second.equals(reached.until()) ? second : second.plusSeconds(1);
        throw Refusal.of(AccessRefusal.RATE_LIMITED, "limit." + reached.limit(), reached.ceiling(), until.toString()).retryAfter(until);
    }

    /** What the other nodes have not been told. */
    List<AdmittedCalls> tell() {
        return tallies.entrySet().stream().flatMap(one -> one.getValue().tell(one.getKey()).stream()).toList();
    }

    /** The former reading, unless some of what it said has been forgotten here. */
    Optional<LimitReading> former() {
        return Optional.ofNullable(former).filter(reading -> tallies.values().stream().noneMatch(Tally::lacksTaxpayers));
    }

    /** The others have been told. */
    void settle(LimitReading reading) {
        table = new ThresholdTable(reading.thresholds());
        former = new LimitReading(reading.at(), reading.day(), reading.hour(), reading.thresholds(), Map.of(), reading.wholeDay(), Map.of());
        Set<Caller> all = new HashSet<>(tallies.keySet());
        all.addAll(reading.totals().keySet());
        all.addAll(reading.taxpayers().keySet());
        for (Caller caller : all) {
            Optional<List<Long>> taxpayers = table.of(caller).taxpayersPerDay().map(limit -> reading.taxpayers().getOrDefault(caller, List.of()));
            tallies.computeIfAbsent(caller, one -> new Tally(time)).settle(reading, reading.totals().getOrDefault(caller, LimitReading.Total.NONE), taxpayers);
        }
    }
}
