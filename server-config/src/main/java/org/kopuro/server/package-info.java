/**
 * Starts Kopuro on one machine: an embedded PostgreSQL (unless the operator brings one) and Payara Micro with the application.
 *
 * <p>Concepts: {@link org.kopuro.server.Settings} is what the environment asks for; {@link org.kopuro.server.Folders} is where
 * state lies; {@link org.kopuro.server.EmbeddedDatabase} and {@link org.kopuro.server.ApplicationServer} are the two processes;
 * {@link org.kopuro.server.Run} owns their order; {@link org.kopuro.server.CannotStart} is the one way to say that it does not go on.
 *
 * <h2>Package specification</h2>
 * <ul>
 *   <li>No method takes or returns null; what may be absent is an {@code Optional}.
 *   <li>Whoever prints, prints to the {@code PrintStream} it was given. No password is printed, except those of demo accounts,
 *       which no installation with a production contour accepts.
 *   <li>An expected obstacle is one sentence and an exit code, never a stack trace.
 *   <li>Processes are stopped in reverse order of their start, PostgreSQL always last.
 *   <li>Everything below the var folder except {@code payara} and {@code run.lock} survives a restart and belongs in a backup.
 * </ul>
 *
 * <p>Design note: the launcher migrates nothing. It prepares two roles and an empty database; the application brings the schema.
 */
package org.kopuro.server;
