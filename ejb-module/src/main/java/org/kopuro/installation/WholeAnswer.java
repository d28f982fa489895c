package org.kopuro.installation;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One attempt over HTTP that ends in time and takes no more memory than it may, whatever the other side does. The JDK's own time limit of a request ends with the head of
 * the answer; a body may take for ever.
 */
public final class WholeAnswer {

    private WholeAnswer() {
    }

    /**
     * @param octetsMax of the body; of a longer one it has one octet more
     * @throws HttpTimeoutException when not all of it was there in time
     * @throws IOException          of the client, as it threw it
     */
    public static HttpResponse<byte[]> of(HttpClient http, HttpRequest request, int octetsMax, Duration patience) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, info -> new LimitedBody(octetsMax));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
