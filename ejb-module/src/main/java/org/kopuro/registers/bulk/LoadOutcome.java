package org.kopuro.registers.bulk;

/**
 * What became of an extract.
 *
 * @param read    rows in the file, without the header and empty lines
 * @param refused rows that were not loaded
 * @param written rows added, changed or, for settled debts, removed
 */
public record LoadOutcome(long read, long refused, long written) {

    /** Good rows that the register already held as they are. */
    public long unchanged() {
        return read - refused - written;
    }
}
