/**
 * Calls other agencies' services through our Security Server.
 *
 * <h2>Concepts</h2>
 * A <em>peer</em> is a service of another member of the exchange, known by its X-Road address. A <em>call</em> is one question to it with one message id, whatever
 * attempts it takes. An <em>outage</em> is that nobody answered; a peer that answers "no" has answered.
 *
 * <h2>Package specification</h2>
 * A call has at most three attempts and one patience over all of them. It is tried again when nothing left our side, or when its asker says that it is
 * <em>repeatable</em>; never once time is up, and never because a peer refused. Attempts of one call carry one message id. A peer whose calls mostly end in
 * outages rests: for half a minute calls to it are refused at once, then two are let through as a trial. Each peer rests for itself, on each node for itself.
 * Before a message leaves, an entry of the ledger is committed, and after the call a second one with its outcome; a call of which only the first
 * exists was cut short by the end of its node. Of an answer its header is compared with what was asked. Nothing of a peer's own words is shown except its fault's code.
 *
 * <h2>Design notes</h2>
 * Between us and the Security Server is HTTPS with our certificate; it signs for us, so that these messages carry no WS-Security. The server is known by the very
 * certificate that the operator took from it. Decision 0023 tells why the envelope is written here and which libraries count outages. Source: reference xroad.
 */
package org.kopuro.outgoing;
