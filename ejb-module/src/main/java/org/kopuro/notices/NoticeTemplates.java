package org.kopuro.notices;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Refusal;

/** Publishes the texts of notices; what was published stays, and notices that are written stay as they were. */
@Stateless
public class NoticeTemplates {

    @Inject
    private NoticeStore store;
    @Inject
    private Clock clock;

    /** From its day on, notices of its kind, procedure and language are written from this text. */
    public void publish(NewTemplate template) {
        if (template.validFrom().isBefore(LocalDate.ofInstant(clock.instant(), Installation.ZONE))) {
            throw Refusal.of(NoticeRefusal.TEMPLATE_IN_THE_PAST, "validFrom");
        }
        if (!store.add(template)) {
            throw Refusal.of(NoticeRefusal.TEMPLATE_ALREADY_PUBLISHED, "validFrom", template.validFrom());
        }
    }
}
