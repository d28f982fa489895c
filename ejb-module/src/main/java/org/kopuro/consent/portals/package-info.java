/**
 * Portals of the state in which people read who saw their data.
 *
 * <h2>Concepts</h2>
 * A <em>portal</em> is a subsystem of a participant that the authority has named, in a contour. It signs people in by itself, and asks for whoever is signed in: the person stands in the
 * call's {@code xrd:userId}, and a portal's word for it is what naming it means.
 *
 * <h2>Package specification</h2>
 * A subsystem is a portal from its naming to its end, and while its participant is connected in the contour; its end waits for what is being told, and nothing is told after it.
 *
 * <h2>Design notes</h2>
 * No entry of the catalogue: a right to it could then be asked for like any other (decision 0027). Sources: CON-110, CON-113, CON-115, CON-116, CON-153.
 */
package org.kopuro.consent.portals;
