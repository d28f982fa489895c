package org.kopuro.loans;

import org.kopuro.kernel.Refusal;

/**
 * Something that is told of a wish. A warning has the code and the text of the refusal that PRODUCTION would give (LOAN-131).
 *
 * @param refusal its code, field, and texts
 */
public record Saying(Severity severity, Refusal refusal) {

    public enum Severity {
        WARNING, REFUSAL
    }

    public String code() {
        return refusal.code().name();
    }

    /** The JSON name of the field, or empty text for the whole. */
    public String field() {
        return refusal.field() == null ? "" : refusal.field();
    }

    public boolean refuses() {
        return severity == Severity.REFUSAL;
    }
}
