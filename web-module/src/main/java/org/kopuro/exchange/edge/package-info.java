/**
 * What the SOAP and the X-Road REST edge of the exchange share: fault codes, what is told of failures, refusals that are recorded.
 *
 * <h2>Concepts</h2>
 * Both edges turn a message into a {@link org.kopuro.exchange.Call} and an answer into a message; between the two everything is
 * the same, so that a refusal has one code, whichever protocol the caller speaks.
 *
 * <h2>Package specification</h2>
 * Knows neither SOAP nor HTTP.
 *
 * <h2>Design notes</h2>
 * Sources: xroad.md §7 (fault codes), decision 0005.
 */
package org.kopuro.exchange.edge;
