/**
 * What is open of every connection, in one list: what is owed, announced, about to end, or out of date (ACC-O2).
 *
 * <h2>Concepts</h2>
 * A <em>task</em> is something open that somebody may have to do. It stands nowhere: it is read from the rows that make it one, and is gone when these are settled.
 * Who <em>owes</em> it is one side, or nobody where something is only to come.
 *
 * <h2>Package specification</h2>
 * An obligation is a task until it is closed. What is announced, for a connection or for services, is the authority's to tell until it was told (decision 0019), due when its letter
 * should have gone out; told, it is nobody's, and shown until it is over; a change that nobody told is shown for 92 days after its day. What was warned of by N19, the end of an agreement or of a document,
 * is the participant's until something follows without a gap, or is in force again. A connection whose decree was changed is the authority's to decide until the edition's day (ACC-76), and shown to officials only. An entry of the catalogue that is stale (ACC-87) is the authority's: it is of no connection, and
 * of each connection with a right to the service when one participant is looked at. A task is late when somebody owes it and its moment has passed. By time left; what has
 * no day comes first. Of a contour the asker's own only; a participant sees its own, and another's is as unknown to it as nobody's.
 *
 * <h2>Design notes</h2>
 * One statement, so that all parts are of one moment, and as many reads for a thousand tasks as for one. A position in the list is a day and a key, so that what is settled meanwhile
 * moves nobody's page. Proposals that wait for a second official are not here: participants must not see them, and officials have their own list.
 * Sources: ACC-O2, ACC-O3, ACC-34, ACC-61, ACC-76, ACC-87, N16, N17, N19.
 */
package org.kopuro.access.tasks;
