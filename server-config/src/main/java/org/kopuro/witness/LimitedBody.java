package org.kopuro.witness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A body up to a length; a longer one is not read to its end. */
final class LimitedBody implements BodySubscriber<byte[]> {

    private final int lengthMax;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private Flow.Subscription subscription;

    LimitedBody(int lengthMax) {
        this.lengthMax = lengthMax;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            if (read.size() + part.remaining() > lengthMax) {
                subscription.cancel();
                body.completeExceptionally(new IOException("more than " + lengthMax + " octets"));
                return;
            }
            byte[] octets = new byte[part.remaining()];
            part.get(octets);
            read.writeBytes(octets);
        }
    }

    @Override
    public void onError(Throwable e) {
        body.completeExceptionally(e);
    }

    @Override
    public void onComplete() {
        body.complete(read.toByteArray());
    }
}
