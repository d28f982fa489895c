package org.kopuro.access.contracts;

import java.util.List;

/**
 * In what two contracts differ: what breaks first, then by path.
 *
 * @param told     of all, at most {@value #TOLD_MAX}
 * @param total    how many there are
 * @param breaking how many of these are BREAKING
 */
public record Differences(List<Difference> told, int total, int breaking) {

    /** [data] Nobody reads more. */
    public static final int TOLD_MAX = 1000;

    public static final Differences NONE = new Differences(List.of(), 0, 0);

    public Differences {
        told = List.copyOf(told);
    }
}
