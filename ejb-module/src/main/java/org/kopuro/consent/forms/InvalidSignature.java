package org.kopuro.consent.forms;

import java.util.Objects;

/** Inside this package only: a signature does not count, and why. */
final class InvalidSignature extends Exception {

    private static final long serialVersionUID = 1L;

    private final SignatureProblem problem;

    InvalidSignature(SignatureProblem problem) {
        super(problem.name(), null, false, false);
        this.problem = Objects.requireNonNull(problem);
    }

    SignatureProblem problem() {
        return problem;
    }
}
