/**
 * The command behind {@code bin/witness}: follows a ledger from outside, verifies that each checkpoint continues the last one, co-signs
 * it (c2sp.org/tlog-cosignature), and raises the alarm when the ledger contradicts itself. It may keep a mirror, too.
 *
 * <p>Concepts: a {@link org.kopuro.witness.Round} looks at the newest checkpoint once; {@link org.kopuro.witness.State} is what must
 * survive a crash; a {@link org.kopuro.witness.Contradiction} is proof against the ledger, {@link org.kopuro.witness.Trouble} is not.
 *
 * <h2>Package specification</h2>
 * <ul>
 *   <li>Nothing that the ledger's server says is trusted, proofs neither: consistency is calculated from tiles.
 *   <li>What is co-signed is on the disk before anybody can see it: never two roots for a size, never fewer entries than before.
 *   <li>After an alarm nothing is co-signed until a person has removed it.
 *   <li>No method takes or returns null; what may be absent is an {@code Optional}.
 * </ul>
 */
package org.kopuro.witness;
