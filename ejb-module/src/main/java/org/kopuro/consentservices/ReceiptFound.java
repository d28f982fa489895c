package org.kopuro.consentservices;

import org.kopuro.kernel.Inn;

/**
 * That a use of a taxpayer's data stands in the ledger.
 *
 * @param receipt the file that {@code bin/verify} checks
 */
public record ReceiptFound(Inn taxpayer, String receipt) {
}
