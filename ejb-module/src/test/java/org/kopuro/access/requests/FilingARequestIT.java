package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** What a request needs to be filed and taken up (ACC-40 to ACC-49, ACC-T01 to ACC-T03, ACC-T10). */
class FilingARequestIT extends RequestScene {

    private static final Particulars NUMBERS = new Particulars(Optional.empty(), Optional.empty(), Optional.of(new Ogrn("1027700132195")), Optional.empty(),
            Optional.of(new RussianInn("7707083893")));

    private AttachedDocument attach(RequestView request, String fileName) throws IOException {
        try (Upload upload = Upload.receive(fileName, new ByteArrayInputStream("All calls were answered.".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            return scene.application.with(Requests.class, requests -> requests.attach(request.id(), request.contour(),
                    new Attachment(Attachment.Kind.SCREEN_FORM, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), upload, Scene.OFFICIAL));
        }
    }

    private NewRequest following(RequestView refused) {
        NewRequest anew = connect(Contour.TEST, "headcount");
        return new NewRequest(anew.kind(), anew.participant(), anew.contour(), anew.procedure(), anew.letter(), anew.answerEmail(), anew.body(), anew.services(), anew.contacts(),
                anew.confirmations(), anew.desiredDay(), Optional.of(refused.id())).naming(anew.products())
                .answering(read(refused).causes().stream().map(Cause::code).distinct().map(code -> new CauseAnswer(code, "It is there now.")).toList());
    }

    /** The catalogue has no services of the Russian procedures yet; the owner adds them. */
    private static String lendingService() {
        return service("lendingInATest", "RU-1221");
    }

    @Test
    void aRefusedRequestIsFollowedByOneThatNamesIt() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView refused = submit(connect(Contour.TEST, "headcount"));
        with(requests -> requests.confirm(refused.id(), Contour.TEST, Scene.OFFICIAL));
        assertRefused(RequestRefusal.PREVIOUS_NOT_REFUSED, () -> submit(following(refused)));
        with(requests -> requests.refuse(refused.id(), Contour.TEST, List.of(), Scene.OFFICIAL));
        RequestView next = submit(following(refused));
        assertEquals(Optional.of(refused.id()), next.previous());
        with(requests -> requests.retract(next.id(), Contour.TEST, Scene.OFFICIAL));
        assertRefused(RequestRefusal.PREVIOUS_NOT_REFUSED, () -> submit(following(refused)));
    }

    @Test
    void whoConfirmsToHaveReadTheProcedureSaysWhichVersionAndItIsTheOneInForce() {
        NewRequest platform = new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, "RU-422-696", Optional.empty(), "bank@example.ru", "Please connect us.",
                List.of(Scene.wish(scene.subsystem.id(), platformService())), contacts(), Set.of("PROCEDURE_READ", "TEST_ENVIRONMENT_READY"), Optional.empty(), Optional.empty());
        Refusal silent = assertThrows(Refusal.class, () -> submit(platform));
        assertEquals("FIELD_MISSING confirmedVersion", silent.code() + " " + silent.field());
        Refusal another = assertThrows(Refusal.class, () -> submit(platform.reading(Optional.of(2))));
        assertEquals("VERSION_NOT_IN_FORCE confirmedVersion 1", another.code() + " " + another.field() + " " + another.argument(0));
        RequestView filed = submit(platform.reading(Optional.of(1)));
        assertEquals(Optional.of(1), read(filed).confirmedVersion());
        RequestView unasked = submit(plain(RequestKind.CHANGE));
        assertEquals(Optional.empty(), unasked.confirmedVersion());
        assertEquals("version_confirmed", PastJava.broken("insert into access.request_confirmation (request_id, item_code) values ('%s', 'PROCEDURE_READ')".formatted(unasked.id().value())));
        assertRefused(RequestRefusal.VERSION_NOT_IN_FORCE, () -> submit(plain(RequestKind.DISCONNECT).reading(Optional.of(7))));
    }

