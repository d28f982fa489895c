package org.kopuro.registers.bulk;

/**
 * What a run of {@link SyntheticTaxpayers} did.
 *
 * @param added        taxpayers that were not there before
 * @param alreadyThere taxpayers that were there and were left alone, with all their rows
 * @param rowsAdded    rows in all tables, the taxpayers among them
 */
public record SyntheticOutcome(long added, long alreadyThere, long rowsAdded) {

    SyntheticOutcome plus(SyntheticOutcome other) {
        return new SyntheticOutcome(added + other.added, alreadyThere + other.alreadyThere, rowsAdded + other.rowsAdded);
    }
}
