package org.kopuro.consent;

/**
 * How many disclosures a token is good for (CON-64).
 *
 * @param left of {@code calls}
 */
public record Budget(int calls, int left) {

    /** At the one disclosure after which a tenth is left (P05); of fewer than ten there is no tenth. */
    boolean justBecameLow() {
        return left > 0 && left == calls / 10;
    }
}
