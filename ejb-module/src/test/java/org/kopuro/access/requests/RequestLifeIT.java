package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRightState;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.duties.DutyRefusal;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.ObligationView;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.SubsystemView;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Requests from their receipt to their decision: ACC-40 to ACC-50, ACC-T01 to ACC-T10. The scene's day is Monday, 2 March 2026. */
class RequestLifeIT {

    private final Scene scene = new Scene();
    private final SubsystemView newcomer = anotherParticipant();

    private SubsystemView anotherParticipant() {
        return new Scene(Contour.TEST, scene.application).subsystem;
    }

    static Stream<Arguments> pairs() {
        return Stream.of(RequestState.values()).flatMap(state -> Stream.of(RequestEvent.values()).map(event -> Arguments.of(state, event)));
    }

    @Test
    void theDatabaseHoldsTheSameTable() {
        Set<String> java = new HashSet<>(Set.of("NONE SUBMIT SUBMITTED"));
        for (RequestState state : RequestState.values()) {
            for (RequestEvent event : RequestEvent.values()) {
                state.on(event).ifPresent(next -> java.add(state + " " + event + " " + next));
            }
        }
        assertEquals(java, new HashSet<>(Rows.of("select from_state || ' ' || event || ' ' || to_state from access.request_transition")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pairs")
    void anEventThatTheStateDoesNotAllowIsRefusedAndChangesNothing(RequestState state, RequestEvent event) {
        if (event == RequestEvent.SUBMIT) {
            return;
        }
        RequestView request = reach(state);
        Optional<RequestState> next = state.on(event);
        if (next.isPresent()) {
            apply(request, event);
        } else {
            assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> apply(request, event));
        }
        assertEquals(next.orElse(state), read(request).state());
    }

    @Test
    void aGrantedConnectionGivesTheServicesAskedForAndNoOthers() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(connect(Contour.TEST, "tpDataByINN", "headcount"));
        accept(request);
        grant(request);
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
        assertEquals(Set.of("tpDataByINN", "headcount"), activeServices());
    }

    @Test
    void anUntickedItemForbidsTheGrantAndBecomesACauseOfTheRefusal() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(connect(Contour.TEST, "headcount"));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        for (String item : List.of("TAX_REGISTRATION", "EXCHANGE_REGISTRATION", "SERVICES_NAMED", "MEMBER_IDENTIFIER", "SUBSYSTEM")) {
            tick(request, item);
        }
        assertRefused(RequestRefusal.CHECKLIST_INCOMPLETE, () -> grant(request));
        RequestView refused = with(requests -> requests.refuse(request.id(), Contour.TEST, List.of(), Language.EN, Scene.OFFICIAL));
        assertEquals(List.of("RIGHTS_DOCUMENTS"), refused.causes().stream().map(Cause::code).toList());
        assertTrue(refused.causes().get(0).text().contains("003 §8"), refused.causes().get(0).text());
    }

