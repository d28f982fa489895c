package org.kopuro.exchange.repetition;

/**
 * How well the calls of a participant are made.
 *
 * @param calls      that were counted; all else is a number of them
 * @param ownId      had an id that none of the others had, counting each repeated id once
 * @param uuid       had a UUID as id, which X-Road recommends
 * @param userNamed  named the person who caused them (ACC-O16)
 * @param wellFormed asked a question of the right form, whatever the answer was
 * @param malformed  messages besides, too malformed to be calls, that claimed to be the participant's; nobody has proved that
 */
public record CallQuality(long calls, long ownId, long uuid, long userNamed, long wellFormed, long malformed) {

    private static final int MEASURES = 3;
    private static final int PERCENT = 100;

    /** The mean of the shares of calls with an id of their own, a person, and a well-formed question, in percent, rounded down; 100 of no calls. */
    public int score() {
        return calls == 0 ? PERCENT : (int) (PERCENT * (ownId + userNamed + wellFormed) / (MEASURES * calls));
    }
}
