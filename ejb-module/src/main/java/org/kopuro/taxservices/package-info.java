/**
 * The tax authority's electronic services themselves: what is asked, about whom, for which period, and the data that answer it.
 *
 * <h2>Concepts</h2>
 * Six services stand on the registers: {@code tpDataByINN}, {@code tpDataByINNforBusinessActivity},
 * {@code taxpayerDataByInn}, {@code TPpaymentDateByInn} under the tax service's own names, {@code incomeStatement} and
 * {@code headcount} under ours.
 *
 * <h2>Package specification</h2>
 * Fields arrive as the caller wrote them and are read here, so that what is wrong with them is a refusal with a field and a
 * sentence. Months are calendar months; both ends of a period are inclusive.
 *
 * <h2>Design notes</h2>
 * A new service is a row in the catalogue, a message in the schema, and a method here.
 */
package org.kopuro.taxservices;
