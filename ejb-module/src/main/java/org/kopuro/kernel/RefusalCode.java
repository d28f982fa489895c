package org.kopuro.kernel;

/**
 * A stable code of a {@link Refusal}. Each capability has its own enum; a published code is never renamed.
 * The bundle {@code refusals} in the enum's package holds two texts per code and language:
 * {@code CODE} (the sentence) and {@code CODE.do} (what to do next). A test holds the bundles to the enums.
 */
public interface RefusalCode {

    String name();

    Class<?> getDeclaringClass();

    default RefusalKind kind() {
        return RefusalKind.RULE;
    }
}
