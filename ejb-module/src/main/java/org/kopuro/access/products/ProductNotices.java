package org.kopuro.access.products;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.time.Clock;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.calendar.Calendars;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.Notices;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;

/** Who is told that a document expires soon (N19). It concerns both contours. */
@Dependent
class ProductNotices {

    @Inject
    private Notices notices;
    @Inject
    private Letters letters;
    @Inject
    private Participants participants;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private Clock clock;

    /** Both sides are (ACC-9). */
    void expiresSoon(ProductDue due, ProductView product, ProductDocument document) {
        tellParticipant(due, product, document);
        tellAuthority(due, product, document);
    }

    private void tellParticipant(ProductDue due, ProductView product, ProductDocument document) {
        ParticipantView participant = participants.get(product.told().participant());
        Procedure procedure = procedures.get(due.procedure(), due.version());
        Language language = participant.language();
        notices.write(NewNotice.of(NoticeKind.N19, "N19:product:" + document.document() + ":" + due.procedure() + ":" + due.workingDays(), "product", product.id().value(), language)
                .under(procedure.code()).inCabinetOf(participant.id().value()).to(participant.noticeEmail())
                .with("number", document.told().number()).with("date", ProductWords.day(calendars.get(procedure.calendar()).dayOf(clock.instant())))
                .with("participant", participant.fullName()).with("procedure", procedure.titles().get(language)).with("procedureVersion", String.valueOf(procedure.version()))
                .with("link", letters.link("notices")).with("documents", words(language, product, document)).with("expiryDate", ProductWords.day(due.day())));
    }

    /** The authority's letter goes to the addresses of its staff, written here once they are known; until then officials see the end in the product's documents. */
    private void tellAuthority(ProductDue due, ProductView product, ProductDocument document) {
    }

    static String words(Language language, ProductView product, ProductDocument document) {
        return new MessageFormat(ProductWords.of(language, "document"), language.locale()).format(new Object[] {ProductWords.of(language, document.told().kind().name()),
            document.told().number(), ProductWords.day(document.told().issuedOn()), product.told().name()});
    }
}
