package org.kopuro.access.requests;

import org.kopuro.kernel.Input;

/** What who was refused says to a cause (ACC-T10). */
public record CauseAnswer(String code, String text) {

    public CauseAnswer {
        code = Input.text(code, "answers.code", 64);
        text = Input.lines(text, "answers.text", 1000);
    }
}
