/**
 * The check of a borrower (LOAN-50 to LOAN-55, 002 §3): items C01 to C11, each with what was seen, where, as of when, and the verdict of the programme's rules over them.
 *
 * <h2>Package specification</h2>
 * A check reads the registers as of the rule set's snapshot and can be repeated as of any day. Its result is stored once and never changed; a re-check adds another. It decides nothing: the bank does
 * (002 §8), unless the rule set says BLOCK.
 */
package org.kopuro.loans.checks;
