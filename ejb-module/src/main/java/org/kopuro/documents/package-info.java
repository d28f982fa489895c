/**
 * Files that people attach: licences, screen forms of tests, signed agreements, signatures.
 *
 * <h2>Concepts</h2>
 * An <em>upload</em> is a file that was received and inspected and is not stored yet; whatever is dangerous, damaged or unknown has been
 * refused by then. A <em>document</em> is a stored file: its octets, their SHA-256, its name as shown and its type as found. It
 * belongs to nobody here: who may see it is decided by the capability that refers to its id.
 *
 * <h2>Package specification</h2>
 * {@link org.kopuro.documents.Upload#receive} runs outside a transaction, for as long as a client takes to send, and keeps the octets in a
 * temporary file without a name; {@link org.kopuro.documents.Documents#store} is short and joins the transaction of whoever refers to the
 * document, so that both are there or neither. A document never changes and is never deleted. Its octets are compared with their digest before
 * the first of them is given out. No method holds a whole file in memory; the name never becomes part of a path.
 *
 * <h2>Design notes</h2>
 * ACC-9, ACC-40, ACC-43. The type is what the content says, and the name's extension must agree; what a browser declares follows from the
 * extension and is not asked. Archives are read strictly: what two programs could read in two ways is refused, not repaired.
 * Equal files are stored as often as they are sent: shared octets would let damage to one document reach those of others. What inspection
 * does not see is told in {@code docs/security.md}; it is no search for viruses.
 */
package org.kopuro.documents;
