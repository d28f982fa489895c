package org.kopuro.exchange.closures;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * What an official wants to close.
 *
 * @param service empty for the whole contour
 * @param notice  what callers are told, in every language
 * @param from    empty for at once
 * @param until   empty where nobody knows yet
 * @param reason  for the authority
 */
public record NewClosure(Optional<String> service, Map<Language, String> notice, Optional<Instant> from, Optional<Instant> until, String reason) {

    static final int NOTICE_LENGTH_MAX = 500;
    static final Duration LONGEST = Duration.ofDays(31);

    public NewClosure {
        service = service.map(code -> Input.text(code, "service", 64));
        Map<Language, String> texts = new TreeMap<>();
        for (Language language : Language.values()) {
            texts.put(language, Input.text(notice.get(language), "notice." + language.tag(), NOTICE_LENGTH_MAX));
        }
        notice = Map.copyOf(texts);
        reason = Input.text(reason, "reason", 1000);
    }

    /** When it begins, if it is closed now. */
    Instant begin(Instant now) {
        Instant begin = from.orElse(now);
        if (begin.isBefore(now)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "from");
        }
        if (until.filter(end -> !end.isAfter(begin) || end.isAfter(begin.plus(LONGEST))).isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "until");
        }
        return begin;
    }
}
