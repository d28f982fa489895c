package org.kopuro.consent.forms;

/**
 * A receipt of a form consent.
 *
 * @param json   as people and programs read it
 * @param signed the same, as a JWS in its compact form
 */
public record FormReceipt(String json, String signed) {
}
