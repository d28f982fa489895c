package org.kopuro.loans.listing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A statement in the making: text, and the values of its question marks in their order. */
final class Clause {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    Clause add(String sql, Object... parameters) {
        text.append(sql);
        Collections.addAll(values, parameters);
        return this;
    }

    Clause add(Clause other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    String text() {
        return text.toString();
    }

    Object[] values() {
        return values.toArray();
    }
}
