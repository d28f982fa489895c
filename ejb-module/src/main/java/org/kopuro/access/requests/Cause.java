package org.kopuro.access.requests;

import org.kopuro.kernel.Input;

/** A cause of a refusal, by code and text (ACC-48). */
public record Cause(String code, String text) {

    public Cause {
        code = Input.text(code, "causes.code", 64);
        text = Input.text(text, "causes.text", 1000);
    }
}
