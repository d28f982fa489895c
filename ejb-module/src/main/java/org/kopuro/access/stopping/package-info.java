/**
 * What participants show in TEST before PRODUCTION opens services to them that take a token (CON-160).
 *
 * <h2>Concepts</h2>
 * A <em>fact</em> is one thing that a subsystem has shown, or has not yet: that it acknowledges notices of revocation, expiry and freeze, that it makes no calls with what it was
 * told has stopped, that it handles every refusal of CON-42.
 *
 * <h2>Package specification</h2>
 * Facts are never written: they are read from notices, uses and accepted reports as of a moment. An acknowledgement shows its kind once the 24 hours after it are over. A call
 * with a stopped token in those hours sets at naught what was acknowledged before it. Where the procedure's version waives the proof, the one fact is that it does.
 * The proof is of a subsystem, as tokens are; of one that PRODUCTION is to add, nothing is shown yet.
 *
 * <h2>Design notes</h2>
 * The database computes the facts and refuses a right without them; Java explains it. Decision 0031 says for whom they are demanded.
 */
package org.kopuro.access.stopping;
