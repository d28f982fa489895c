package org.kopuro.access.products;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.util.Map;
import org.kopuro.access.letters.Days;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.access.staff.Desk;
import org.kopuro.access.staff.Staff;
import org.kopuro.kernel.Contour;
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
    private Staff staff;
    @Inject
    private ProductStore store;

    /** Both sides are (ACC-9); of the authority, the units of the contours in which the product is used under the procedure. */
    void expiresSoon(ProductDue due, ProductView product, ProductDocument document) {
        ParticipantView participant = participants.get(product.told().participant());
        Days days = letters.days(procedures.get(due.procedure(), due.version()));
        String once = "product:" + document.document() + ":" + due.procedure() + ":" + due.workingDays();
        Language language = participant.language();
        notices.write(NewNotice.of(NoticeKind.N19, "N19:" + once, "product", product.id().value(), language)
                .under(due.procedure()).inCabinetOf(participant.id().value()).to(participant.noticeEmail())
                .with("number", document.told().number()).with("date", days.today())
                .with("participant", participant.fullName()).with("procedure", days.procedure().titles().get(language)).with("procedureVersion", String.valueOf(due.version()))
                .with("link", letters.link("notices")).with("documents", words(language, product, document)).with("expiryDate", ProductWords.day(due.day())));
        for (Contour contour : store.usedIn(product.id(), due.procedure())) {
            staff.tell(NoticeKind.N19, Desk.UNIT, new Letters.Subject("product", product.id().value(), document.told().number(), once + ":" + contour), days, contour,
                    its -> Map.of("expiryDate", ProductWords.day(due.day()), "documents", words(its, product, document) + ", " + participant.fullName()));
        }
    }

    static String words(Language language, ProductView product, ProductDocument document) {
        return new MessageFormat(ProductWords.of(language, "document"), language.locale()).format(new Object[] {ProductWords.of(language, document.told().kind().name()),
            document.told().number(), ProductWords.day(document.told().issuedOn()), product.told().name()});
    }
}
