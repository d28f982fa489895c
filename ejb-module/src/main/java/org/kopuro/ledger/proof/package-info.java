/**
 * The formats and the arithmetic of the ledger's proofs, for whoever makes, publishes, co-signs or checks them. Pure: no
 * database, no server, no clock.
 *
 * <ul>
 *   <li>Tree: RFC 6962 §2.1. Leaf hash SHA-256(0x00 ‖ entry), node hash SHA-256(0x01 ‖ left ‖ right).
 *   <li>Proofs: RFC 9162 §2.1.3 and §2.1.4.
 *   <li>Tiles: c2sp.org/tlog-tiles, 256 hashes wide.
 *   <li>Checkpoints: c2sp.org/tlog-checkpoint in a c2sp.org/signed-note, Ed25519 (type 0x01); cosignatures by
 *       c2sp.org/tlog-cosignature, cosignature/v1 (type 0x04).
 *   <li>Receipts, consistency proofs as files, entries: docs/protocols/ledger.md.
 * </ul>
 *
 * <p>Everything that is read from others is refused with {@link org.kopuro.ledger.proof.Unproven}, which says what is wrong and where.
 */
package org.kopuro.ledger.proof;
