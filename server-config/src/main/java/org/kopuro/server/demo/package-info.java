/**
 * A synthetic demo for the TEST contour: invented taxpayers and borrowers, accounts, a bank that calls and one that lends, and a token, with
 * everything a first call and a first loan need laid out as files below {@code var/demo}.
 *
 * <p>Concepts: {@link org.kopuro.server.demo.DemoFolder} is where the files lie; registers and accounts are filled over the
 * owner's connection, because nobody may through the application; so are a lending bank's accreditations
 * ({@link org.kopuro.server.demo.DemoLoans} says why); all the rest goes through {@link org.kopuro.server.demo.Api},
 * as any operator's or taxpayer's program would do it.
 *
 * <h2>Package specification</h2>
 * <ul>
 *   <li>No method takes or returns null; what may be absent is an {@code Optional}.
 *   <li>Everything may be done again at any start: what is there stays, what is missing is added.
 *   <li>What an operator has changed by hand (a suspension, a revoked right) is left as it is.
 *   <li>A token's text goes into files of mode 0600 and into the one call that is printed.
 * </ul>
 */
package org.kopuro.server.demo;
