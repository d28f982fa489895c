/**
 * Who acts for a taxpayer: the registered head of an organisation, and whoever a mandate names.
 *
 * <h2>Concepts</h2>
 * A <em>mandate</em> (доверенность, ишеним кат) is given by a <em>grantor</em> to a <em>representative</em>: rights, services, a term, and the <em>ground</em>, a paper or a registered
 * power. Its life: in force from its first day until it is revoked, resigned, expired, or lapses with what it rests on ({@link org.kopuro.representation.MandateState}). The representative
 * may pass it on once: a <em>chain</em> has the taxpayer, say a company, its accountant's firm, and the accountant. A <em>head</em> needs no mandate: whoever the register names acts as
 * the organisation. An {@link org.kopuro.representation.Authority} is what somebody may do, at the moment when he does it.
 *
 * <h2>Package specification</h2>
 * A mandate is written once and is changed by its events only. What it covers lies within the one above it, and nothing is in force beneath what is not: keys of the database say so.
 * Whoever exercises a mandate shares its row until his transaction ends, and whoever ends it waits for him and then finds what he did ({@link org.kopuro.representation.MandateEnded});
 * there is no instant in which something done under an ended mandate survives. Terms are days in Asia/Bishkek; an expiry is compared with the clock, no job is waited for. To whoever is no
 * party of a mandate, it is as if there were none.
 *
 * <h2>Design notes</h2>
 * What ends with a mandate is told as a CDI event in the transaction of the end; this package knows nothing of tokens. Sources: CON-130 to CON-134.
 */
package org.kopuro.representation;
