/**
 * What was said in a call, kept so that it can be proved years later, and taken out as one signed file.
 *
 * <h2>Concepts</h2>
 * The <em>message log</em> holds request and answer of every recorded call, octet by octet as they were exchanged, with their
 * signatures. <em>Evidence</em> of a call is an ASiC-E container (ETSI EN 319 162-1) of both, the decision, the caller's
 * certificate and, once there is one, the ledger's receipt, signed by the authority.
 *
 * <h2>Package specification</h2>
 * No answer of a recorded call leaves before its messages are committed. Octets lie in the database encrypted under a key
 * that is not in it, because a request holds the token's text: they are read by auditors only (CON-38), and every reading is
 * recorded (CON-115).
 *
 * <h2>Design notes</h2>
 * Decision 0010. The application can add messages and read them; it cannot change them, and removes their octets only through a
 * function of the database that knows the dates itself.
 */
package org.kopuro.exchange.evidence;
