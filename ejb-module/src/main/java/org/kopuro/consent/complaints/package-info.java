/**
 * Complaints of taxpayers about participants.
 *
 * <h2>Concepts</h2>
 * Where a token is given, nobody may demand an application form for the same services (CON-3). A <em>complaint</em> says that a participant did. It is RECEIVED until the authority has
 * ANSWERED it.
 *
 * <h2>Package specification</h2>
 * A taxpayer complains of a participant that he gave a token, in the contour of his account; of one participant one complaint waits at a time, and a day takes a few. The authority's
 * officers find it among the complaints and as an incident about the participant; the answer closes the incident, if it is still open, and the taxpayer is told it. The participant is told
 * nothing by this: what to do about it is the officers' decision.
 *
 * <h2>Design notes</h2>
 * The incident names the complaint and not the taxpayer, nor his words. The ledger has keyed hashes of who, about whom and what: a complaint is a suspicion. Sources: CON-3, CON-158.
 */
package org.kopuro.consent.complaints;
