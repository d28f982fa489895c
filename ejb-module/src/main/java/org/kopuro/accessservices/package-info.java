/**
 * What a participant's system does about its participant's own access, by calls of the exchange: it asks, answers, tells and looks.
 *
 * <h2>Concepts</h2>
 * An <em>applicant</em> is a registered subsystem that calls, connected or not ({@link org.kopuro.exchange.Applicant}). It acts in the contour of its credential, for its own
 * participant, under its own name: what it does is recorded with the role {@code SUBSYSTEM} and the subsystem's id.
 *
 * <h2>Package specification</h2>
 * Each operation is one transaction with the record of its call. What it reads of the message is read once the caller is established, so that a stranger learns
 * nothing about fields. A {@link org.kopuro.kernel.Refusal} leaves as an exception that undoes everything, and is to be recorded by
 * {@link org.kopuro.exchange.Exchange#refuse}. What belongs to another participant or contour is answered like what does not exist (ACC-16, ACC-61). The one thing that crosses contours
 * is {@code requestProduction}: nobody has PRODUCTION credentials before it is granted.
 *
 * <h2>Design notes</h2>
 * The rules are those of {@code access} and {@code notices}, which the cabinet uses as well; here is only who asks. Sources: ACC-40 to ACC-50, ACC-61, ACC-80, ACC-O10 to ACC-O12;
 * decision 0013.
 */
package org.kopuro.accessservices;
