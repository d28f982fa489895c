/**
 * What a participant's product must show in TEST, and the signed report that it did: the list of scenarios, the report's
 * format, and the check by which the authority takes or refuses one (ACC-43, ACC-O19, CON-160).
 *
 * <h2>Concepts</h2>
 * A {@link org.kopuro.access.conformance.Scenario} is one demand, with an id that is never given to another. A
 * {@link org.kopuro.access.conformance.ConformanceReport} holds a verdict for each, and the calls that reached TEST, which the authority finds in
 * its own ledger; all by one {@link org.kopuro.access.conformance.MessageProtocol} (decision 0035). The run itself is {@code bin/conformance}; both sides share this package.
 *
 * <h2>Package specification</h2>
 * Pure: no database, no server, no clock of its own. No method takes or returns null; what may be absent is an {@code Optional}. A report is
 * canonical JSON (RFC 8785) inside CMS signed data (RFC 5652), signed with the subsystem's key of TEST. What comes from
 * others is refused with {@link org.kopuro.access.conformance.ConformanceRefusal}.
 *
 * <h2>Design notes</h2>
 * Whether the certificate is in force is the register's question: who calls
 * {@link org.kopuro.access.conformance.ConformanceReport#verify} says which one to trust. Which calls a report names is its signer's word until
 * they are looked up in the ledger, which {@code access.jointtests} does.
 */
package org.kopuro.access.conformance;
