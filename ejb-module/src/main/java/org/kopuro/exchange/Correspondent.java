package org.kopuro.exchange;

import org.kopuro.kernel.Language;
import org.kopuro.participants.FaultDialect;

/** How to speak to a caller: its language, its spelling of fault codes. */
public record Correspondent(Language language, FaultDialect dialect) {

    /** For callers that nobody knows. */
    public static final Correspondent UNKNOWN = new Correspondent(Language.RU, FaultDialect.CAMEL_CASE);
}
