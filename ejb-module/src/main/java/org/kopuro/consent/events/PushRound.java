package org.kopuro.consent.events;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * Pushes what is due (RFC 8935). Outside a transaction: while a participant's server is waited for, no connection to the database is held. What fails at a server
 * stops this turn's events for it; the other participants' go on.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PushRound {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ACCEPTED = 202;
    private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).followRedirects(HttpClient.Redirect.NEVER).build();

    @Inject
    private PushQueue queue;
    @Inject
    private EventTokens tokens;

    public PushRound() {
    }

    PushRound(PushQueue queue, EventTokens tokens) {
        this.queue = queue;
        this.tokens = tokens;
    }

    /** How many events were acknowledged. */
    public int turn() {
        int pushed = 0;
        for (Receiver receiver : queue.receivers()) {
            pushed += push(queue.claim(receiver));
        }
        return pushed;
    }

    private int push(List<Push> pushes) {
        int pushed = 0;
        for (Push push : pushes) {
            String problem = attempt(push);
            if (problem.isEmpty()) {
                queue.pushed(push);
                pushed++;
            } else {
                queue.failed(push, problem);
                queue.release(push.lease());
                break;
            }
        }
        return pushed;
    }

    /** Empty where the receiver has taken it. */
    private String attempt(Push push) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(push.url())).timeout(PATIENCE).header("Content-Type", "application/secevent+jwt").header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(tokens.sign(push.event()))).build();
        try {
            int status = CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == ACCEPTED ? "" : "HTTP " + status;
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "Interrupted";
        }
    }
}
