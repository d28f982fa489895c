/**
 * How services are used: counts, limits, and signals of misuse, which only people act upon.
 *
 * <h2>Concepts</h2>
 * A <em>use</em> is what was counted of a subsystem's calls of a service with one outcome in one hour (ACC-95). A <em>threshold</em> says how much a subsystem may
 * use a service; a <em>limit</em> is the threshold at work, refusing with {@code RATE_LIMITED} (ACC-96). A <em>rule</em> says what is worth a <em>signal</em>
 * (ACC-97); a signal opens an incident (ACC-98) and proposes a suspension, which an official takes up or dismisses.
 *
 * <h2>Package specification</h2>
 * Hours are UTC's, which are Asia/Bishkek's; days are Asia/Bishkek's. A limit of an hour or a day counts from its beginning, and a call that a limit refused counts
 * towards none. Whoever has not proven who calls takes nothing from anybody; taxpayers count once something of them is disclosed; wrong tokens stop wrong tokens, and
 * no rightful one (decision 0020). Operations by which a subsystem minds its own, and transfers of forms that are rejected, stand for services of their own; where no official
 * has set a default, the one holds that ships (decision 0030). Per second a node counts for itself. Per hour and per day nodes tell each other every five seconds: together they let pass at most what the
 * other nodes admit in ten seconds more than the limit. A threshold counts on every node at latest five seconds after its moment. A rule is tried once per
 * window, a minute after the window's end, by whichever node comes first; a signal exists once per rule, subsystem and window. An error of a participant's is a call that was
 * refused, but for what came while the service was switched off or its outage was announced; slow is what took more than three seconds, when its product may have given up.
 *
 * <h2>Design notes</h2>
 * Nothing here costs a call a statement: what it decides by is in memory, what it leaves behind is written by a clock (decision 0014). A signal never changes a
 * connection: its proposal is taken up by naming the event of the connection that the same official brought about, and the database checks it. "Calls without a
 * later business event" are a bank's: of taxpayers whose data is disclosed there is no such event, and their numbers are not those of loans' borrowers; but an application shows
 * the bank what the registers have of a borrower, and its business event is the decision; a borrower who was changed for another one before has none. It is looked for some days later, of the participant as such: people enter loans, too. Unknown tokens limit the rate of who presents them (CON-45): those presented to other nodes count
 * five seconds later, and a node that starts forgives what was before.
 * Sources: ACC-95 to ACC-98, ACC-O1, ACC-O8, ACC-O20; 003 §13.1, 001 §2, 000 §4.2.
 */
package org.kopuro.access.monitoring;
