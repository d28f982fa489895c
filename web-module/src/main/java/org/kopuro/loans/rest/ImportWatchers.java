package org.kopuro.loans.rest;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.imports.ImportRefusal;
import org.kopuro.loans.imports.ImportView;
import org.kopuro.loans.imports.Imports;

/** Programs that watch imports on this node (LOAN-93). Nobody holds a thread: each is looked after once a second, and told what is new. */
@ApplicationScoped
public class ImportWatchers {

    private static final int WATCHERS_MAX = 100;
    /** Of one participant: no bank takes the places of all others. */
    private static final int WATCHERS_OF_ONE_MAX = 5;
    private static final Duration LIFE = Duration.ofMinutes(10);
    /** So that whatever stands between does not take it for dead. */
    private static final int SILENT_SECONDS_MAX = 15;

    @Resource
    private ManagedScheduledExecutorService executor;
    @Inject
    private Imports imports;
    @Inject
    private Clock clock;

    private final AtomicInteger watching = new AtomicInteger();
    private final Map<LoanRates.Asker, Integer> watchingOfOne = new ConcurrentHashMap<>();

    /** Refused where too many watch, of all or of this one. */
    void watch(LoanRates.Asker asker, ImportView now, SseEventSink sink, Sse sse) {
        enter(asker);
        Watcher watcher = new Watcher(asker, now, sink, sse);
        boolean begun = false;
        try {
            watcher.begin();
            begun = true;
        } finally {
            if (!begun) {
                watcher.end();
            }
        }
    }

    void enter(LoanRates.Asker asker) {
        watchingOfOne.compute(asker, (one, before) -> {
            if (before != null && before >= WATCHERS_OF_ONE_MAX) {
                throw Refusal.of(ImportRefusal.IMPORT_WATCHERS_TOO_MANY);
            }
            return before == null ? 1 : before + 1;
        });
        if (watching.incrementAndGet() > WATCHERS_MAX) {
            leave(asker);
            throw Refusal.of(ImportRefusal.IMPORT_WATCHERS_TOO_MANY);
        }
    }

    void leave(LoanRates.Asker asker) {
        watching.decrementAndGet();
        watchingOfOne.computeIfPresent(asker, (one, before) -> before == 1 ? null : before - 1);
    }

    private final class Watcher {

        private final LoanRates.Asker asker;
        private final SseEventSink sink;
        private final Sse sse;
        private final Instant until = clock.instant().plus(LIFE);
        private ImportView told;
        private int silent;
        private ScheduledFuture<?> turns;
        private boolean ended;

        Watcher(LoanRates.Asker asker, ImportView now, SseEventSink sink, Sse sse) {
            this.asker = asker;
            this.told = now;
            this.sink = sink;
            this.sse = sse;
        }

        synchronized void begin() {
            tell(told);
            if (told.state().ended()) {
                end();
            } else {
                turns = executor.scheduleWithFixedDelay(this::turn, 1, 1, TimeUnit.SECONDS);
            }
        }

        private synchronized void turn() {
            if (ended) {
                return;
            }
            boolean whole = false;
            try {
                ImportView now = imports.get(told.id(), told.contour(), Optional.of(told.bank()));
                if (!now.equals(told)) {
                    tell(now);
                } else if (++silent >= SILENT_SECONDS_MAX) {
                    silent = 0;
                    sink.send(sse.newEventBuilder().comment("still at it").build());
                }
                whole = !now.state().ended() && !sink.isClosed() && clock.instant().isBefore(until);
            } finally {
                if (!whole) {
                    end();
                }
            }
        }

        private void tell(ImportView now) {
            told = now;
            silent = 0;
            sink.send(sse.newEventBuilder().name("progress").mediaType(MediaType.APPLICATION_JSON_TYPE).data(String.class, ImportJson.of(now).build().toString()).build());
        }

        synchronized void end() {
            if (!ended) {
                ended = true;
                leave(asker);
                if (turns != null) {
                    turns.cancel(false);
                }
                sink.close();
            }
        }
    }
}
