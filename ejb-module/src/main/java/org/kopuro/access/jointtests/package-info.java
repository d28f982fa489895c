/**
 * What a joint test has shown, and what follows from it for PRODUCTION (ACC-18, ACC-43).
 *
 * <h2>Concepts</h2>
 * A <em>report</em> of a conformance run comes with a JOINT_TEST request. It is accepted when the participant's key signed it, every scenario was passed, and TEST's
 * ledger holds each call that it names. A <em>pass</em> is a service at a major version that a granted joint test has shown, by a report or by screen forms.
 * A service is <em>exercised</em> by a subsystem once TEST has answered a call of it, joint test or not (ACC-O19).
 *
 * <h2>Package specification</h2>
 * A report that is refused leaves nothing; one that is accepted stays, with its verdicts and calls, whatever becomes of its request. An entry of the ledger counts for one
 * report, for ever. Times of a run are by the participant's clock, those of the ledger by ours: five minutes of difference are allowed for. A certificate must be valid when
 * the run ends, which is before it signs, and not blocked when the report is looked at. A pass holds for its major version without end; a service's next one needs another.
 *
 * <h2>Design notes</h2>
 * Form and signature are {@code access.conformance}'s part, which knows no database. That a call's entry fits, that it counts once, and that a right in PRODUCTION has its
 * pass is upheld by the database; Java explains it. Calls that TEST refused before it knew whose they were have no entry, and count for nothing.
 */
package org.kopuro.access.jointtests;
