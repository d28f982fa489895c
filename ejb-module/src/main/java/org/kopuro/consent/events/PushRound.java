package org.kopuro.consent.events;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Pushes what is due (RFC 8935). Outside a transaction: while participants' servers are waited for, no connection to the database is held. All servers are asked
 * at once, each for one event after another, so that a turn takes as long as the slowest server and not as long as all dead ones together. What fails at a
 * server is the last of this turn there.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PushRound {

    private static final int ACCEPTED = 202;
    private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).followRedirects(HttpClient.Redirect.NEVER).build();

    @Inject
    private PushQueue queue;
    @Inject
    private EventTokens tokens;

    private final Duration patience;

    public PushRound() {
        patience = Duration.ofSeconds(10);
    }

    PushRound(PushQueue queue, EventTokens tokens, Duration patience) {
        this.queue = queue;
        this.tokens = tokens;
        this.patience = patience;
    }

    /** How many events were acknowledged. */
    public int turn() {
        Map<String, Deque<Push>> lines = new LinkedHashMap<>();
        for (Receiver receiver : queue.receivers()) {
            queue.claim(receiver).forEach(push -> lines.computeIfAbsent(push.event().participant().value() + " " + push.url(), line -> new ArrayDeque<>()).add(push));
        }
        int pushed = 0;
        while (!lines.isEmpty()) {
            pushed += pushFirstOfEach(lines.values());
            lines.values().removeIf(Deque::isEmpty);
        }
        return pushed;
    }

    private int pushFirstOfEach(Collection<Deque<Push>> lines) {
        Map<Deque<Push>, CompletableFuture<String>> attempts = new LinkedHashMap<>();
        lines.forEach(line -> attempts.put(line, attempt(line.peek())));
        int pushed = 0;
        for (Map.Entry<Deque<Push>, CompletableFuture<String>> attempt : attempts.entrySet()) {
            Push push = attempt.getKey().poll();
            String problem = attempt.getValue().join();
            if (problem.isEmpty()) {
                queue.pushed(push);
                pushed++;
            } else {
                queue.failed(push, problem);
                attempt.getKey().clear();
            }
        }
        return pushed;
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
