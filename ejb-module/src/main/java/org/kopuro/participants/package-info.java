/**
 * Who takes part in the exchange: organisations, their subsystems, certificates and contacts.
 *
 * <h2>Concepts</h2>
 * A <em>participant</em> is an X-Road member (instance, class, code). A <em>subsystem</em> is a named part of it that calls;
 * the empty code stands for the member itself. A <em>certificate</em> is bound to one subsystem in one contour for one
 * purpose, signing or TLS, and this binding decides the contour of every call that is signed with it.
 *
 * <h2>Package specification</h2>
 * Participants and subsystems are never deleted and their identifiers never reused (ACC-6). What a participant is called, where it is written to,
 * who answers for it and its OGRN, and its INN until one is known, change by a granted request and by nothing else; each time who, when and why is kept (ACC-1, ACC-46). A certificate is known by the
 * SHA-256 of its DER octets; it changes only by blocking and unblocking,
 * and ends with its participant's last connection to the contour. Each of these has its actor, its moment and its reason (ACC-1).
 * How it is known whose certificate it is stands with it: its key signed a challenge, or an official has it from a letter.
 * Instants are UTC with microseconds.
 *
 * <h2>Design notes</h2>
 * Trust is registration, not a chain: X-Road members bring certificates of many issuers, and what counts is whose key it
 * is. Whether a participant may call at all is not known here but in {@code access}. Sources: ACC-1, ACC-3, ACC-4, ACC-6, ACC-46, ACC-59.
 */
package org.kopuro.participants;
