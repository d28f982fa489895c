/**
 * What the authority tells participants: notices in three languages, shown in the cabinet and carried to mailboxes.
 *
 * <h2>Concepts</h2>
 * A <em>notice</em> is a letter as it was when its cause happened: rendered once, kept as rendered. A <em>template</em> is its text with
 * named facts, per kind, procedure and language, as dated data (ACC-82); the procedure's head of a letter comes before its subject
 * (ACC-24, {@link org.kopuro.notices.Heading}). A <em>delivery</em> is the way of a notice to one address; addresses do not wait for one another. Deliveries are the
 * outbox (ACC-80): the mail server takes one, refuses it for good, or is asked again, first after a minute, then ever more rarely.
 *
 * <h2>Package specification</h2>
 * A notice is written in its caller's transaction, so that neither it nor its cause is ever there without the other. Writing never asks a
 * mail server, and nothing a mailbox does reaches back. The same dedup key is the same notice, on all nodes. A letter goes out at least
 * once: a node that dies between sending and remembering leaves a second copy to the next, with the same Message-ID.
 *
 * <p>Facts are texts, formatted by who writes the notice, in the language of the notice. Every kind has {@code number} (of the request, or of what
 * it is about), {@code date}, {@code participant}, {@code procedure}, {@code procedureVersion} and {@code link} (into the cabinet), and may have
 * {@code participantInn}, {@code participantOgrn}, {@code contour}, {@code services}, {@code requestKind}, {@code causes}, {@code grounds},
 * {@code deadline} and {@code howToAnswer}. Beyond these:
 * <table>
 * <caption>What a kind needs, and what it may have (in brackets)</caption>
 * <tr><td>N01</td><td>requestKind, deadline</td><td>N11</td><td>contour, grounds, effectiveDate</td></tr>
 * <tr><td>N02</td><td>requestKind, causes</td><td>N12</td><td>announcement</td></tr>
 * <tr><td>N03</td><td>requestKind, questions, deadline</td><td>N13</td><td>contour, grounds</td></tr>
 * <tr><td>N04</td><td>services, credentialsLink, protocolLink</td><td>N14</td><td>contour, grounds</td></tr>
 * <tr><td>N05</td><td>services, credentialsLink, protocolLink</td><td>N15</td><td>agreement, grounds, effectiveDate</td></tr>
 * <tr><td>N06</td><td>agreement [amendment: what changed]</td><td>N16</td><td>contour, services, grounds, start, end</td></tr>
 * <tr><td>N07</td><td>contour</td><td>N17</td><td>services, change, effectiveDate</td></tr>
 * <tr><td>N08</td><td>contour</td><td>N18</td><td>contour, services, grounds, start [end]</td></tr>
 * <tr><td>N09</td><td>requestKind, causes [testNotPassed: any text]</td><td>N19</td><td>documents, expiryDate</td></tr>
 * <tr><td>N10</td><td>requestKind</td><td>N20</td><td>services</td></tr>
 * <tr><td>N21</td><td>obligations</td><td>N22</td><td>obligations</td></tr>
 * <tr><td>N23</td><td>contour, services, grounds, start, end</td><td>N24</td><td>contour, credentialsLink, deadline</td></tr>
 * <tr><td>N25</td><td>contour, announcement, grounds, effectiveDate</td><td>N26</td><td>consents</td></tr>
 * <tr><td>N27</td><td>events: how many</td><td>N28</td><td>contour, announcement, services, untold: who was told late or not</td></tr>
 * <tr><td>N29</td><td>contour, caller, consents: how many, since</td><td></td><td></td></tr>
 * </table>
 *
 * <p>A fact may end with a secret of its notice ({@code credentialsLink}, ACC-59). It is in no row: what is stored has a mark in its place, the nodes derive the
 * secret from the notice's id whenever a letter leaves, and cabinets show "…".
 *
 * <h2>Design notes</h2>
 * One message per address: only so is one mailbox's refusal nobody else's, and no recipient learns of another. A mail server that cannot be
 * reached is a matter of its own ({@link org.kopuro.notices.MailState}): it costs no delivery an attempt, and a node that met it waits
 * before it asks again. What a server says is kept as its codes; its sentences repeat addresses. A letter may come back after it was taken (a bounce): reports
 * (RFC 3464) come to the sender's mailbox, and are piped in or read by people; what came back was not sent, and what counts from its sending counts anew. Sources: ACC-24, ACC-80 to ACC-82.
 */
package org.kopuro.notices;
