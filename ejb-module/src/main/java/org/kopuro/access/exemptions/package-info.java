/**
 * Who is outside a procedure: state bodies and others whom the order does not concern, with the written basis of their connection.
 *
 * <h2>Concepts</h2>
 * An <em>exemption</em> is of one participant from one procedure, on one of the grounds that the procedure lists (003 §5), with another <em>written basis</em>: a
 * document with its number, day and gist.
 *
 * <h2>Package specification</h2>
 * One official records it, an approver confirms it; only then it is in force, in both contours, until it is ended. While it is, none of the procedure's preconditions
 * is demanded of the participant: no checklist and no product for a connection, no agreement for PRODUCTION (ACC-10). Everything else stays: requests, deadlines, four
 * eyes for PRODUCTION, suspension. The end of an exemption takes nothing away that was granted.
 *
 * <h2>Design notes</h2>
 * That two officials agree, and that whoever is exempt needs no agreement, the database upholds, too. A decision that rests on an exemption holds it.
 */
package org.kopuro.access.exemptions;
