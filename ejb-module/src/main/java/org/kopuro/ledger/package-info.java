/**
 * The ledger: what was disclosed, decided and changed, in a Merkle tree that anyone can check without trusting us
 * ({@code docs/protocols/ledger.md}, decision 0009).
 *
 * <p>Life of an entry: business code calls {@link org.kopuro.ledger.Ledger#record} in its own transaction, and so the entry is committed
 * with what it tells of or not at all. Within a second the sequencer gives it the next index and publishes a signed checkpoint
 * that covers it. From then on there is a receipt for it; witnesses co-sign the checkpoint. Nothing is ever changed or removed.
 *
 * <p>Invariants: indices have no gap (trigger {@code without_gap}); an entry has one index ({@code leaf_entry_unique}); a checkpoint's leaves are
 * committed before anybody sees it; no personal value stands in clear ({@link org.kopuro.ledger.LedgerEvent#personal}).
 */
package org.kopuro.ledger;
