package org.kopuro.notices;

import java.time.LocalDate;
import org.kopuro.kernel.Language;

/** A text as it was published; it holds until the next one's day. */
public record TemplateView(NoticeKind kind, String procedure, Language language, LocalDate validFrom, String subject, String body) {
}
