/**
 * What the authority's registers say of borrowers in Russia: companies and sole proprietors (EGRUL, EGRIP), small and medium enterprises, non-profit registers, contracts under decree 696,
 * and the classifier OK 029-2014, each as of any day (002 §2, §3); and what is wrong with an identifier that somebody wrote (LOAN-120 to LOAN-127).
 *
 * <h2>Package specification</h2>
 * Rows are loaded by the operator ({@link org.kopuro.registers.bulk}), dated, never overwritten: what held on a day is found for that day later, too; a correction of a day is its next revision.
 * Everything but the classifier belongs to a contour; TEST's is synthetic. Days are Moscow's. Who is missing from a register that was not loaded for a day is unknown:
 * {@link org.kopuro.registers.borrowers.Loaded} tells from which day on he is absent. May depend on {@code installation} and {@code kernel} only.
 */
package org.kopuro.registers.borrowers;
