package org.kopuro.consentservices;

import java.util.List;
import java.util.Optional;
import org.kopuro.consent.UsageView;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;

/**
 * Who saw a taxpayer's data: a page, the newest first.
 *
 * @param language of what people read
 * @param next     where the page after this one begins; empty where there is none
 */
public record UsageFound(Inn taxpayer, Language language, List<UsageView> uses, Optional<Long> next) {

    /** What was done, for people; of what stands in no catalogue, its code. */
    public String action(UsageView use) {
        return use.titles().getOrDefault(language, use.service());
    }
}
