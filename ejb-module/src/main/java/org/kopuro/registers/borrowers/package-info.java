/**
 * What the authority's registers say of borrowers in Russia: companies and sole proprietors (EGRUL, EGRIP), small and medium enterprises, non-profit registers, contracts under decree 696,
 * and the classifier OK 029-2014, each as of any day (002 §2, §3).
 *
 * <h2>Package specification</h2>
 * Rows are loaded by the operator, dated, never overwritten: what held on a day is found for that day later, too. Everything belongs to a contour; TEST's is synthetic.
 */
package org.kopuro.registers.borrowers;
