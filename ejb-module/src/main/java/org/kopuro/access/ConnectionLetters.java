package org.kopuro.access;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kopuro.access.letters.Days;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.Measure;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.staff.Desk;
import org.kopuro.access.staff.Staff;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.participants.ParticipantView;

/**
 * What a participant is told of its connection's events (N11 to N15 and N25, and N07 after a renewal). What answers a request, the request tells; that an agreement
 * has ended, the agreement.
 */
@Dependent
class ConnectionLetters {

    @Inject
    private Letters letters;
    @Inject
    private ConnectionStore store;
    @Inject
    private AnnouncementStore announcements;
    @Inject
    private Staff staff;

    /** Of what happened to a connection, to whom, and in which version of the procedure its ground is listed. */
    private record News(ConnectionView connection, ConnectionEvent event, ParticipantView participant, Days days, Procedure listing) {

        Language language() {
            return participant.language();
        }
    }

    void tell(ConnectionView connection, ConnectionEvent event, ParticipantView participant, Procedure procedure, Procedure listing) {
        News news = new News(connection, event, participant, letters.days(procedure), listing);
        switch (event) {
            case ANNOUNCE_SUSPENSION -> announce(connection, dueBefore(announced(NoticeKind.N11, news), news, DeadlineRule.ANNOUNCE_SUSPENSION));
            case ANNOUNCE_TERMINATION -> announce(connection, dueBefore(announced(NoticeKind.N15, news)
                    .with("agreement", store.agreementNumber(connection).orElseGet(() -> Letters.word(news.language(), "agreement"))), news, DeadlineRule.ANNOUNCE_TERMINATION));
            case DATE_MOVED -> move(news);
            case WITHDRAW_SUSPENSION, WITHDRAW_TERMINATION -> letters.send(begin(NoticeKind.N12, news)
                    .with("announcement", Letters.word(news.language(), event == ConnectionEvent.WITHDRAW_SUSPENSION ? "announcement.SUSPENSION" : "announcement.TERMINATION")));
            case SUSPEND, SUSPENSION_DUE -> letters.send(due(withGrounds(NoticeKind.N13, news), news, DeadlineRule.TELL_SUSPENSION));
            case FORCE_DISCONNECTION, TERMINATION_DUE, LIQUIDATE, AGREEMENT_NOT_RENEWED -> letters.send(due(withGrounds(NoticeKind.N14, news), news, DeadlineRule.TELL_DISCONNECTION));
            case AGREEMENT_RENEWED -> letters.send(due(begin(NoticeKind.N07, news), news, DeadlineRule.TELL_RESTORATION));
            case CONNECT, RESTORE, DISCONNECT, AGREEMENT_EXPIRED -> { }
        }
    }

    /** Who hears of the connection, and where its request wanted its answers (ACC-81); the same address twice gets one letter. */
    List<String> addresses(ConnectionView connection, ParticipantView participant) {
        List<String> addresses = standing(connection, participant);
        store.answerAddress(connection).ifPresent(addresses::add);
        return addresses;
    }

    /** At the address that the agreement names or, where none does, the participant's; and the operational contacts of the contour and procedure. */
    private List<String> standing(ConnectionView connection, ParticipantView participant) {
        List<String> addresses = new ArrayList<>(List.of(store.agreedAddress(connection).orElse(participant.noticeEmail())));
        addresses.addAll(store.contacts(connection));
        return addresses;
    }

    /** Only what is told takes effect, so each of its letters is remembered with its event. */
    private void announce(ConnectionView connection, NewNotice letter) {
        announcements.add(connection, letters.send(letter));
    }

    /** To the participant, and to the authority's unit. */
    private void move(News news) {
        ConnectionView connection = news.connection();
        String announcement = suspends(connection) ? "announcement.SUSPENSION" : "announcement.TERMINATION";
        announce(connection, announced(NoticeKind.N25, news).with("announcement", Letters.word(news.language(), announcement)));
        staff.tell(NoticeKind.N25, Desk.UNIT, subject(connection), news.days(), connection.contour(), language -> Map.of(
                "announcement", Letters.word(language, announcement) + ", " + news.participant().fullName(), "effectiveDate", news.days().day(connection.announcedFor().orElseThrow()),
                "grounds", grounds(news, language)));
    }

    private static boolean suspends(ConnectionView connection) {
        return connection.state() == ConnectionState.SUSPENSION_ANNOUNCED;
    }

    private static NewNotice dueBefore(NewNotice letter, News news, DeadlineRule rule) {
        news.days().lastToTell(rule, news.connection().announcedFor().orElseThrow()).ifPresent(letter::due);
        return letter;
    }

    private NewNotice announced(NoticeKind kind, News news) {
        return withGrounds(kind, news).with("effectiveDate", news.days().day(news.connection().announcedFor().orElseThrow()));
    }

    private NewNotice withGrounds(NoticeKind kind, News news) {
        return begin(kind, news).with("grounds", grounds(news, news.language()));
    }

    private NewNotice begin(NoticeKind kind, News news) {
        ConnectionView connection = news.connection();
        return letters.begin(kind, subject(connection), news.participant(), news.days(), connection.contour())
                // The end of an agreement is told to those who are there for the participant, whoever once asked for the connection (N15).
                .to(kind == NoticeKind.N15 || kind == NoticeKind.N25 && !suspends(connection) ? standing(connection, news.participant()) : addresses(connection, news.participant()))
                .with("howToAnswer", Letters.word(news.language(), "answer"));
    }

    private static Letters.Subject subject(ConnectionView connection) {
        String number = connection.id().value().toString().substring(0, 8) + "/" + connection.events();
        return new Letters.Subject("connection", connection.id().value(), number, "connection:" + connection.id().value() + ":" + connection.events());
    }

    private static NewNotice due(NewNotice letter, News news, DeadlineRule rule) {
        news.days().due(rule).ifPresent(letter::due);
        return letter;
    }

    /** What it stands on; of a suspension also on which basis in the agreement, in its words (§6). */
    private static String grounds(News news, Language language) {
        return news.connection().basis().map(basis -> stated(news, language) + "\n" + Letters.word(language, "basis") + " № " + basis.number() + ": " + basis.text())
                .orElseGet(() -> stated(news, language));
    }

    /** The procedure's words for the ground, with its source, or what the event itself says; then the official's. */
    private static String stated(News news, Language language) {
        String reason = news.connection().reason();
        return switch (news.event()) {
            case LIQUIDATE, AGREEMENT_NOT_RENEWED -> Letters.word(language, "ground." + news.event()) + ": " + reason;
            default -> news.connection().ground().flatMap(code -> news.listing().ground(measure(news), code))
                    .map(ground -> ground.texts().get(language) + " (" + ground.source() + "). " + reason).orElse(reason);
        };
    }

    private static Measure measure(News news) {
        return news.event().listedUnder().orElse(suspends(news.connection()) ? Measure.SUSPENSION : Measure.TERMINATION);
    }
}
