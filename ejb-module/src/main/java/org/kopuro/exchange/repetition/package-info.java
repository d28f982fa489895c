/**
 * Message ids that come twice, and how well a participant's messages are made.
 *
 * <h2>Concepts</h2>
 * In practice {@code xrd:id} is not unique: clients send {@code 1}, a question mark, or one id for ever. What is done about that is a participant's <em>policy</em>: its
 * repeated ids are <em>observed</em>, <em>warned</em> of beside the answer, or <em>refused</em>. The <em>quality</em> of its calls is how many of them had an id of their own,
 * named the person who caused them, and asked a question of the right form.
 *
 * <h2>Package specification</h2>
 * Nobody has a policy until an official sets one; then its ids are remembered for as many minutes as the rule says, from the next call on. A repeated <em>signed message</em> is
 * something else, is refused always, and is older than this: {@code exchange.replay}. Ids count for the subsystem and contour that sent them, once its certificate was found
 * good, whatever became of the call; whoever is refused sends another id. Under OBSERVE nothing is written: the usage log knows all ids.
 *
 * <p>Quality is read from the usage log, hence of authenticated calls, of the newest {@link org.kopuro.exchange.repetition.Repetitions#CALLS_MAX} within the days asked for. The
 * score is the mean of three shares in percent, no more; messages too malformed to be a call prove no sender, and are counted beside it, as claimed.
 *
 * <h2>Design notes</h2>
 * Ids are remembered in the statement that admits a call; a key of the database decides between two nodes (decision 0029). Source: xroad.md §1, §13.
 */
package org.kopuro.exchange.repetition;
