/**
 * Whom of the authority's people the system tells.
 *
 * <h2>Concepts</h2>
 * A <em>unit</em> looks after a contour, or after one procedure there; it has addresses, and a <em>head</em> with addresses of its own. A procedure's own unit
 * comes before the one for all.
 *
 * <h2>Package specification</h2>
 * Units are dated data: one holds from its first day until the next one's, nothing is edited, and every change is an entry of the ledger, without its addresses.
 * What is told goes out as any notice does (ACC-80), in the unit's language. Where nobody is there to be told, that is kept to be seen, and nothing fails for it.
 *
 * <h2>Design notes</h2>
 * Units are addresses, not accounts: who reads a unit's mailbox is the authority's own matter. Sources: ACC-34, N19.
 */
package org.kopuro.access.staff;
