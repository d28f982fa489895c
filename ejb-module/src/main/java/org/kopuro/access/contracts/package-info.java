/**
 * Reads the contracts of services, and tells in what two of them differ and whom that hurts.
 *
 * <h2>Concepts</h2>
 * A <em>contract</em> is one WSDL and the schemas that it refers to. A <em>difference</em> has a kind, a path, what stood there before and stands there after,
 * and an <em>effect</em> on a consumer that was written against the older contract: BREAKING or COMPATIBLE.
 *
 * <h2>Package specification</h2>
 * A change <em>widens</em> what is valid, <em>narrows</em> it, or does neither. In a request only what widens is COMPATIBLE: whatever a consumer sends today is still
 * understood. In an answer only what narrows is: whatever it gets could have come before. Everything else is BREAKING, an optional element more in an answer, too,
 * because a consumer may check answers against the schema that it was given. What cannot be proven COMPATIBLE is BREAKING. Names of types are not on the wire:
 * another name is told, and COMPATIBLE. Contracts come from strangers: no document type, no reference to anything that was not handed in with it, and limits.
 *
 * <h2>Design notes</h2>
 * wsdl4j and Apache XmlSchema read; CXF brings both in any case. The comparison is our own, because whether a change hurts depends on its direction. It visits each
 * pair of named types once per direction, so that its cost is that of the text; what groups expand to is counted, and so are the characters that are kept on the way. Sources: ACC-85, ACC-93.
 */
package org.kopuro.access.contracts;
