/**
 * Who may call which service: the catalogue of services, connections of participants to contours, access rights.
 *
 * <h2>Concepts</h2>
 * A <em>connection</em> links a participant to a contour and has a state; only CONNECTED passes calls (ACC-66). An
 * <em>access right</em> permits one subsystem to call one service in one contour in a period of days. The
 * <em>catalogue</em> says of each service, as dated data, whether it needs consent, its ceilings, and whether a
 * participant may ask about itself (CON-2, CON-61).
 *
 * <h2>Package specification</h2>
 * Days begin and end in Asia/Bishkek; both ends of a period are inclusive. A change counts for every call that begins
 * after it is acknowledged, on every node (ACC-67), because each call reads the present rows.
 *
 * <h2>Design notes</h2>
 * The procedures by which connections and rights come about (requests, agreements, notices) are a later part of this
 * package; the states and events here are those of ACC-T20 to ACC-T35 without their deadlines. Disconnection ends rights
 * here and announces {@link org.kopuro.access.ParticipantDisconnected}, so that consent, above, can end its tokens.
 */
package org.kopuro.access;
