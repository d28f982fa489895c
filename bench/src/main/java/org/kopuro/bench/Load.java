package org.kopuro.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A closed loop: so many connections, each sending its next message when the answer to the last one is there. */
final class Load {

    private final int port;
    private final int connections;

    Load(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /** @param firstError what the first wrong answer said, or null */
    record Outcome(int calls, int errors, double seconds, double p50Millis, double p99Millis, String firstError) {

        double perSecond() {
            return calls / seconds;
        }
    }

    /** Ends after the time, or earlier when there are no more messages. */
    Outcome run(List<Messages.Message> messages, double seconds) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger errors = new AtomicInteger();
        AtomicReference<String> firstError = new AtomicReference<>();
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long begun = System.nanoTime();
            long end = begun + (long) (seconds * 1e9);
            List<Callable<long[]>> loops = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                loops.add(() -> loop(messages, next, end, errors, firstError));
            }
            List<Future<long[]>> futures = threads.invokeAll(loops);
            double took = (System.nanoTime() - begun) / 1e9;
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> future : futures) {
                all.add(future.get());
            }
            long[] latencies = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Outcome(latencies.length, errors.get(), took, percentile(latencies, 0.50), percentile(latencies, 0.99), firstError.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private long[] loop(List<Messages.Message> messages, AtomicInteger next, long end, AtomicInteger errors, AtomicReference<String> firstError)
            throws IOException {
        long[] latencies = new long[messages.size()];
        int count = 0;
        try (Wire wire = new Wire(port)) {
            while (System.nanoTime() < end) {
                int index = next.getAndIncrement();
                if (index >= messages.size()) {
                    break;
                }
                Messages.Message message = messages.get(index);
                long sent = System.nanoTime();
                Wire.Told told = wire.call(message.octets());
                long took = System.nanoTime() - sent;
                if (told.status() == 200 && message.markers().stream().allMatch(told::holds)) {
                    latencies[count++] = took;
                } else {
                    errors.incrementAndGet();
                    firstError.compareAndSet(null, told.toString());
                }
            }
        }
        return Arrays.copyOf(latencies, count);
    }

    private static double percentile(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))] / 1e6;
    }
}