    @Test
    void oneRequestOfAKindIsOpenAtATime() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView first = submit(connect(Contour.TEST, "headcount"));
        assertRefused(RequestRefusal.REQUEST_OPEN_ALREADY, () -> submit(connect(Contour.TEST, "headcount")));
        with(requests -> requests.retract(first.id(), Contour.TEST, Scene.OFFICIAL));
        submit(connect(Contour.TEST, "headcount"));
    }

    @Test
    void whoeverIsConnectedDoesNotAskToBeConnectedAndNobodyElseAsksForAnythingElse() {
        assertRefused(AccessRefusal.ALREADY_CONNECTED, () -> submit(connect(Contour.TEST, "headcount")));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> submit(plain(RequestKind.RESTORE)));
        scene.apply(ConnectionEvent.DISCONNECT);
        for (RequestKind kind : List.of(RequestKind.JOINT_TEST, RequestKind.RESTORE, RequestKind.DISCONNECT, RequestKind.CHANGE)) {
            assertRefused(AccessRefusal.PARTICIPANT_NOT_CONNECTED, () -> submit(plain(kind)));
        }
    }

    @Test
    void strangersSubsystemsAndServicesOfOtherProceduresAreRefused() {
        scene.apply(ConnectionEvent.DISCONNECT);
        NewRequest request = connect(Contour.TEST, "headcount");
        assertRefused(RequestRefusal.SUBSYSTEM_OF_ANOTHER_PARTICIPANT, () -> submit(with(request, List.of(Scene.wish(newcomer.id(), "headcount")))));
        assertRefused(RequestRefusal.SERVICE_OF_ANOTHER_PROCEDURE, () -> submit(with(request, List.of(Scene.wish(scene.subsystem.id(), "noSuchService")))));
        assertRefused(InputRefusal.FIELD_MISSING, () -> with(request, List.of()));
        ServiceWish twice = Scene.wish(scene.subsystem.id(), "headcount");
        assertRefused(InputRefusal.FIELD_INVALID, () -> with(request, List.of(twice, twice)));
    }

    @Test
    void whoAnswersForARequestIsKeptInFullAndInOrderAndOutOfTheLedger() {
        scene.apply(ConnectionEvent.DISCONNECT);
        NewRequest wish = connect(Contour.TEST, "headcount");
        NewContact first = new NewContact("Zarina \"Z\" Person", "IT", "Engineer", "z@example.kg", "+996 312 000001");
        NewContact second = new NewContact("A Person", "Security", "Head", "a@example.kg", "+996 312 000002");
        RequestView request = submit(new NewRequest(wish.kind(), wish.participant(), wish.contour(), wish.procedure(), wish.letter(), wish.answerEmail(), wish.body(), wish.services(),
                List.of(first, second), wish.confirmations(), wish.desiredDay(), wish.previous()).naming(wish.products()));
        assertEquals(List.of(first, second), read(request).contacts());
        assertEquals(List.of("0"), Rows.of("select count(*) from ledger.entry where record_id = ? and content::text ~ 'Person|@example|312 00'", request.id().value()));
    }

    @Test
    void aLetterIsDatedNeitherInTheFutureNorLongAgo() {
        scene.apply(ConnectionEvent.DISCONNECT);
        assertRefused(RequestRefusal.RECEIVED_IN_THE_FUTURE, () -> submit(byLetter(connect(Contour.TEST, "headcount"), "bank@example.kg", now().plusSeconds(1))));
        assertRefused(InputRefusal.FIELD_INVALID, () -> submit(byLetter(connect(Contour.TEST, "headcount"), "bank@example.kg", now().minus(Duration.ofDays(400)))));
    }

    @ParameterizedTest
    @CsvSource({"clerk@example.com, false", "clerk@example.su, true", "clerk@example.RU, true", "clerk@пример.рф, false", "clerk@example.xn--p1ai, false"})
    void theLendingServiceTakesLettersFromItsZonesOnly(String sender, boolean taken) {
        RequestView request = submit(byLetter(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.PRODUCTION, "RU-1221", Optional.empty(), sender, "Please connect us.",
                List.of(Scene.wish(scene.subsystem.id(), lendingService())), contacts(), Set.of(), Optional.empty(), Optional.empty()).stating(NUMBERS), sender, now()));
        if (taken) {
            assertEquals(RequestState.ACCEPTED, with(requests -> requests.confirm(request.id(), Contour.PRODUCTION, Scene.OFFICIAL)).state());
        } else {
            assertRefused(RequestRefusal.SENDER_OUTSIDE_ZONE, () -> with(requests -> requests.confirm(request.id(), Contour.PRODUCTION, Scene.OFFICIAL)));
            assertEquals(RequestState.NOT_ACCEPTED,
                    with(requests -> requests.decline(request.id(), Contour.PRODUCTION, List.of(new Cause("SENDER_OUTSIDE_ZONE", "example")), Scene.OFFICIAL)).state());
        }
    }

    @Test
    void aJointTestIsTakenUpWithSomethingThatShowsIt() throws IOException {
        RequestView request = submit(with(plain(RequestKind.JOINT_TEST), List.of(Scene.wish(scene.subsystem.id(), "headcount"))));
        assertRefused(RequestRefusal.ATTACHMENT_MISSING, () -> with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL)));
        AttachedDocument attached = attach(request, "report.txt");
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        tick(request, "PROTOCOLS_SHOWN");
        grant(request);
        assertEquals(List.of(attached), scene.application.with(Requests.class, requests -> requests.documents(request.id())));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> attach(request, "late.txt"));
    }

    @Test
    void aRefusedFileLeavesNothing() {
        RequestView request = submit(plain(RequestKind.JOINT_TEST));
        assertRefused(DocumentRefusal.DOCUMENT_NAME_INVALID, () -> attach(request, "../report.txt"));
        assertEquals(List.of(), scene.application.with(Requests.class, requests -> requests.documents(request.id())));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01, false", "2026-03-02, true", "2026-03-09, true", "2026-03-10, false"})
    void anExitIsWishedForWithinItsDeadline(LocalDate day, boolean taken) {
        NewRequest request = new NewRequest(RequestKind.DISCONNECT, scene.participant.id(), Contour.TEST, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "We leave.", List.of(),
                List.of(), Set.of(), Optional.of(day), Optional.empty());
        if (taken) {
            assertEquals(Optional.of(day), submit(request).desiredDay());
        } else {
            assertRefused(RequestRefusal.DESIRED_DAY_TOO_LATE, () -> submit(request));
        }
    }
}
