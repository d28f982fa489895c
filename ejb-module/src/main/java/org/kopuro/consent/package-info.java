/**
 * What a taxpayer allowed: tokens, the check of a presented token, and the log of their use.
 *
 * <h2>Concepts</h2>
 * A <em>token</em> is a text that a taxpayer makes in the cabinet for one participant and subsystem, with an expiry and a
 * list of services, and hands over; the handing over is the consent (003 §20, §21). Its life: issued ACTIVE, perhaps
 * FROZEN and back, and ended for good as REVOKED (with a cause), EXPIRED or EXHAUSTED ({@link org.kopuro.consent.TokenState}).
 * A <em>usage entry</em> tells the taxpayer who asked what and when, refusals included. A <em>tiding</em> tells the taxpayer
 * what became, or soon becomes, of a token, or that a stranger presented it ({@link org.kopuro.consent.TidingKind}).
 * A <em>receipt</em> proves what was agreed and what became of it, and gives no access.
 *
 * <h2>Package specification</h2>
 * The text is shown once and stored nowhere; stored are its HMAC-SHA-256 under a pepper that never enters the database,
 * and its last four characters. Expiry is an instant, the end of a day in Asia/Bishkek, and is compared with the clock at
 * every check: no job is waited for (CON-71). A token row is locked for sharing while a call is answered, so that a
 * deactivation is acknowledged only after every disclosure that it could not prevent has been committed (CON-74). Tidings are
 * written with what they tell of, and told once; no answer waits for anybody to read them. To whom a token is not bound, it is as if there were none.
 *
 * <h2>Design notes</h2>
 * The order of checks and their codes are CON-42; {@link org.kopuro.consent.TokenCheck} is that table. Strangers get one
 * indistinguishable answer. Sources: 003 §17-§22; CON-10 to CON-42, CON-60 to CON-75, CON-110 to CON-116,
 * CON-45, CON-50 to CON-54, CON-123 (P01 to P11), CON-140 to CON-142.
 */
package org.kopuro.consent;
