package org.kopuro.registers.bulk;

/**
 * What became of an extract.
 *
 * @param read    rows in the file, without the header and empty lines
 * @param refused rows that were not loaded
 * @param written rows added, changed or, for settled debts, removed
 * @param warnings what was told of rows that were loaded all the same
 */
public record LoadOutcome(long read, long refused, long written, long warnings) {

    /** Of clean data. */
    public LoadOutcome(long read, long refused, long written) {
        this(read, refused, written, 0);
    }

    /** Good rows that the register already held as they are. */
    public long unchanged() {
        return read - refused - written;
    }
}
