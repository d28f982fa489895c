package org.kopuro.participants;

import org.kopuro.kernel.Language;

/** How a participant is spoken to: the language of what it is told, the spelling of its fault codes. */
public record Speech(Language language, FaultDialect faultDialect) {
}
