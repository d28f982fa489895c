/**
 * Agreements on interaction between the authority and participants: what was agreed, for how long, and what begins and ends with it.
 *
 * <h2>Concepts</h2>
 * An <em>agreement</em> is of one participant under one procedure and is about PRODUCTION. Its <em>terms</em> are what was signed; each amendment makes the next
 * <em>version</em>, complete in itself, and all are kept. A <em>renewal</em> is another agreement whose term follows. A <em>legacy</em> agreement was made before
 * the order took effect and runs to the end of its term (ACC-56).
 *
 * <h2>Package specification</h2>
 * An agreement changes by events only, along ACC-T40 to ACC-T46; a pair outside the table is refused and changes nothing (ACC-65). It is <em>in force</em> on a
 * day of its term while it is neither terminated nor expired; a termination that is only announced stops nothing. Agreements in force never overlap. Its
 * termination is announced, withdrawn and reached in the transaction in which its connection's is. At 24:00 of the last day, in the procedure's zone, it expires,
 * and its connection is suspended unless a renewal is in force; a renewal restores what was suspended by that and by nothing else (ACC-T33); what is not renewed
 * in the procedure's time is disconnected (ACC-57). An amendment, or a renewal, that no longer lists a service ends the rights to it (ACC-58).
 *
 * <h2>Design notes</h2>
 * A draft has a number and no terms: they come, all of them, with the signature. Whatever concerns both holds the connection first and the agreement then.
 * That PRODUCTION opens only within an agreement is upheld by the database, because access lies below this package. An announced termination whose connection
 * ends otherwise is reached all the same, on its day. A renewal that begins after a gap restores on its first day, in the name of whoever signed it.
 */
package org.kopuro.access.agreements;
