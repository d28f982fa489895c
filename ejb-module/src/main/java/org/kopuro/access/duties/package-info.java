/**
 * What the authority and the participants owe each other while they work together: announced outages and changes, reports, incidents.
 *
 * <h2>Concepts</h2>
 * An <em>announcement</em> is an outage of services, or a change of their structure, composition or conditions (003 §13.3). <em>Affected</em> is who has a right
 * in force then, in a live connection; by a change also who called in the last thirty days. A <em>report</em> is a participant's word (003 §14.6 to §14.8). An
 * <em>incident</em> has a source, a severity, measures and an outcome (003 §13.1).
 *
 * <h2>Package specification</h2>
 * Published is what leaves so many full working days as the procedure says between the day of publishing and its own, or what is called an emergency, with a
 * reason. With it, in one transaction, everybody affected is told, and nobody else. What was published is not edited: it is withdrawn before it begins, and an
 * outage ended early; those who were told of it are told. What can be told in time no more, the authority's unit learns once. While an outage is on, calls of its services in its contour are refused with its end; they need no other reading for it. Nothing that is
 * reported late has consequences by itself: it is recorded, and a change of particulars opens an incident (ACC-46).
 *
 * <h2>Design notes</h2>
 * Two outages of a service in a contour never overlap: the second is refused, so that the end which a caller is told is the end. Work that takes longer is
 * announced as another outage from that end on. Sources: ACC-O3, ACC-O10 to ACC-O13, ACC-90 to ACC-93, ACC-98; notices N12, N16 to N18, N23, N28.
 */
package org.kopuro.access.duties;
