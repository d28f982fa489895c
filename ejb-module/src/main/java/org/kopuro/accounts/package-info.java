/**
 * People who sign in: taxpayers in their cabinet, the authority's staff.
 *
 * <h2>Concepts</h2>
 * A local <em>account</em> has a login, a password kept as PBKDF2, roles of one side, and one contour, as every credential does. Whoever has several roles acts in
 * the one that allows what is done, and that one is recorded (ACC-1).
 * OpenID Connect will be a second way to become {@link org.kopuro.accounts.SignedIn}; nothing above asks how it happened.
 *
 * <h2>Package specification</h2>
 * Five wrong passwords in a row lock an account for fifteen minutes, counted in the database for all nodes. An unknown
 * login costs as much time as a known one. What a server made, 256 random bits, needs neither slow hash nor lock; an account's newest secret alone
 * changes accounts and certificates, the one before it only reads and files until its overlap is over. Demo accounts work in an installation that serves TEST alone.
 *
 * <h2>Design notes</h2>
 * Accounts are made by the operator's command under the owner's role; the application itself cannot create or promote one. Roles are those of §3, by
 * their own names but for OPERATOR, the access officer, and PARTICIPANT, the representative (decision 0020).
 */
package org.kopuro.accounts;
