/**
 * How a participant gets its credentials, and how they end: one-time links to its first node administrator, its own certificates, the end of all with its connection.
 *
 * <h2>Concepts</h2>
 * A participant's <em>node</em> is what it has in one contour. A <em>link</em> is told by the letter of a grant, lives seven days, and brings one account of a node
 * administrator, once ({@link org.kopuro.access.credentials.LinkState}); that one makes the other accounts ({@link org.kopuro.accounts.ApiAccounts}) and registers
 * certificates. All of it ends with the node's last connection, and nothing of it comes back with another one (ACC-73, ACC-T35).
 *
 * A <em>challenge</em> is a text that the key of a certificate signs before the certificate is registered: once, within a day, for one participant, subsystem, contour
 * and purpose (decision 0018).
 *
 * <h2>Package specification</h2>
 * Of a link's token there is the SHA-256; the token itself is in no row ({@code withSecret} of a notice), is never shown to an official, and travels in bodies and in the
 * fragment of an address, never in a path. A link that is unknown, used, replaced, too old, or of a contour not served here is refused in the same words.
 *
 * <h2>Design notes</h2>
 * Every change holds the node first ({@code accounts.hold_node}), so that two uses of one link, two administrators, or a disconnection and what is just being made follow
 * one another, on all nodes of the installation. Sources: ACC-1, ACC-59 to ACC-61, ACC-73; seeds 000 §4.1, 001 §3.3.
 */
package org.kopuro.access.credentials;
