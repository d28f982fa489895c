/**
 * The X-Road REST edge of the exchange: message protocol for REST r1, with HTTP message signatures.
 *
 * <h2>Concepts</h2>
 * A service is called at {@code /r1/{instance}/{class}/{member}/{subsystem}/{serviceCode}} by a <em>direct</em> caller, and at
 * {@code /rest/{serviceCode}} by a Security Server, which keeps the {@code /r1} path to itself. Services are called with POST and
 * a JSON object, metaservices with GET. The same {@link org.kopuro.exchange.Call} comes of it as of a SOAP message.
 *
 * <h2>Package specification</h2>
 * Who calls is proved by an HTTP message signature (RFC 9421) with the subsystem's certificate, by that certificate on the TLS
 * connection, or, in gateway mode, by the Security Server's. A signature that is there is verified, whatever the connection proves.
 * Neither a taxpayer's number nor a token is taken from path or query: both are logged on the way.
 *
 * <p>Errors are {@code {type, message, detail}} with members of our own. What a Security Server would have said carries its
 * {@code X-Road-Error} and its status (400, 500); what the service says no to has an honest status and none. {@code X-Road-*} headers
 * are set for direct callers only: on the other path they are the Security Server's.
 *
 * <h2>Design notes</h2>
 * A servlet, not JAX-RS: the octets of body and head are digested, kept and signed as they are. Structured fields are read by
 * greenbytes' library; of RFC 9421 itself too little is needed here, and too much must be refused, for a library to help (decision 0022).
 * Sources: X-Road message protocol for REST, RFC 9421, RFC 9530; xroad.md §10.
 */
package org.kopuro.exchange.xroadrest;
