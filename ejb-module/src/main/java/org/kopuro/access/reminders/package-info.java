/**
 * The clocks ring: what is due soon, and what is overdue, is told to who owes it.
 *
 * <h2>Concepts</h2>
 * A <em>reminder</em> is told on the last working day before an obligation's day, {@code AHEAD}, and once that has passed, {@code LAPSED}: of what the authority
 * owes to the unit, and then to its head; of what a participant owes to the participant, both times.
 *
 * <h2>Package specification</h2>
 * Each is told once for an obligation and its day (ACC-34), whichever node is at it; a day that a changed calendar moves is told anew (ACC-30). What a unit
 * is to be told at the same time is one letter, and the next letter waits an hour. What is overdue before anybody was reminded is told as overdue alone. Where
 * there is no unit nothing is used up: it is listed, and told once there is one. A reminder grants and refuses nothing.
 *
 * <h2>Design notes</h2>
 * A row per obligation, day and kind is written with the letter, in one transaction; its key is what makes it once. One node at a time writes them, so that
 * two do not each collect one half of a letter. Nothing is planned ahead that a calendar would have to change: what rings is read from the obligations.
 */
package org.kopuro.access.reminders;
