package org.kopuro.access.requests;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kopuro.access.credentials.Credentials;
import org.kopuro.access.jointtests.JointTests;
import org.kopuro.access.jointtests.TestedVersion;
import org.kopuro.access.letters.Days;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.ObligationView;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.access.procedures.Purpose;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;

/** What an applicant is told of its request (N01 to N10, N20), at the address that the request names (ACC-81); that it is not accepted, who wrote its letter, too. */
@Dependent
class RequestLetters {

    @Inject
    private Letters letters;
    @Inject
    private Participants participants;
    @Inject
    private Procedures procedures;
    @Inject
    private Obligations obligations;
    @Inject
    private Credentials credentials;
    @Inject
    private RequestStore store;
    @Inject
    private JointTests jointTests;

    /** @param text the official's questions */
    void tell(RequestView request, RequestEvent event, String text) {
        ParticipantView participant = participants.get(request.participant());
        Days days = letters.days(procedures.get(request.procedure(), request.version()));
        switch (event) {
            case CONFIRM -> letters.send(begin(NoticeKind.N01, request, participant, days).with("deadline", deadline(request, days, participant)));
            case DECLINE -> letters.send(begin(NoticeKind.N02, request, participant, days).to(request.sender().stream().toList()).with("causes", causes(request)));
            case ASK -> letters.send(begin(NoticeKind.N03, request, participant, days).with("questions", text).with("deadline", deadline(request, days, participant)));
            case REFUSE -> {
                NewNotice refusal = begin(NoticeKind.N09, request, participant, days).with("causes", causes(request));
                letters.send(request.kind() == RequestKind.JOINT_TEST ? refusal.with("testNotPassed", "1") : refusal);
            }
            case RETRACT, LAPSE -> letters.send(begin(NoticeKind.N10, request, participant, days));
            case SUBMIT, SUPPLY, GRANT -> { }
        }
    }

    /** That it is granted, once it has been brought about; of a connection with the way to the credentials (ACC-59). */
    void granted(RequestView request, Actor by) {
        Days days = letters.days(procedures.get(request.procedure(), request.version()));
        Optional<NewNotice> letter = granted(request, participants.get(request.participant()), days);
        if (request.kind() == RequestKind.CONNECT) {
            String address = bySystem(request) ? participants.get(request.participant()).noticeEmail() : request.answerEmail();
            credentials.send(letter.orElseThrow(), request.participant(), request.contour(), days, address, by);
        } else {
            letter.ifPresent(letters::send);
        }
    }

    /** A change that only drops services is known to who asked for it. */
    private Optional<NewNotice> granted(RequestView request, ParticipantView participant, Days days) {
        String services = request.addedServices().stream().distinct().sorted().collect(Collectors.joining(", "));
        return switch (request.kind()) {
            // The link to the credentials is where whoever has an account already signs in; of a first connection it is replaced.
            case CONNECT, CHANGE -> services.isEmpty() ? Optional.empty() : Optional.of(begin(request.contour() == Contour.TEST ? NoticeKind.N04 : NoticeKind.N05, request, participant,
                    days).with("services", services).with("credentialsLink", letters.link("credentials")).with("protocolLink", letters.link("protocols")));
            case JOINT_TEST -> Optional.of(begin(NoticeKind.N20, request, participant, days)
                    .with("services", jointTests.passed(request.id().value()).stream().map(TestedVersion::toString).collect(Collectors.joining(", "))));
            case RESTORE -> Optional.of(due(begin(NoticeKind.N07, request, participant, days), days, DeadlineRule.TELL_RESTORATION));
            case DISCONNECT -> Optional.of(due(begin(NoticeKind.N08, request, participant, days), days, DeadlineRule.TELL_DISCONNECTION));
        };
    }

    /** A system's key is not the participant's office: whoever holds it must neither have the node's first account sent to himself nor act unnoticed. */
    private boolean bySystem(RequestView request) {
        return store.filedBySystem(request.id().value());
    }

    private NewNotice begin(NoticeKind kind, RequestView request, ParticipantView participant, Days days) {
        Letters.Subject subject = new Letters.Subject("request", request.id().value(), String.valueOf(request.number()), "request:" + request.id().value() + ":" + request.events());
        NewNotice letter = letters.begin(kind, subject, participant, days, request.contour()).to(request.answerEmail())
                .to(bySystem(request) ? Letters.addresses(participant) : List.of()).with("requestKind", Letters.word(participant.language(), "request." + request.kind())).with("howToAnswer", Letters.word(participant.language(), "answer"));
        days.procedure().subject(Purpose.of(request.kind(), request.contour())).ifPresent(letter::headed);
        return letter;
    }

    private static NewNotice due(NewNotice letter, Days days, DeadlineRule rule) {
        days.due(rule).ifPresent(letter::due);
        return letter;
    }

    /** The nearest day by which somebody owes something for this request. */
    private String deadline(RequestView request, Days days, ParticipantView participant) {
        Optional<Instant> due = obligations.of(About.request(request.id().value())).stream().filter(one -> one.closedAt().isEmpty()).map(ObligationView::dueAt)
                .flatMap(Optional::stream).min(Instant::compareTo);
        return due.map(days::lastDay).orElseGet(() -> Letters.word(participant.language(), "unknownDay"));
    }

    private static String causes(RequestView request) {
        return request.causes().stream().map(cause -> cause.code() + ": " + cause.text()).collect(Collectors.joining("; "));
    }
}
