/**
 * What participants are told about the consents that they hold.
 *
 * <h2>Concepts</h2>
 * A <em>consent event</em> says that a consent stopped, paused or works again, when and why; never a token's text. It has an id, by which receivers tell repeats, and
 * a <em>sequence</em> number of its participant in its contour. It is delivered until it is <em>acknowledged</em>: pushed to the subsystem's <em>callback</em>, or fetched.
 *
 * <h2>Package specification</h2>
 * An event is written in the transaction of what happened; numbers are given afterwards, to what is committed, without gaps: whoever has read up to a number has missed nothing
 * below it. Pushing and fetching speak Security Event Tokens (RFC 8417), signed with the authority's key, by RFC 8935 and RFC 8936. Delivery is at least once. Attempts follow
 * after a minute, then two, four, up to six hours, for 72 hours [data]; then the event is overdue: told to the staff, and still there to be fetched.
 *
 * <h2>Design notes</h2>
 * Stopping never depends on this (CON-122). Sources: CON-55, CON-120 to CON-122, P01 to P05.
 */
package org.kopuro.consent.events;
