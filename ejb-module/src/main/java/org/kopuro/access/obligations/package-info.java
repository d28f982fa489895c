/**
 * The clocks: what the authority and the participants owe each other, by when, and how late it is.
 *
 * <h2>Concepts</h2>
 * An <em>obligation</em> is opened by something that happened and closed by what was owed for it, in the same transactions. Its deadline is 24:00, in the
 * procedure's zone, of so many working days after the day of the event (ACC-31).
 *
 * <h2>Package specification</h2>
 * It is counted by the version of the procedure that its subject is judged by, and keeps that number of days (ACC-21). When a calendar changes, what is
 * open is counted anew, and what moved is kept (ACC-30). Where the calendar does not reach, it is shown without a day, and nothing is guessed. A lapse
 * grants and refuses nothing (ACC-34).
 */
package org.kopuro.access.obligations;
