package org.kopuro.loans;

import org.kopuro.kernel.Refusal;

/**
 * By which a bank's system may repeat a request that makes something (LOAN-32).
 *
 * @param key        the bank's, 1 to 64 visible characters of ASCII
 * @param bodySha256 of what was sent with it
 */
public record RequestKey(String key, byte[] bodySha256) {

    public RequestKey {
        if (key == null || !key.matches("[\\x21-\\x7e]{1,64}")) {
            throw Refusal.of(LoanRefusal.KEY_MISSING, "Idempotency-Key");
        }
    }
}
