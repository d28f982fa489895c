/**
 * The decrees under which participants are connected, and what follows when one of them is changed.
 *
 * <h2>Concepts</h2>
 * A <em>decree</em> is an act that a procedure connects under, with its number as code. An <em>edition</em> is what it says from a day on. A <em>matter</em> is a connection that a later
 * edition touches: it lives, was made before the edition's day, and is under the decree.
 *
 * <h2>Package specification</h2>
 * Decrees and editions are added and never changed; an edition follows the one before. Both hold in both contours. A connection is under the decrees that its request named (ACC-42), or all of
 * its procedure's where it named none. A matter is open until an official decides: the connection is kept, or its forced disconnection is proposed on the ground {@code DECREE_CHANGED}, which
 * another official then decides as any such proposal; one that is rejected or taken back leaves the matter open. A procedure that has no such ground leaves only keeping.
 *
 * <h2>Design notes</h2>
 * Matters stand nowhere: the database reads them from editions, connections and decisions, so that none is missed whatever happens at the same instant, and refuses a decision of what is
 * not open. Programmes of loans will name their decree. Sources: ACC-42, ACC-76; 000 §4.5.
 */
package org.kopuro.access.decrees;
