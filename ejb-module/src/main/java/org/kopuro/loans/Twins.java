package org.kopuro.loans;

import java.util.List;

/** @param more whether there are more than are told here */
public record Twins(List<Twin> told, boolean more) {

    public Twins {
        told = List.copyOf(told);
    }
}
