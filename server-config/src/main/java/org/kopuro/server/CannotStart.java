package org.kopuro.server;

import static java.util.Objects.requireNonNull;

/** An expected reason to stop: its message is the sentence a person reads, its obstacle decides the exit code. */
public final class CannotStart extends RuntimeException {

    private final Obstacle obstacle;

    public CannotStart(Obstacle obstacle, String sentence) {
        super(sentence);
        this.obstacle = requireNonNull(obstacle);
    }

    public CannotStart(Obstacle obstacle, String sentence, Throwable cause) {
        super(sentence, cause);
        this.obstacle = requireNonNull(obstacle);
    }

    public Obstacle obstacle() {
        return obstacle;
    }
}
