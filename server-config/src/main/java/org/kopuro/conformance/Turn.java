package org.kopuro.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.kopuro.access.conformance.ForwardedCall;

/** One question to the product, the replies to its requests, and what was heard. Threads of the listener write into it. */
final class Turn {

    /** More requests for one question are not listened to. */
    static final int REQUESTS_MAX = 50;

    private final String about;
    private final String service;
    private final String inn;
    private final Optional<String> token;
    private final List<Reply> replies;
    private final List<Heard> heard = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final List<ForwardedCall> forwarded = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private OptionalInt exitCode = OptionalInt.empty();

    /**
     * @param about   what is played, to begin a sentence about it
     * @param replies in their order; the last one is repeated
     */
    Turn(String about, String service, String inn, Optional<String> token, List<Reply> replies) {
        this.about = about;
        this.service = service;
        this.inn = inn;
        this.token = token;
        this.replies = List.copyOf(replies);
    }

    /** The reply that is due. */
    synchronized Reply hear(Heard request) {
        heard.add(request);
        return heard.size() > REQUESTS_MAX ? new Reply.Broken() : replies.get(Math.min(heard.size(), replies.size()) - 1);
    }

    /** Something that kept TEST from answering. */
    synchronized void trouble(String sentence) {
        troubles.add(sentence);
    }

    synchronized void forwarded(ForwardedCall call) {
        forwarded.add(call);
    }

    synchronized boolean isEnough() {
        return heard.size() > REQUESTS_MAX;
    }

    synchronized void end(OptionalInt code) {
        exitCode = code;
        ended.countDown();
    }

    CountDownLatch ended() {
        return ended;
    }

    synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }

    synchronized List<String> troubles() {
        return List.copyOf(troubles);
    }

    synchronized List<ForwardedCall> calls() {
        return List.copyOf(forwarded);
    }

    /** Empty when the product had to be ended. */
    synchronized OptionalInt exitCode() {
        return exitCode;
    }

    String about() {
        return about;
    }

    String service() {
        return service;
    }

    String inn() {
        return inn;
    }

    Optional<String> token() {
        return token;
    }

    boolean isForwarded() {
        return replies.get(0) instanceof Reply.Forwarded;
    }
}
