/**
 * How the authority forgets what it had of consents.
 *
 * <h2>Concepts</h2>
 * To <em>erase</em> a row is to empty its personal fields, once and all of them: numbers and names of people, texts that somebody typed, digests from which either could be guessed, the
 * octets of files. The row stays as a row of what happened, and the ledger stays as it is, with keyed hashes. A <em>round</em> erases a bounded number of each kind.
 *
 * <h2>Package specification</h2>
 * Nothing is erased before its term is over, by the earlier of this node's clock and the database's; terms are rows of {@code consent.retention}. A round is a transaction with one entry of
 * the ledger, which holds counts and nobody's data. One node erases at a time; a round that is interrupted leaves nothing half done, and the next one goes on.
 *
 * <h2>Design notes</h2>
 * What is due and what is emptied stands in the database alone ({@code consent.erase}), because the application has no right to change what is erased (decision 0032). Sources: CON-36,
 * CON-146, CON-147.
 */
package org.kopuro.consent.retention;