    @Test
    void aRefusedRequestIsFollowedByOneThatNamesIt() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView refused = submit(connect(Contour.TEST, "headcount"));
        with(requests -> requests.confirm(refused.id(), Contour.TEST, Scene.OFFICIAL));
        assertRefused(RequestRefusal.PREVIOUS_NOT_REFUSED, () -> submit(following(refused)));
        with(requests -> requests.refuse(refused.id(), Contour.TEST, List.of(), Language.RU, Scene.OFFICIAL));
        RequestView next = submit(following(refused));
        assertEquals(Optional.of(refused.id()), next.previous());
        with(requests -> requests.retract(next.id(), Contour.TEST, Scene.OFFICIAL));
        assertRefused(RequestRefusal.PREVIOUS_NOT_REFUSED, () -> submit(following(refused)));
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
        assertRefused(RequestRefusal.SUBSYSTEM_OF_ANOTHER_PARTICIPANT, () -> submit(with(request, List.of(new ServiceWish(newcomer.id(), "headcount", false)))));
        assertRefused(RequestRefusal.SERVICE_OF_ANOTHER_PROCEDURE, () -> submit(with(request, List.of(new ServiceWish(scene.subsystem.id(), "noSuchService", false)))));
        assertRefused(InputRefusal.FIELD_MISSING, () -> with(request, List.of()));
        ServiceWish twice = new ServiceWish(scene.subsystem.id(), "headcount", false);
        assertRefused(InputRefusal.FIELD_INVALID, () -> with(request, List.of(twice, twice)));
    }

    @Test
    void aLetterIsDatedNeitherInTheFutureNorLongAgo() {
        scene.apply(ConnectionEvent.DISCONNECT);
        assertRefused(RequestRefusal.RECEIVED_IN_THE_FUTURE, () -> submit(byLetter(connect(Contour.TEST, "headcount"), "bank@example.kg", now().plusSeconds(1))));
        assertRefused(InputRefusal.FIELD_INVALID, () -> submit(byLetter(connect(Contour.TEST, "headcount"), "bank@example.kg", now().minus(Duration.ofDays(400)))));
    }

    @Test
    void theClocksStartAtTheReceiptNotAtTheConfirmation() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(byLetter(connect(Contour.TEST, "headcount"), "bank@example.kg", Instant.parse("2026-02-27T11:40:00Z")));
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-02T18:00:00Z", "DECIDE_TEST 2026-03-06T18:00:00Z"), open(request));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        assertEquals(Set.of("DECIDE_TEST 2026-03-06T18:00:00Z"), open(request));
    }

    @Test
    void whileTheApplicantOwesAnAnswerTheAuthorityOwesNone() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(connect(Contour.TEST, "headcount"));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        with(requests -> requests.ask(request.id(), Contour.TEST, "Which version?\nAnd since when?", Scene.OFFICIAL));
        assertEquals(1, open(request).size());
        assertTrue(open(request).iterator().next().startsWith("SUPPLY_INFORMATION "), open(request).toString());
        scene.application.clock().advance(Duration.ofDays(2));
        with(requests -> requests.supply(request.id(), Contour.TEST, "Version 1", Scene.OFFICIAL));
        assertEquals(Set.of("DECIDE_TEST 2026-03-11T18:00:00Z"), open(request), "five working days after Wednesday, 4 March");
        with(requests -> requests.refuse(request.id(), Contour.TEST, List.of(), Language.RU, Scene.OFFICIAL));
        assertEquals(Set.of(), open(request));
    }

    @Test
    void anApplicantWhoDoesNotAnswerForThirtyWorkingDaysHasRetracted() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(connect(Contour.TEST, "headcount"));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        with(requests -> requests.ask(request.id(), Contour.TEST, "Which version?", Scene.OFFICIAL));
        scene.application.clock().advance(Duration.between(now(), Instant.parse("2026-04-14T17:59:59Z")));
        scene.application.run(DueDates.class, DueDates::look);
        assertEquals(RequestState.INFO_NEEDED, read(request).state(), "the thirtieth working day after 2 March, with 20 March off, is 14 April");
        scene.application.clock().advance(Duration.ofSeconds(1));
        scene.application.run(DueDates.class, DueDates::look);
        assertEquals(RequestState.RETRACTED, read(request).state());
        assertEquals(Set.of(), open(request));
    }

    @Test
    void aCalendarThatIsEditedMovesWhatIsOpenAndKeepsWhatMoved() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(connect(Contour.TEST, "headcount"));
        assertEquals(Set.of("CONFIRM_REQUEST 2026-03-03T18:00:00Z", "DECIDE_TEST 2026-03-09T18:00:00Z"), open(request));
        try {
            Rows.change("insert into calendar.day (calendar, day, kind, name) values ('KG', '2026-03-04', 'NON_WORKING', 'in a test')");
            scene.application.run(DueDates.class, DueDates::look);
            assertEquals(Set.of("CONFIRM_REQUEST 2026-03-03T18:00:00Z", "DECIDE_TEST 2026-03-10T18:00:00Z"), open(request));
            assertEquals(List.of("DECIDE_TEST"), Rows.of("select o.rule from access.obligation_move m join access.obligation o on o.id = m.obligation_id where o.about_id = ?", request.id().value()));
        } finally {
            Rows.change("delete from calendar.day where calendar = 'KG' and day = '2026-03-04'");
        }
    }

    @ParameterizedTest
    @CsvSource({"clerk@example.com, false", "clerk@example.su, true", "clerk@example.RU, true", "clerk@пример.рф, false", "clerk@example.xn--p1ai, false"})
    void theLendingServiceTakesLettersFromItsZonesOnly(String sender, boolean taken) {
        RequestView request = submit(byLetter(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.PRODUCTION, "RU-1221", Optional.empty(), sender, "Please connect us.",
                List.of(new ServiceWish(scene.subsystem.id(), lendingService(), false)), contacts(), Set.of(), Optional.empty(), Optional.empty()), sender, now()));
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
        RequestView request = submit(with(plain(RequestKind.JOINT_TEST), List.of(new ServiceWish(scene.subsystem.id(), "headcount", false))));
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

    private AttachedDocument attach(RequestView request, String fileName) throws IOException {
        try (Upload upload = Upload.receive(fileName, new ByteArrayInputStream("All calls were answered.".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            return scene.application.with(Requests.class, requests -> requests.attach(request.id(), request.contour(),
                    new Attachment(Attachment.Kind.SCREEN_FORM, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), upload, Scene.OFFICIAL));
        }
    }

    @Test
    void anExitIsNotRefused() {
        RequestView request = submit(plain(RequestKind.DISCONNECT));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        assertRefused(RequestRefusal.EXIT_NOT_REFUSABLE, () -> with(requests -> requests.refuse(request.id(), Contour.TEST, List.of(new Cause("X", "no")), Language.RU, Scene.OFFICIAL)));
        grant(request);
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state());
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

    @Test
    void aRestorationIsAskedForAndGranted() {
        scene.apply(ConnectionEvent.SUSPEND);
        RequestView request = submit(plain(RequestKind.RESTORE));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        assertRefused(RequestRefusal.CHECKLIST_INCOMPLETE, () -> grant(request));
        tick(request, "CAUSE_REMOVED");
        grant(request);
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
    }

    @Test
    void aChangeAddsAndDropsServices() {
        RequestView request = submit(new NewRequest(RequestKind.CHANGE, scene.participant.id(), Contour.TEST, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "Two changes.",
                List.of(new ServiceWish(scene.subsystem.id(), "headcount", true)), List.of(), Set.of(), Optional.empty(), Optional.empty()));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        grant(request);
        assertEquals(Scene.SERVICES.size() - 1, activeServices().size());
    }

    @ParameterizedTest(name = "changed on {0}, told by the letter of {1}: late {2}")
    @CsvSource({"2026-02-25, 2026-03-02T05:00:00Z, false", "2026-02-24, 2026-03-02T05:00:00Z, true"})
    void aChangeIsToldWithinThreeWorkingDaysOrOpensAnIncidentAndIsTakenAllTheSame(LocalDate day, Instant received, boolean late) {
        RequestView request = submit(byLetter(plain(RequestKind.CHANGE), "bank@example.kg", received).on(day));
        assertEquals(Optional.of(day), request.day());
        assertEquals(Optional.of(late), request.late());
        assertEquals(late ? List.of("LOW OPEN") : List.of(), Rows.of("""
                select i.severity || ' ' || i.state from access.incident i join access.request r on r.report_id = i.report_id where r.id = ?""", request.id().value()));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        grant(request);
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
    }

    @Test
    void onlyAChangeTellsOfADayAndNotOfOneToCome() {
        assertRefused(InputRefusal.FIELD_INVALID, () -> plain(RequestKind.RESTORE).on(scene.today()));
        assertRefused(DutyRefusal.REPORTED_FOR_THE_FUTURE, () -> submit(plain(RequestKind.CHANGE).on(scene.today().plusDays(1))));
        assertEquals(Optional.empty(), submit(plain(RequestKind.CHANGE)).late());
    }

    @Test
    void productionAccessIsProposedByOneOfficialAndApprovedByAnother() {
        RequestView request = submit(connect(Contour.PRODUCTION, "headcount"));
        accept(request);
        assertRefused(AccessRefusal.APPROVAL_REQUIRED, () -> grant(request));
        Refusal without = assertThrows(Refusal.class, () -> scene.application.with(Proposals.class,
                proposals -> proposals.proposeGrant(request.id(), Contour.PRODUCTION, "in order", Scene.OFFICIAL)));
        assertEquals("AGREEMENT_MISSING headcount", without.code() + " " + without.argument(0));
        scene.agree(List.of("headcount"));
        ProposalView proposal = scene.application.with(Proposals.class, proposals -> proposals.proposeGrant(request.id(), Contour.PRODUCTION, "in order", Scene.OFFICIAL));
        assertRefused(RequestRefusal.PROPOSED_ALREADY, () -> scene.application.run(Proposals.class, proposals -> proposals.proposeGrant(request.id(), Contour.PRODUCTION, "again", Scene.OFFICIAL)));
        assertRefused(RequestRefusal.OWN_PROPOSAL, () -> scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.PRODUCTION, Scene.OFFICIAL)));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.TEST, Scene.APPROVER)));
        assertEquals(RequestState.ACCEPTED, read(request).state());
        scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.PRODUCTION, Scene.APPROVER));
        assertEquals(RequestState.GRANTED, read(request).state());
    }

    @Test
    void thePlatformWantsAPassedJointTestBeforeProduction() {
        NewRequest wish = new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.PRODUCTION, "RU-422-696", Optional.empty(), "bank@example.ru", "Please connect us.",
                List.of(new ServiceWish(scene.subsystem.id(), platformService(), false)), contacts(), Set.of("TEST_DONE"), Optional.empty(), Optional.empty());
        assertRefused(RequestRefusal.CONFIRMATION_MISSING, () -> submit(new NewRequest(wish.kind(), wish.participant(), wish.contour(), wish.procedure(), wish.letter(), wish.answerEmail(),
                wish.body(), wish.services(), wish.contacts(), Set.of(), wish.desiredDay(), wish.previous())));
        RequestView request = submit(wish);
        with(requests -> requests.confirm(request.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        List.of("NAME_AND_INN", "CONTACTS", "DECREE_CRITERIA").forEach(item -> tick(request, item));
        assertRefused(RequestRefusal.JOINT_TEST_NOT_PASSED,
                () -> scene.application.run(Proposals.class, proposals -> proposals.proposeGrant(request.id(), Contour.PRODUCTION, "in order", Scene.OFFICIAL)));
    }

    @Test
    void ofTwoOfficialsWhoDecideAtTheSameInstantOneDecides() throws InterruptedException, ExecutionException {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(connect(Contour.TEST, "headcount"));
        accept(request);
        ExecutorService officials = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> decisions = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean grants = i % 2 == 0;
            decisions.add(officials.submit(() -> {
                try {
                    apply(request, grants ? RequestEvent.GRANT : RequestEvent.REFUSE);
                    return true;
                } catch (Refusal e) {
                    assertEquals(InputRefusal.TRANSITION_NOT_ALLOWED, e.code());
                    return false;
                }
            }));
        }
        int decided = 0;
        for (Future<Boolean> decision : decisions) {
            decided += decision.get() ? 1 : 0;
        }
        officials.shutdown();
        assertEquals(1, decided);
        assertEquals(read(request).state() == RequestState.GRANTED, scene.connection().state() == ConnectionState.CONNECTED);
    }

    private RequestView reach(RequestState state) {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(connect(Contour.TEST, "headcount"));
        switch (state) {
            case SUBMITTED -> { }
            case ACCEPTED -> accept(request);
            case INFO_NEEDED -> {
                accept(request);
                apply(request, RequestEvent.ASK);
            }
            case NOT_ACCEPTED -> apply(request, RequestEvent.DECLINE);
            case RETRACTED -> apply(request, RequestEvent.RETRACT);
            case GRANTED -> {
                accept(request);
                grant(request);
            }
            case REFUSED -> {
                accept(request);
                apply(request, RequestEvent.REFUSE);
            }
        }
        return request;
    }

    private void apply(RequestView request, RequestEvent event) {
        List<Cause> causes = List.of(new Cause("OTHER", "in a test"));
        scene.application.run(Requests.class, requests -> {
            switch (event) {
                case CONFIRM -> requests.confirm(request.id(), request.contour(), Scene.OFFICIAL);
                case DECLINE -> requests.decline(request.id(), request.contour(), causes, Scene.OFFICIAL);
                case ASK -> requests.ask(request.id(), request.contour(), "Why?", Scene.OFFICIAL);
                case SUPPLY -> requests.supply(request.id(), request.contour(), "Because.", Scene.OFFICIAL);
                case GRANT -> requests.grant(request.id(), request.contour(), "in order", Scene.OFFICIAL);
                case REFUSE -> requests.refuse(request.id(), request.contour(), causes, Language.RU, Scene.OFFICIAL);
                case RETRACT -> requests.retract(request.id(), request.contour(), Scene.OFFICIAL);
                case LAPSE -> requests.lapse(request.id(), request.contour());
                case SUBMIT -> throw new IllegalArgumentException();
            }
        });
    }

    /** Confirmed, and every item ticked. */
    private void accept(RequestView request) {
        with(requests -> requests.confirm(request.id(), request.contour(), Scene.OFFICIAL));
        List.of("TAX_REGISTRATION", "EXCHANGE_REGISTRATION", "SERVICES_NAMED", "MEMBER_IDENTIFIER", "SUBSYSTEM", "RIGHTS_DOCUMENTS").forEach(item -> tick(request, item));
    }

    private void tick(RequestView request, String item) {
        with(requests -> requests.check(request.id(), request.contour(), item, true, "", Scene.OFFICIAL));
    }

    private void grant(RequestView request) {
        with(requests -> requests.grant(request.id(), request.contour(), "in order", Scene.OFFICIAL));
    }

    private RequestView submit(NewRequest request) {
        return with(requests -> requests.submit(request, Scene.OFFICIAL));
    }

    private RequestView read(RequestView request) {
        return with(requests -> requests.get(request.id(), request.contour()));
    }

    private RequestView with(java.util.function.Function<Requests, RequestView> action) {
        return scene.application.with(Requests.class, action::apply);
    }

    private NewRequest connect(Contour contour, String... services) {
        return new NewRequest(RequestKind.CONNECT, scene.participant.id(), contour, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "Please connect us.",
                Stream.of(services).map(service -> new ServiceWish(scene.subsystem.id(), service, false)).toList(), contacts(), Set.of(), Optional.empty(), Optional.empty());
    }

    private NewRequest plain(RequestKind kind) {
        return new NewRequest(kind, scene.participant.id(), Contour.TEST, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "Please.", List.of(), List.of(), Set.of(), Optional.empty(),
                Optional.empty());
    }

    private NewRequest following(RequestView refused) {
        NewRequest anew = connect(Contour.TEST, "headcount");
        return new NewRequest(anew.kind(), anew.participant(), anew.contour(), anew.procedure(), anew.letter(), anew.answerEmail(), anew.body(), anew.services(), anew.contacts(),
                anew.confirmations(), anew.desiredDay(), Optional.of(refused.id()));
    }

    private static NewRequest with(NewRequest request, List<ServiceWish> services) {
        return new NewRequest(request.kind(), request.participant(), request.contour(), request.procedure(), request.letter(), request.answerEmail(), request.body(), services,
                request.contacts(), request.confirmations(), request.desiredDay(), request.previous());
    }

    private static NewRequest byLetter(NewRequest request, String sender, Instant receivedAt) {
        return new NewRequest(request.kind(), request.participant(), request.contour(), request.procedure(),
                Optional.of(new Letter(sender, Optional.of("[Bank]"), Optional.of("<1@example.kg>"), receivedAt)), request.answerEmail(), request.body(), request.services(),
                request.contacts(), request.confirmations(), request.desiredDay(), request.previous());
    }

    private static List<NewContact> contacts() {
        return List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000"));
    }

    /** The catalogue has no services of the Russian procedures yet; the owner adds them. */
    private static String lendingService() {
        return service("lendingInATest", "RU-1221");
    }

    private static String platformService() {
        return service("platformInATest", "RU-422-696");
    }

    private static String service(String code, String procedure) {
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'x', 'x', 'x', ?) on conflict do nothing", code, procedure);
        return code;
    }

    private Set<String> activeServices() {
        Set<String> services = new HashSet<>();
        for (AccessRightView right : scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.TEST))) {
            if (right.state() == AccessRightState.ACTIVE) {
                services.add(right.serviceCode());
            }
        }
        return services;
    }

    private Set<String> open(RequestView request) {
        Set<String> open = new HashSet<>();
        for (ObligationView one : scene.application.with(Obligations.class, obligations -> obligations.of(About.request(request.id().value())))) {
            if (one.closedAt().isEmpty()) {
                open.add(one.rule() + " " + one.dueAt().orElseThrow());
            }
        }
        return open;
    }

    private Instant now() {
        return scene.application.clock().instant();
    }

    private static void assertRefused(RefusalCode code, org.junit.jupiter.api.function.Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
