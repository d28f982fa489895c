/**
 * The exchange closed by hand: a whole contour, or one of its services.
 *
 * <h2>Concepts</h2>
 * A <em>closure</em> stops calls from a moment on, until another or until an official <em>opens</em> again. Of a contour it is what X-Road calls maintenance mode, of a
 * service what X-Road calls a disabled service. Its <em>notice</em>, in three languages, is what callers are told; its reason is the authority's.
 *
 * <h2>Package specification</h2>
 * Other than an announced outage ({@code access.duties}) a closure needs no notice days ahead, nobody's approval and no end: it is for the moment when something goes wrong, and
 * opening again is as easy. Whoever announces outages may close, and so may who handles incidents. Callers learn of it in place of an answer; what they were told, and who did
 * it why, is in the ledger. Closing and opening count for the next call on every node. People's own work ({@code /api/v1}), introspection of tokens too, is no call and goes on.
 *
 * <h2>Design notes</h2>
 * Calls read closures in the statement that admits them; nothing is cached (decision 0029). Sources: xroad.md §7 (ServiceDisabled, MaintenanceMode), ACC-92.
 */
package org.kopuro.exchange.closures;
