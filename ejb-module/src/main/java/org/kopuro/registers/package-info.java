/**
 * What the tax authority itself knows about taxpayers: registration, debts, payments, incomes and headcounts.
 *
 * <h2>Concepts</h2>
 * A <em>register</em> is the data of one {@linkplain org.kopuro.kernel.Contour contour}; TEST and PRODUCTION share only
 * the classifier of districts. A <em>taxpayer</em> is an organisation, an entrepreneur or a person, known by an INN.
 * A row is created and changed by loading an extract ({@link org.kopuro.registers.bulk}) under the database owner's
 * role; the application may only read. A taxpayer is never deleted: one who is struck off has an {@code endedOn}. A debt
 * disappears when an extract tells that it is settled.
 *
 * <h2>Package specification</h2>
 * {@code Optional.empty()} means that the contour's register does not know the taxpayer; a known taxpayer without rows
 * gives an empty list. Nothing accepts {@code null}; the components of {@link org.kopuro.registers.TaxpayerView} that may be
 * {@code null} say so. Periods include both ends and are in the authority's calendar (Asia/Bishkek); no time zone is
 * applied, because dates and months are stored as such. Amounts are som.
 *
 * <h2>Design notes</h2>
 * Every question is one statement, so that an answer is of one moment without a lock and costs one round trip: the
 * taxpayer's row is joined to the rows asked for, and its presence tells "unknown" from "nothing". There are no entities:
 * nothing here has behaviour, and an answer is built once from a result set. May depend on {@code kernel} only.
 *
 * <h2>Sources</h2>
 * The services of the tax authority's own contract (see the WSDL of {@code tax}, version 1); loading formats in
 * {@code docs/operating/registers.md}.
 */
package org.kopuro.registers;
