package org.kopuro.access.catalogue;

import java.time.LocalDate;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * A text to be published in one language.
 *
 * @param version the next one, or one that lacks this language
 * @param dated   the day that the text itself bears, the same in all languages
 */
public record NewText(TextKind kind, int version, LocalDate dated, Language language, String title) {

    public NewText {
        title = Input.text(title, "title", 300);
        if (version < 1) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "version");
        }
    }
}
