package org.kopuro.consent.events;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Pushes what is due (RFC 8935). Outside a transaction: while participants' servers are waited for, no connection to the database is held. All servers are asked
 * at once, each for one event after another and at its own pace, until the turn is over: so a slow one keeps no other waiting for longer than that. What fails at a
 * server is the last of this turn there. Only the turn's own thread speaks to the database.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PushRound {

    private static final int ACCEPTED = 202;
    /** Much less than what was claimed is leased for. */
    private static final Duration TURN = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).followRedirects(HttpClient.Redirect.NEVER).build();

    @Inject
    private PushQueue queue;
    @Inject
    private EventTokens tokens;
    @Inject
    private Clock clock;

    private final Duration patience;

    public PushRound() {
        patience = Duration.ofSeconds(10);
    }

    PushRound(PushQueue queue, EventTokens tokens, Clock clock, Duration patience) {
        this.queue = queue;
        this.tokens = tokens;
        this.clock = clock;
        this.patience = patience;
    }

    /** An attempt that is over, and what is left at that server. */
    private record Attempt(Deque<Push> line, Push push, String problem) {
    }

    /** How many events were acknowledged. What was not reached in this turn is left to the next. */
    public int turn() {
        Instant end = clock.instant().plus(TURN);
        Map<String, Deque<Push>> lines = new LinkedHashMap<>();
        for (Receiver receiver : queue.receivers()) {
            queue.claim(receiver).forEach(push -> lines.computeIfAbsent(receiver + " " + push.url(), line -> new ArrayDeque<>()).add(push));
        }
        BlockingQueue<Attempt> over = new LinkedBlockingQueue<>();
        lines.values().forEach(line -> begin(line, over));
        int pushed = 0;
        for (int open = lines.size(); open > 0; ) {
            Attempt attempt = next(over);
            if (attempt.problem().isEmpty()) {
                queue.pushed(attempt.push());
                pushed++;
            } else {
                queue.failed(attempt.push(), attempt.problem());
                attempt.line().clear();
            }
            if (!attempt.line().isEmpty() && clock.instant().isBefore(end)) {
                begin(attempt.line(), over);
            } else {
                attempt.line().stream().findFirst().ifPresent(queue::leave);
                open--;
            }
        }
        return pushed;
    }

    private void begin(Deque<Push> line, BlockingQueue<Attempt> over) {
        Push push = line.poll();
        attempt(push).whenComplete((problem, failure) -> over.add(new Attempt(line, push, failure == null ? problem : failure.getClass().getSimpleName())));
    }

    /** Each attempt ends, so this waits for the patience with one server at most. */
    private static Attempt next(BlockingQueue<Attempt> over) {
        try {
            return over.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The node stops; what was claimed is pushed when its lease is over.", e);
        }
    }

    /** Completes in time whatever the server does, with nothing where it has taken the event. The request's own time would end with the head of the answer; a body may take for ever. */
    private CompletableFuture<String> attempt(Push push) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(push.url())).header("Content-Type", "application/secevent+jwt").header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(tokens.sign(push.event()))).build();
        CompletableFuture<HttpResponse<Void>> answer = CLIENT.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        return answer.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).handle((response, failure) -> {
            if (failure == null) {
                return response.statusCode() == ACCEPTED ? "" : "HTTP " + response.statusCode();
            }
            answer.cancel(true);
            return (failure instanceof CompletionException ? failure.getCause() : failure).getClass().getSimpleName();
        });
    }
}
