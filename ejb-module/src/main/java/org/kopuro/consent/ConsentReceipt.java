package org.kopuro.consent;

/**
 * A receipt of a consent: what was agreed and what became of it. It gives no access (CON-142).
 *
 * @param json   as people and programs read it
 * @param signed the same, as a JWS in its compact form
 */
public record ConsentReceipt(String json, String signed) {
}
