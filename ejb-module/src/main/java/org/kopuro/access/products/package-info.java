/**
 * Participants' products and the documents that prove the rights to them.
 *
 * <h2>Concepts</h2>
 * A <em>product</em> is an information system or mobile application by which a participant uses services (003 §3); its participant has made it, or is a
 * <em>licensee</em>. Its <em>documents</em> prove the licensee's rights to use, distribute and modify it, or the registration of an own product (003 §8). A connection
 * <em>uses</em> the products that the granted requests named.
 *
 * <h2>Package specification</h2>
 * Which documents a product needs is data of the procedure, by the role of the participant; a procedure without such rows wants none, and no product (ACC-8). What
 * opens access is granted only with a product, and while each document is there on the day of the decision, in the procedure's zone, first and last day inclusive (ACC-9).
 * Products and documents are never edited: a document is withdrawn once, a renewal is another one. Those that a live connection rests on are announced so many working
 * days before their last day as the procedure says, once each, unless another one follows without a gap. A document that expires or is withdrawn while no other one of its kind
 * holds opens an incident in each contour concerned; it suspends nothing. A product has no contour.
 *
 * <h2>Design notes</h2>
 * Whoever decides by a product's documents holds the product, and so does whoever withdraws one; the database asks the same of every grant.
 * A licence document comes to its product and never to a request: there is one place to look for it. Sources: ACC-7 to ACC-9, ACC-12, ACC-46, N19.
 */
package org.kopuro.access.products;
