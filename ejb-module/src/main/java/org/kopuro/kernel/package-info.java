/**
 * Words that every capability speaks: contours, identifiers with their digit rules, money, and the way to say no.
 *
 * <h2>Package specification</h2>
 * Values are immutable; no method accepts or returns {@code null} unless it says so. Money is a count of minor units
 * in a {@code long}. Nothing here knows a database, a server or a capability.
 *
 * <h2>Design notes</h2>
 * There are three kinds of failure. A {@link org.kopuro.kernel.Refusal} is expected and told to the caller; a defect is
 * an unchecked exception that nobody catches; an outage is told with "try again". Only the first is modelled here.
 */
package org.kopuro.kernel;
