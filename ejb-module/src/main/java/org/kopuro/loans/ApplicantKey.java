package org.kopuro.loans;

import java.util.Comparator;

/**
 * What makes two loans duplicates (LOAN-40).
 *
 * @param part the stage where the programme's stages are keys apart, else 0
 */
record ApplicantKey(String programme, String inn, int part) implements Comparable<ApplicantKey> {

    private static final Comparator<ApplicantKey> ORDER = Comparator.comparing(ApplicantKey::programme).thenComparing(ApplicantKey::inn).thenComparing(ApplicantKey::part);

    /** The order in which they are held. */
    @Override
    public int compareTo(ApplicantKey other) {
        return ORDER.compare(this, other);
    }
}
