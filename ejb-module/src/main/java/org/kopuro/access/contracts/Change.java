package org.kopuro.access.contracts;

/** What a change does to the set of valid messages. */
enum Change {
    WIDER, NARROWER, OTHER;

    /** Who speaks decides what hurts. */
    enum Direction {
        REQUEST, ANSWER
    }

    Effect in(Direction direction) {
        return this == (direction == Direction.REQUEST ? WIDER : NARROWER) ? Effect.COMPATIBLE : Effect.BREAKING;
    }

    /** Of a property that is now there, and only lets less pass than nothing does. */
    static Change ofRestriction(boolean nowThere) {
        return nowThere ? NARROWER : WIDER;
    }
}
