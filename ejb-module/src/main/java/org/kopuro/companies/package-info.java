/**
 * Checks whether a company exists.
 *
 * <h2>Concepts</h2>
 * A <em>check</em> asks one register about one INN of an organisation and finds it ACTIVE, ENDED or NOT_FOUND. The <em>source</em> says which register that was.
 *
 * <h2>Package specification</h2>
 * Where the settings name another agency's register for the contour, that one is asked, and nobody else if it does not answer: an answer of another source than
 * the one configured would be taken for its word. Elsewhere the authority's own register answers. A check and what it found is an entry of the ledger.
 * An answer about another INN than the one asked for is none.
 *
 * <h2>Design notes</h2>
 * Nothing is cached: checks are seldom and their point is that they are of today. Sources: ACC-3, ACC-5.
 */
package org.kopuro.companies;
