/**
 * Programmes of preferential lending and their rules as dated data (LOAN-10 to LOAN-12, LOAN-80): what a decree opens to whom, how much, by which headcount.
 *
 * <h2>Concepts</h2>
 * A <em>programme</em> stands for a decree. Its <em>rule sets</em>, one line of versions for each stage, say who is eligible, which month's headcount counts, and what the maximum is. A bank is
 * <em>accredited</em> to a programme from a day on, until another (LOAN-4). A <em>regulator</em> is the federal body whose people see the programme's loans.
 *
 * <h2>Package specification</h2>
 * Programmes and rule sets hold in both contours, accreditations in one. A rule set is proposed, approved by the methodology's owner, and never changed afterwards; the newest approved version holds.
 * What the sources do not state is marked as data of this installation, and editable by a new version.
 */
package org.kopuro.loans.programmes;
