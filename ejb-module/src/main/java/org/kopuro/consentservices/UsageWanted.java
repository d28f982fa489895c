package org.kopuro.consentservices;

import java.util.Locale;
import java.util.Optional;
import org.kopuro.consent.UsageFilter;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * Which uses a portal wants to be told.
 *
 * @param before   the last number of the page that was read
 * @param language of what people read; else the participant's
 */
public record UsageWanted(UsageFilter filter, Optional<Long> before, int limit, Optional<Language> language) {

    private static final int LIMIT_MAX = 1000;
    private static final int LIMIT_USUAL = 100;

    /** As the texts stand in the request; refuses what cannot be read. */
    public static UsageWanted of(Optional<String> before, Optional<Integer> limit, Optional<String> from, Optional<String> to, Optional<String> dataSet, Optional<String> outcome,
            Optional<String> language) {
        int most = limit.orElse(LIMIT_USUAL);
        if (most < 1 || most > LIMIT_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "limit");
        }
        return new UsageWanted(new UsageFilter(Optional.empty(), dataSet.map(code -> Input.text(code, "dataSet", 64)), Optional.empty(), from.map(day -> Input.day(day, "from")),
                to.map(day -> Input.day(day, "to")), outcome), before.map(UsageWanted::number), most,
                language.map(tag -> Input.oneOf(Language.class, tag.toUpperCase(Locale.ROOT), "language")));
    }

    private static long number(String text) {
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "before");
        }
        return Long.parseLong(text);
    }
}
