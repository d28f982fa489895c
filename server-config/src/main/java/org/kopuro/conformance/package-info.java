/**
 * The command behind {@code bin/conformance}: plays the scenarios that a participant's product must pass in TEST, and signs a report of it.
 *
 * <p>The harness stands between the product and TEST. It starts the product for one question at a time, hears its requests on an address of
 * this machine, forwards some to TEST and answers the others itself, and watches what the product does next.
 *
 * <p>Concepts: a {@link org.kopuro.conformance.Turn} is one question to the product and the {@link org.kopuro.conformance.Reply replies} that its requests
 * get; {@link org.kopuro.conformance.Heard} is one request as it came; a {@link org.kopuro.conformance.Play} is how a scenario is played and
 * judged. A {@link org.kopuro.conformance.Request} is what a scenario sees of a message, whichever protocol it came by: a
 * {@link org.kopuro.conformance.Wire} reads it, and {@link org.kopuro.conformance.PlayedAnswers} answer it in its protocol. Scenarios and the report's format are the authority's, too: {@link org.kopuro.access.conformance}.
 *
 * <h2>Package specification</h2>
 * <ul>
 *   <li>Nothing but the product's requests and its exit code is judged; its output is not read.
 *   <li>Answers that are played are signed with a key of the harness, which no server trusts.
 *   <li>No token is printed, kept or reported. The taxpayer's real one goes to the product and to TEST only.
 *   <li>Requests, answers, attempts, times and sentences have limits.
 *   <li>No method takes or returns null; what may be absent is an {@code Optional}.
 * </ul>
 */
package org.kopuro.conformance;
