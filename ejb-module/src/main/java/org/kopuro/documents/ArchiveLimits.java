package org.kopuro.documents;

/**
 * What an archive may hold; of 1024 × 1024 octets.
 *
 * @param inflatedMaxMegabytes of all its files together
 */
public record ArchiveLimits(int sizeMaxMegabytes, int entriesMax, int inflatedMaxMegabytes) {

    private static final long MEGABYTE = 1024L * 1024;
    /** A name is short. */
    private static final int DIRECTORY_PER_ENTRY = 512;

    long sizeMax() {
        return sizeMaxMegabytes * MEGABYTE;
    }

    long inflatedMax() {
        return inflatedMaxMegabytes * MEGABYTE;
    }

    int directoryMax() {
        return entriesMax * DIRECTORY_PER_ENTRY;
    }
}
