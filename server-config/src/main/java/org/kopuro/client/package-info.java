/**
 * A small client that signs a call and verifies its answer: the command behind {@code bin/call}, and an example to read.
 *
 * <p>It uses the JDK alone and shares no code with the application, so that it disagrees when the application is wrong: not even the kernel's parser of XML, without
 * which {@code bin/call} is one archive. Its limits on XML are the server's.
 *
 * <p>Concepts: {@link org.kopuro.client.Question} is what is asked and the message that asks it; {@link org.kopuro.client.Signer}
 * signs it; {@link org.kopuro.client.Answer} is a response whose signature has been verified. {@code org.kopuro.conformance} builds on them.
 *
 * <h2>Package specification</h2>
 * <ul>
 *   <li>No method takes or returns null; what may be absent is an {@code Optional}.
 *   <li>The token is written into the message and nowhere else: no output and no exception holds it, and the memory of ended tokens its digest only.
 * </ul>
 */
package org.kopuro.client;
