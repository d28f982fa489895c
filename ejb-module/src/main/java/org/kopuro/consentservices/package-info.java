/**
 * What a participant's system does about consents by calls of the exchange: it transfers forms, reports withdrawals and looks; a portal reads for a taxpayer who saw his data.
 *
 * <h2>Concepts</h2>
 * The caller is an {@link org.kopuro.exchange.Applicant}: a registered subsystem under its own name. A consent that it transfers is bound to that subsystem.
 *
 * <h2>Package specification</h2>
 * Each operation is one transaction with the record of its call, as in {@code accessservices}: what it reads of the message is read once the caller is established, a
 * {@link org.kopuro.kernel.Refusal} undoes everything and is to be recorded by {@link org.kopuro.exchange.Exchange#refuse}. What the checks of a transfer come to is an answer, no refusal.
 * What belongs to another participant or contour is answered like what does not exist.
 *
 * <h2>Design notes</h2>
 * The rules are those of {@code consent.forms}. That a participant is connected is asked for where it transfers, not where it reports a withdrawal: that must always be possible.
 * Sources: CON-93, CON-94, CON-101, CON-113, CON-116; decisions 0021, 0027.
 */
package org.kopuro.consentservices;
