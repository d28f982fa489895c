/**
 * The register of preferential loans: what banks enter, change and decide, and what follows from it (requirements on loans, LOAN-1 to LOAN-46, LOAN-75, LOAN-110 to LOAN-112; 000 §3, 002 §7).
 *
 * <h2>Concepts</h2>
 * A <em>loan</em> is a bank's application for a borrower under a programme, with its decision and its contract. Its <em>card</em> is what the bank {@linkplain org.kopuro.loans.LoanField states}, and
 * what the system found: the check of the borrower, the calculation sheet, warnings. A {@linkplain org.kopuro.loans.Wish wish} is what a bank wants of a loan; a
 * {@linkplain org.kopuro.loans.Judgement judgement} what becomes of it.
 *
 * <h2>Life cycle</h2>
 * FORMED → APPROVED or REJECTED; APPROVED → with contract; whatever has no contract → WITHDRAWN, and with one where it was entered in error, nothing was issued, and the regulator confirms.
 * {@link org.kopuro.loans.LoanEvent} has the pairs; every other one is refused. A contract locks the borrower's number, programme, stage, application date, headcount and sheet (LOAN-75).
 *
 * <h2>Package specification</h2>
 * One wish or a thousand go the same way: {@link org.kopuro.loans.Placing} reads what they need with a handful of statements, judges each, and writes what is allowed with a handful more, all in the
 * caller's transaction. A borrower's key is held while it is judged, so that of two banks at one instant exactly one enters where duplicates are blocked. Each change is a version that the database
 * itself writes down, and an entry of the ledger. A loan belongs to its bank and a contour; of other banks' loans a bank learns that there is one, and its month (LOAN-44).
 *
 * <h2>Design notes</h2>
 * TEST warns of what PRODUCTION refuses, with the same code (LOAN-130, LOAN-131). Rules of the programme's newest version hold when what they hang on is stated anew; a decision keeps the version of
 * its application, and a contract its own for good.
 */
package org.kopuro.loans;
