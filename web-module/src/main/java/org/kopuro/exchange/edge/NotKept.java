package org.kopuro.exchange.edge;

/** The messages of a call could not be written to the message log, so that its answer must not leave; trying again may help. */
public final class NotKept extends RuntimeException {

    public NotKept(RuntimeException cause) {
        super("the messages of a call were not kept", cause);
    }
}
