package org.kopuro.registers.bulk;

/** Is told how far a load has come. */
@FunctionalInterface
public interface LoadProgress {

    /** So many rows have been read, good and refused; told every few thousand and at the end of the file. */
    void rowsRead(long rows);

    /** The file is read; so many good rows are now compared with the register and merged, which may take as long again. */
    default void merging(long rows) {
    }
}
