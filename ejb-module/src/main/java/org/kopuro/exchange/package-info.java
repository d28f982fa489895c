/**
 * Who calls, and whether the call may be answered: the part of the exchange that every service and protocol shares.
 *
 * <h2>Concepts</h2>
 * A <em>call</em> is a message whose form has been checked and whose signature has been verified at the edge. Its
 * <em>credential</em>, not its header, decides contour and subsystem. <em>Admission</em> reads everything that matters in
 * one statement and then decides, step by step, in a fixed order: replay, certificate, participant, contour, access
 * right, input, consent, ceilings. The <em>answer</em> is a disclosure or a refusal; both are committed before they are sent.
 *
 * <h2>Package specification</h2>
 * One call, one transaction: what {@link org.kopuro.exchange.Exchange#answer} reads, decides, discloses and logs is one
 * commit. A refusal is returned as a value, because throwing it would undo the record of it.
 *
 * <h2>Design notes</h2>
 * The admission statement is the one place that reads across the capabilities' schemas: a call costs one round trip for it
 * instead of seven. The rules themselves stay where they belong, in {@code access} and {@code consent}.
 * A connection is judged as it is at the moment of the call: what was announced, and an agreement's last day, stop calls at their midnight,
 * whether or not the clock that writes it down has come to it.
 * Sources: CON-41, CON-42, CON-110, CON-111, ACC-57, ACC-59, ACC-66, ACC-67, ACC-T23, ACC-T31, ACC-T32.
 */
package org.kopuro.exchange;
