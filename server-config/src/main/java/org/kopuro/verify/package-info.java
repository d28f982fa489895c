/**
 * The command behind {@code bin/verify}: checks receipts, the growth from one checkpoint to the next, and whole copies of a ledger. It
 * needs no database, no server and no network.
 *
 * <p>Concepts: {@link org.kopuro.verify.Verify} reads the command line and decides by what is named which check is due;
 * {@link org.kopuro.verify.Copy} is a folder in the layout of c2sp.org/tlog-tiles; {@link org.kopuro.verify.Trust} holds the keys.
 * The arithmetic and the formats are those of {@code org.kopuro.ledger.proof}.
 *
 * <h2>Package specification</h2>
 * <ul>
 *   <li>What is read is never trusted: every file has a limit, and only regular files are opened.
 *   <li>A check ends at the first thing that is wrong, and names it in one sentence.
 *   <li>No method takes or returns null; what may be absent is an {@code Optional}.
 * </ul>
 */
package org.kopuro.verify;
