/**
 * The procedures by which participants are connected, as dated data.
 *
 * <h2>Concepts</h2>
 * A <em>procedure</em> is an order of a tax authority: KG-147 (seed 003), RU-422-696 (001), RU-1221 (000). A <em>version</em> of it says, from its first
 * day on, how many working days each side has for what, what a request must show and a product be proved by, and on what grounds the authority may act of its
 * own accord. Its <em>provisions</em> tell participants in words to which contours it connects, who may apply, by which way, and where notices go.
 *
 * <h2>Package specification</h2>
 * A version that was published is never edited; the next one ends it (ACC-20). What began under a version is judged by it to the end (ACC-21), so
 * whatever has a life of its own keeps the number of its version. A version is published as a whole, for a day to come, by two officials or by the
 * owner's command ({@link org.kopuro.access.procedures.ProcedureProposals}, {@link org.kopuro.access.procedures.ProcedureCommand}); its document names
 * every rule. Calendar and titles are the procedure's and stay. What the orders leave open carries the source “data” or “decided” and is not asserted.
 *
 * <h2>Design notes</h2>
 * A change of law is a row, not code; code knows only which rules there can be. Days are those of the procedure's calendar.
 */
package org.kopuro.access.procedures;
