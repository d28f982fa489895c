/**
 * What the exchange's directory says of us: who takes part, which services there are, which of them a caller may call.
 *
 * <h2>Concepts</h2>
 * A <em>metaservice</em> answers about services instead of taxpayers. A <em>published service</em> is one that an edge answers,
 * over SOAP, over REST or both; the edges say which, {@link org.kopuro.exchange.metaservices.PublishedServices}. The catalogue
 * knows the versions of those that access rights are given to; services for applicants ({@code accessservices}) need no right.
 *
 * <h2>Package specification</h2>
 * Calls about services are calls like any other, of a participant that minds its own access: identity is established and the
 * call recorded, neither a connection nor a right is asked for. {@code listClients} has no caller in X-Road's protocol, hence
 * none here; natural persons are left out, because their codes and names are personal data (decision 0022).
 *
 * <p>Operational data and the health of services are asked for in the same way ({@link org.kopuro.exchange.metaservices.OperationalMetaservices}): everybody of its own
 * calls, the installation's own member of all.
 *
 * <h2>Design notes</h2>
 * On an exchange with Security Servers those answer metaservices from their configuration; ours have the same shape, for direct
 * callers and for {@code access.catalogue}, which compares both. Source: X-Road metadata protocols for SOAP and REST.
 */
package org.kopuro.exchange.metaservices;
