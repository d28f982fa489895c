package org.kopuro.access.agreements;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.letters.Days;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.access.staff.Desk;
import org.kopuro.access.staff.Staff;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.Notices;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;

/** What participants are told of their agreements, N06, N13 and N19; the last one the authority's unit as well. */
@Dependent
class AgreementNotices {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");

    @Inject
    private Installation installation;
    @Inject
    private Notices notices;
    @Inject
    private Participants participants;
    @Inject
    private Procedures procedures;
    @Inject
    private Connections connections;
    @Inject
    private Staff staff;
    @Inject
    private Letters letters;

    void inForce(AgreementView agreement, Optional<String> amendment) {
        ParticipantView participant = participants.get(agreement.participant());
        NewNotice notice = notice(NoticeKind.N06, "agreement:" + agreement.id().value() + ":" + agreement.version(), agreement, participant, days(agreement))
                .with("agreement", text("agreement", participant.language(), agreement, agreement.terms().orElseThrow().signedOn()));
        amendment.ifPresent(changed -> notice.with("amendment", changed));
        notices.write(notice);
    }

    void suspended(AgreementView agreement, ConnectionView connection) {
        ParticipantView participant = participants.get(agreement.participant());
        notices.write(notice(NoticeKind.N13, "connection:" + connection.id().value() + ":" + connection.events(), agreement, participant, days(agreement))
                .to(connections.addresses(connection)).with("contour", connection.contour().name())
                .with("grounds", text("ended", participant.language(), agreement, agreement.terms().orElseThrow().lastDay().orElseThrow())));
    }

    /** To both sides. */
    void endsSoon(AgreementView agreement, LocalDate lastDay, int workingDays) {
        ParticipantView participant = participants.get(agreement.participant());
        String once = "agreement:" + agreement.id().value() + ":" + lastDay + ":" + workingDays;
        Days days = days(agreement);
        notices.write(notice(NoticeKind.N19, once, agreement, participant, days).with(ending(agreement, participant.language(), lastDay)));
        staff.tell(NoticeKind.N19, Desk.UNIT, new Letters.Subject("agreement", agreement.id().value(), agreement.number(), once), days, agreement.contour(), language -> {
            Map<String, String> facts = ending(agreement, language, lastDay);
            return Map.of("expiryDate", facts.get("expiryDate"), "documents", facts.get("documents") + ", " + participant.fullName());
        });
    }

    private Days days(AgreementView agreement) {
        return letters.days(procedures.get(agreement.procedure(), agreement.procedureVersion()));
    }

    private static Map<String, String> ending(AgreementView agreement, Language language, LocalDate lastDay) {
        return Map.of("documents", text("agreement", language, agreement, agreement.terms().orElseThrow().signedOn()), "expiryDate", DAY.format(lastDay));
    }

    private NewNotice notice(NoticeKind kind, String once, AgreementView agreement, ParticipantView participant, Days days) {
        Procedure procedure = days.procedure();
        return NewNotice.of(kind, kind + ":" + once, "agreement", agreement.id().value(), participant.language()).under(agreement.procedure())
                .inCabinetOf(participant.id().value()).in(agreement.contour()).to(agreement.terms().flatMap(AgreementTerms::noticeEmail).orElse(participant.noticeEmail()))
                .with("number", agreement.number()).with("date", days.today()).with("participant", participant.fullName())
                .with("procedure", procedure.titles().get(participant.language())).with("procedureVersion", String.valueOf(procedure.version()))
                .with("link", installation.publicAddress() + "/access/agreements/" + agreement.id().value());
    }

    private static String text(String key, Language language, AgreementView agreement, LocalDate day) {
        ResourceBundle bundle = ResourceBundle.getBundle(AgreementNotices.class.getPackageName() + ".facts", language.locale(), AgreementNotices.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new MessageFormat(bundle.getString(key), language.locale()).format(new Object[] {agreement.number(), DAY.format(day)});
    }
}
