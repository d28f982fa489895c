package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.kopuro.access.procedures.ProductRole;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A request changes along its table, and a grant brings about what was asked for (ACC-47, ACC-65, ACC-T04 to ACC-T08). */
class RequestLifeIT extends RequestScene {

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
        boolean declined = state == RequestState.SUBMITTED && event == RequestEvent.DECLINE;
        RequestView request = declined ? submit(fromElsewhere()) : reach(state);
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
        RequestView refused = with(requests -> requests.refuse(request.id(), Contour.TEST, List.of(), Scene.OFFICIAL));
        assertEquals(List.of("RIGHTS_DOCUMENTS"), refused.causes().stream().map(Cause::code).toList());
        assertTrue(refused.causes().get(0).text().contains("003 §8"), refused.causes().get(0).text());
    }

    /** 003 §9. */
    @Test
    void whatTheGrantPresupposesAndIsNotThereIsNamedBeforeAnybodyDecides() {
        RequestView request = submit(connect(Contour.PRODUCTION, "headcount").naming(List.of(new ProductWish(scene.product(ProductRole.OWNER_DEVELOPER), false))));
        assertEquals(List.of("REGISTRATION_MISSING", "AGREEMENT_MISSING"), lacking(request));
        assertEquals(Set.of(Language.values()), scene.application.with(Requests.class, requests -> requests.lacking(request)).get(1).texts().keySet());
        RequestView platform = submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.PRODUCTION, "RU-422-696", Optional.empty(), "bank@example.ru", "Please connect us.",
                List.of(Scene.wish(scene.subsystem.id(), platformService())), contacts(), Set.of("TEST_DONE"), Optional.empty(), Optional.empty()));
        assertEquals(List.of("PARTICIPANT_INN_MISSING", "JOINT_TEST_NOT_PASSED"), lacking(platform));
        assertEquals(List.of("ATTACHMENT_MISSING"), lacking(submit(plain(RequestKind.JOINT_TEST))));
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView elsewhere = submit(fromElsewhere());
        assertEquals(List.of("PARTICIPANT_INN_MISSING", "OGRN_MISSING", "SENDER_OUTSIDE_ZONE"), lacking(elsewhere));
        apply(elsewhere, RequestEvent.DECLINE);
        assertEquals(List.of(), lacking(read(elsewhere)), "decided");
        RequestView whole = submit(connect(Contour.TEST, "headcount"));
        assertEquals(List.of(), lacking(whole));
    }

    private List<String> lacking(RequestView request) {
        return scene.application.with(Requests.class, requests -> requests.lacking(request)).stream().map(Missing::code).toList();
    }

    /** ACC-1. */
    @Test
    void everyStepAndEveryTickSaysWhoDidItInWhichRoleAndWhy() {
        RequestView request = submit(plain(RequestKind.CHANGE));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Optional.of("By telephone, too."), Scene.OFFICIAL));
        with(requests -> requests.retract(request.id(), Contour.TEST, Scene.OFFICIAL));
        assertEquals(List.of("SUBMIT ", "CONFIRM By telephone, too.", "RETRACT The applicant wants it no longer."),
                Rows.of("select event || ' ' || text from access.request_event where request_id = ? order by number", request.id().value()));
        scene.apply(ConnectionEvent.SUSPEND);
        RequestView restoration = submit(plain(RequestKind.RESTORE));
        assertEquals("check_in_order", PastJava.broken(tick(restoration, 1)), "not taken up yet");
        with(requests -> requests.confirm(restoration.id(), Contour.TEST, Scene.OFFICIAL));
        assertEquals("request_event_reason_check", PastJava.broken(PastJava.event(restoration, "RETRACT", RequestState.RETRACTED, Scene.OFFICIAL.account().orElseThrow().toString(), "OPERATOR")
                .replace("'past Java'", "''")));
        for (boolean ticked : List.of(true, false, true)) {
            assertEquals(ticked, with(requests -> requests.check(restoration.id(), Contour.TEST, "CAUSE_REMOVED", ticked, "Seen.", Scene.OFFICIAL)).ticked().contains("CAUSE_REMOVED"));
        }
        assertEquals(List.of("1 true OPERATOR", "2 false OPERATOR", "3 true OPERATOR"),
                Rows.of("select number || ' ' || ticked || ' ' || actor_role from access.request_check where request_id = ? order by number", restoration.id().value()));
        assertEquals(List.of("true", "false", "true"), Rows.of("""
                select content::jsonb -> 'data' ->> 'ticked' from ledger.entry where record_id = ? and content::jsonb ->> 'type' = 'access.request_checked' order by number""", restoration.id().value()));
        assertEquals("check_in_order", PastJava.broken(tick(restoration, 3)));
        assertEquals("ERROR: permission denied for table request_check", PastJava.broken("update access.request_check set ticked = false"));
        grant(restoration);
        assertEquals("check_in_order", PastJava.broken(tick(restoration, 4)), "decided");
    }

    private static String tick(RequestView request, int number) {
        return "insert into access.request_check (request_id, item_code, number, ticked, note, checked_at, actor, actor_role) values ('%s', 'CAUSE_REMOVED', %d, true, '', now(), '%s', 'OPERATOR')"
                .formatted(request.id().value(), number, Scene.OFFICIAL.account().orElseThrow());
    }

    @Test
    void anExitIsNotRefused() {
        RequestView request = submit(plain(RequestKind.DISCONNECT));
        assertRefused(RequestRefusal.CAUSE_NOT_FOUND, () -> apply(request, RequestEvent.DECLINE));
        assertRefused(InputRefusal.FIELD_INVALID,
                () -> with(requests -> requests.decline(request.id(), Contour.TEST, List.of(new Cause("NOT_NOW", "no")), Scene.OFFICIAL)));
        assertEquals("causes_found", PastJava.broken(cause(request, "NOT_NOW"), PastJava.event(request, "DECLINE", RequestState.NOT_ACCEPTED, Scene.OFFICIAL.account().orElseThrow().toString(), "OPERATOR")));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        assertRefused(RequestRefusal.EXIT_NOT_REFUSABLE, () -> with(requests -> requests.refuse(request.id(), Contour.TEST, List.of(new Cause("X", "no")), Scene.OFFICIAL)));
        assertEquals("refusable", PastJava.broken(cause(request, "X"), PastJava.event(request, "REFUSE", RequestState.REFUSED, Scene.OFFICIAL.account().orElseThrow().toString(), "OPERATOR")));
        grant(request);
        assertEquals("cause_of_decision", PastJava.broken(cause(request, "X")));
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state());
    }

    private static String cause(RequestView request, String code) {
        return "insert into access.request_cause (request_id, position, code, text) values ('%s', 1, '%s', 'no')".formatted(request.id().value(), code);
    }

    @Test
    void aRequestIsTurnedAwayForWhatItLacksAndNothingElseAndWithItIsNotTakenUp() {
        String official = Scene.OFFICIAL.account().orElseThrow().toString();
        RequestView whole = submit(plain(RequestKind.CHANGE));
        assertEquals("causes_found", PastJava.broken(PastJava.event(whole, "DECLINE", RequestState.NOT_ACCEPTED, official, "OPERATOR")), "no causes");
        assertRefused(RequestRefusal.CAUSES_MISSING, () -> with(requests -> requests.decline(whole.id(), Contour.TEST, List.of(), Scene.OFFICIAL)));
        RequestView unshown = submit(plain(RequestKind.JOINT_TEST));
        assertRefused(RequestRefusal.CAUSE_NOT_FOUND, () -> apply(unshown, RequestEvent.DECLINE));
        Cause missing = new Cause("ATTACHMENT_MISSING", "Nothing is attached.");
        assertEquals(List.of(missing), with(requests -> requests.decline(unshown.id(), Contour.TEST, List.of(missing), Scene.OFFICIAL)).causes());
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView elsewhere = submit(fromElsewhere());
        assertRefused(RequestRefusal.SENDER_OUTSIDE_ZONE, () -> apply(elsewhere, RequestEvent.CONFIRM));
        assertEquals("without_shortcomings", PastJava.broken(PastJava.event(elsewhere, "CONFIRM", RequestState.ACCEPTED, official, "OPERATOR")));
        assertEquals(RequestState.NOT_ACCEPTED, with(requests -> requests.decline(elsewhere.id(), Contour.TEST, List.of(new Cause("SENDER_OUTSIDE_ZONE", "From .com."),
                new Cause("OGRN_MISSING", "Whose is it?")), Scene.OFFICIAL)).state());
    }

    @ParameterizedTest(name = "{0}: granted {1}")
    @CsvSource({"2026-03-02T06:00:00Z, false", "2026-03-03T17:59:59Z, false", "2026-03-03T18:00:00Z, true", "2026-03-06T05:00:00Z, true"})
    void anExitIsGrantedOnTheDayWishedForOrLaterAndNotBefore(Instant moment, boolean granted) {
        RequestView request = submit(new NewRequest(RequestKind.DISCONNECT, scene.participant.id(), Contour.TEST, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "We leave.", List.of(),
                List.of(), Set.of(), Optional.of(LocalDate.of(2026, 3, 4)), Optional.empty()));
        with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        scene.application.clock().advance(Duration.between(now(), moment));
        if (granted) {
            grant(request);
        } else {
            Refusal refusal = assertThrows(Refusal.class, () -> grant(request));
            assertEquals("DESIRED_DAY_NOT_COME 2026-03-04", refusal.code() + " " + refusal.argument(0));
        }
        assertEquals(granted ? RequestState.GRANTED : RequestState.ACCEPTED, read(request).state());
        assertEquals(granted ? ConnectionState.DISCONNECTED : ConnectionState.CONNECTED, scene.connection().state());
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

    /** ACC-O20. */
    @Test
    void aRightIsGrantedForThePurposeThatTheRequestStatesAndTheLedgerKeepsTheWordsToItself() {
        scene.apply(ConnectionEvent.DISCONNECT);
        Optional<String> other = Scene.wish(scene.subsystem.id(), "incomeStatement").purpose();
        String purpose = "To check incomes of those who ask for a loan.";
        RequestView request = submit(with(connect(Contour.TEST, "headcount"), List.of(new ServiceWish(scene.subsystem.id(), "headcount", false, Optional.of(purpose)),
                Scene.wish(scene.subsystem.id(), "incomeStatement"))));
        assertEquals(List.of(Optional.of(purpose), other), read(request).services().stream().map(ServiceWish::purpose).toList());
        accept(request);
        grant(request);
        List<AccessRightView> rights = scene.application.with(AccessRights.class, all -> all.of(scene.subsystem.id(), Contour.TEST)).stream()
                .filter(right -> right.state() == AccessRightState.ACTIVE).toList();
        assertEquals(List.of("headcount " + Optional.of(purpose), "incomeStatement " + other), rights.stream().map(right -> right.serviceCode() + " " + right.purpose()).toList());
        List<String> entries = Rows.of("select content from ledger.entry where record_id = ?", rights.get(0).id().value());
        assertTrue(entries.get(0).contains("\"purpose\":\"hmac-sha256:") && !entries.get(0).contains("incomes"), entries::toString);
        assertRefused(InputRefusal.FIELD_INVALID, () -> new ServiceWish(scene.subsystem.id(), "headcount", true, Optional.of(purpose)));
        ServiceWish silent = new ServiceWish(scene.subsystem.id(), "headcount", false, Optional.empty());
        Refusal without = assertThrows(Refusal.class, () -> with(connect(Contour.TEST, "headcount"), List.of(silent)));
        assertEquals("FIELD_MISSING services.purpose", without.code() + " " + without.field());
        assertRefused(InputRefusal.FIELD_MISSING, () -> with(plain(RequestKind.CHANGE), List.of(silent)));
        assertEquals(List.of(silent), with(plain(RequestKind.JOINT_TEST), List.of(silent)).services());
        assertRefused(InputRefusal.FIELD_TOO_LONG, () -> new ServiceWish(scene.subsystem.id(), "headcount", false, Optional.of("x".repeat(501))));
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
                List.of(Scene.wish(scene.subsystem.id(), platformService())), contacts(), Set.of("TEST_DONE"), Optional.empty(), Optional.empty())
                .stating(new Particulars(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new RussianInn("7707083893"))));
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
}
