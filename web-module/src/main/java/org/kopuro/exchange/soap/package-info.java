/**
 * The SOAP edge of the exchange: X-Road message protocol 4.0 with WS-Security X.509 signatures.
 *
 * <h2>Concepts</h2>
 * The <em>door</em> reads a request with limits, parses it once with a hardened parser, checks its X-Road form, and
 * verifies its signature against the very elements that are processed afterwards. What comes through is a
 * {@link org.kopuro.exchange.Call} and a Body element, which Apache CXF binds to the generated contract classes. The answer is
 * written as a document, gets the caller's header back by value, and is signed.
 *
 * <h2>Package specification</h2>
 * HTTP statuses are 200 and 500 only, because a Security Server turns every other one into an error of its own. A message is
 * first checked for its form, as a Security Server would do, and then for its signature: a malformed message gets the X-Road
 * fault whether or not it is signed.
 *
 * <h2>Design notes</h2>
 * One DOM serves parsing, verification and binding, so that there is no second reading that a wrapped signature could exploit:
 * coverage is object identity of nodes. CXF's own reading of headers and its WSS4J interceptors are not used for the same
 * reason, and because a call then needs one parse instead of three. Source: X-Road message protocol 4.0; decision 0003.
 */
package org.kopuro.exchange.soap;
