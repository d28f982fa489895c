package org.kopuro.consent.forms;

import java.util.Optional;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;

/**
 * What a transfer came to.
 *
 * @param form what it made, or what it repeats
 */
public record TransferResult(FormResult result, Optional<SignatureProblem> problem, FormView form) {

    /** What is the matter, in one sentence. */
    public String sentence(Language language) {
        return told().sentence(language);
    }

    /** What the participant can do about it. */
    public String whatToDo(Language language) {
        return told().whatToDo(language);
    }

    private Refusal told() {
        return Refusal.of(problem.<RefusalCode>map(found -> found).orElse(result));
    }
}
