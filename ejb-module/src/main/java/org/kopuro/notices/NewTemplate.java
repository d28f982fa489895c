package org.kopuro.notices;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * A text that is to hold from a day on. Refused when it is no Mustache text, or names what no notice of its kind knows.
 *
 * @param procedure the procedure's code, or {@code *} for all that have no text of their own
 */
public record NewTemplate(NoticeKind kind, String procedure, Language language, LocalDate validFrom, String subject, String body) {

    private static final int BODY_MAX = 10_000;

    public NewTemplate {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(language);
        Objects.requireNonNull(validFrom);
        procedure = Input.text(procedure, "procedure", 32);
        subject = Input.text(subject, "subject", 300);
        if (body == null || body.isBlank()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "body");
        }
        body = body.replace("\r\n", "\n").strip() + "\n";
        if (body.length() > BODY_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "body", BODY_MAX);
        }
        if (body.codePoints().anyMatch(character -> character != '\n' && character != '\t' && Character.isISOControl(character))) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "body");
        }
        check(subject, "subject", kind.facts(), kind.name());
        check(body, "body", kind.facts(), kind.name());
    }

    /** @param of what knows the facts */
    static void check(String text, String field, Set<String> facts, String of) {
        Set<String> unknown;
        try {
            unknown = Wording.unknown(text, facts);
        } catch (RuntimeException e) {
            if (Wording.isOfText(e)) {
                throw Refusal.of(NoticeRefusal.TEMPLATE_MALFORMED, field);
            }
            throw e;
        }
        if (!unknown.isEmpty()) {
            String first = Wording.oneLine(unknown.iterator().next());
            throw Refusal.of(NoticeRefusal.TEMPLATE_FACT_UNKNOWN, field, first.substring(0, Math.min(60, first.length())), of);
        }
    }
}
