package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.agreements.AgreementTerms;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.duties.Announcements;
import org.kopuro.access.duties.NewOutage;
import org.kopuro.access.procedures.ChecklistItem;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Contour;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.NoticeView;
import org.kopuro.notices.Notices;
import org.kopuro.participants.NewContact;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Every decision has its notice, in the transaction of the decision: ACC-80, ACC-81. */
class TellingParticipantsIT {

    private final Scene scene = new Scene();

    @Test
    void anApplicantIsToldOfEveryStepAtTheAddressInTheRequest() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = connect("office@bank.example");
        run(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        run(requests -> requests.ask(request.id(), Contour.TEST, "Which version?", Scene.OFFICIAL));
        run(requests -> requests.supply(request.id(), Contour.TEST, "The second.", Scene.OFFICIAL));
        run(requests -> requests.refuse(request.id(), Contour.TEST, List.of(new Cause("OTHER", "Not that one.")), Scene.OFFICIAL));
        List<NoticeView> told = about("request", request.id().value());
        assertEquals(List.of(NoticeKind.N01, NoticeKind.N03, NoticeKind.N09), told.stream().map(NoticeView::kind).toList());
        told.forEach(notice -> assertEquals(List.of("office@bank.example"), notice.deliveries().stream().map(NoticeView.Delivery::address).toList()));
        assertTrue(told.get(0).body().contains("09.03.2026"), told.get(0).body());
        assertTrue(told.get(1).body().contains("Which version?"), told.get(1).body());
        assertTrue(told.get(2).body().contains("Not that one."), told.get(2).body());
    }

    @Test
    void whatARefusalAddsIsInTheParticipantsLanguage() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = connect("office@bank.example");
        run(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        run(requests -> requests.refuse(request.id(), Contour.TEST, List.of(), Scene.OFFICIAL));
        String body = only(NoticeKind.N09, about("request", request.id().value())).body();
        for (ChecklistItem item : scene.application.with(Procedures.class, procedures -> procedures.get(request.procedure(), request.version()))
                .items(RequestKind.CONNECT, Contour.TEST, ChecklistItem.Side.CHECK)) {
            assertTrue(body.contains(item.code() + ": " + item.texts().get(scene.participant.language())), body);
        }
    }

    @ParameterizedTest
    @EnumSource(value = RequestEvent.class, names = {"RETRACT", "LAPSE"})
    void aRequestThatEndsWithoutADecisionIsToldAtTheAddressInIt(RequestEvent event) {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = connect("office@bank.example");
        run(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        run(requests -> requests.ask(request.id(), Contour.TEST, "Which version?", Scene.OFFICIAL));
        run(requests -> {
            if (event == RequestEvent.RETRACT) {
                requests.retract(request.id(), Contour.TEST, Scene.OFFICIAL);
            } else {
                requests.lapse(request.id(), Contour.TEST);
            }
        });
        NoticeView told = only(NoticeKind.N10, about("request", request.id().value()));
        assertEquals(List.of("office@bank.example"), addresses(told));
        assertTrue(told.body().contains(String.valueOf(request.number())), told.body());
    }

    @Test
    void whoWroteTheLetterIsToldThatItIsNotAccepted() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView declined = submit(RequestScene.byLetter(lending("office@bank.example"), "person@bank.example", scene.application.clock().instant()));
        run(requests -> requests.decline(declined.id(), Contour.TEST, List.of(new Cause("SENDER_OUTSIDE_ZONE", "Not from that address.")), Scene.OFFICIAL));
        assertEquals(Set.of("office@bank.example", "person@bank.example"), Set.copyOf(addresses(only(NoticeKind.N02, about("request", declined.id().value())))));
        RequestView accepted = submit(RequestScene.byLetter(wish("office@bank.example"), "person@bank.example", scene.application.clock().instant()));
        run(requests -> requests.confirm(accepted.id(), Contour.TEST, Scene.OFFICIAL));
        assertEquals(List.of("office@bank.example"), addresses(only(NoticeKind.N01, about("request", accepted.id().value()))));
        run(requests -> requests.retract(accepted.id(), Contour.TEST, Scene.OFFICIAL));
        RequestView inTheCabinet = submit(lending("office@bank.example"));
        run(requests -> requests.decline(inTheCabinet.id(), Contour.TEST, List.of(new Cause("SENDER_OUTSIDE_ZONE", "Not from that address.")), Scene.OFFICIAL));
        assertEquals(List.of("office@bank.example"), addresses(only(NoticeKind.N02, about("request", inTheCabinet.id().value()))));
    }

    @Test
    void aGrantTellsWhereAccessIsAndWhatWasGranted() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = granted("office@bank.example");
        NoticeView granted = about("request", request.id().value()).get(1);
        assertEquals(NoticeKind.N04, granted.kind());
        assertTrue(granted.body().contains("/console/credentials"), granted.body());
    }

    @ParameterizedTest
    @EnumSource(value = ConnectionEvent.class, names = {"SUSPEND", "ANNOUNCE_TERMINATION", "LIQUIDATE"})
    void aMeasureIsToldToTheParticipantAndItsContacts(ConnectionEvent event) {
        ConnectionView before = scene.connection();
        switch (event) {
            case SUSPEND -> scene.apply(event);
            case ANNOUNCE_TERMINATION -> scene.apply(Scene.change(event).on("DUTIES_NOT_PERFORMED").from(scene.today().plusDays(20)));
            default -> scene.apply(event);
        }
        List<NoticeView> told = about("connection", before.id().value());
        assertEquals(List.of(event == ConnectionEvent.SUSPEND ? NoticeKind.N13 : event == ConnectionEvent.LIQUIDATE ? NoticeKind.N14 : NoticeKind.N15), told.stream().map(NoticeView::kind).toList());
        assertEquals(Set.of("notices@example.kg", "a@example.kg"), Set.copyOf(addresses(told.get(0))));
        assertEquals(List.of(told.get(0).id()), inCabinet().stream().map(NoticeView::id).toList());
    }

    /** ACC-81: the request that was granted last, and none that came to nothing. */
    @ParameterizedTest
    @EnumSource(value = ConnectionEvent.class, names = {"SUSPEND", "LIQUIDATE"})
    void aMeasureIsToldAlsoWhereTheRequestForTheConnectionWantedItsAnswers(ConnectionEvent event) {
        scene.apply(ConnectionEvent.DISCONNECT);
        granted("former@bank.example");
        scene.apply(ConnectionEvent.DISCONNECT);
        granted("office@bank.example");
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView retracted = connect("nobody@bank.example");
        run(requests -> requests.retract(retracted.id(), Contour.TEST, Scene.OFFICIAL));
        ConnectionView connection = scene.connect(Contour.TEST, Scene.PROCEDURE);
        scene.apply(event);
        assertEquals(Set.of("notices@example.kg", "a@example.kg", "office@bank.example"), Set.copyOf(addresses(about("connection", connection.id().value()).get(0))));
    }

    /** ACC-81, 001 App. 1: per contour and procedure, whoever the participant's contacts are otherwise. */
    @Test
    void theContactsOfTheGrantedRequestHearOfItsConnectionAndNoOthers() {
        scene.apply(ConnectionEvent.DISCONNECT);
        NewRequest wish = wish("office@bank.example");
        List<NewContact> contacts = List.of(new NewContact("One", "IT", "Engineer", "one@bank.example", "+996 312 000001"), new NewContact("Two", "IT", "Head", "two@bank.example", "+996 312 000002"));
        granted(new NewRequest(wish.kind(), wish.participant(), wish.contour(), wish.procedure(), Optional.empty(), wish.answerEmail(), wish.body(), wish.services(), contacts, Set.of(),
                Optional.empty(), Optional.empty()).naming(wish.products()));
        scene.apply(ConnectionEvent.SUSPEND);
        assertEquals(List.of("notices@example.kg", "office@bank.example", "one@bank.example", "two@bank.example"),
                addresses(only(NoticeKind.N13, about("connection", scene.connection().id().value()))));
        java.util.UUID outage = scene.application.with(Announcements.class, announcements -> announcements.publish(new NewOutage(Set.of("headcount"), scene.application.clock().instant(),
                scene.application.clock().instant().plusSeconds(1), "A disk failed", Optional.of("Data are in danger")), Contour.TEST, Scene.OFFICIAL)).id().value();
        assertEquals(List.of("one@bank.example", "two@bank.example"), Rows.of(
                "select d.address from notices.delivery d join notices.notice n on n.id = d.notice_id where n.about_id = ? and n.participant_id = ? order by 1", outage, scene.participant.id().value()));
    }

    /** §6, “Notices go to”. */
    @Test
    void whatHappensUnderAnAgreementIsToldAtTheAddressInIt() {
        AgreementTerms terms = scene.terms(scene.today(), null, Scene.SERVICES);
        AgreementView agreement = scene.agree(new AgreementTerms(terms.signedOn(), terms.firstDay(), terms.lastDay(), terms.dataFormat(), terms.consentForm(), terms.consentKeptMonths(),
                terms.consentTransferFormat(), terms.authoritySignatory(), terms.participantSignatory(), terms.services(), terms.document(), terms.confirmations(),
                Optional.of("agreed@bank.example"), terms.suspensionBasis()));
        assertEquals(List.of("agreed@bank.example"), addresses(only(NoticeKind.N06, about("agreement", agreement.id().value()))));
        ConnectionView production = scene.connect(Contour.PRODUCTION, Scene.PROCEDURE);
        scene.apply(production, Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
        scene.apply(production, Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(scene.today().plusDays(20)));
        for (NoticeKind kind : List.of(NoticeKind.N13, NoticeKind.N15)) {
            assertEquals(List.of("a@example.kg", "agreed@bank.example"), addresses(only(kind, about("connection", production.id().value()))));
        }
        scene.apply(scene.connection(), Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
        assertEquals(List.of("a@example.kg", "notices@example.kg"), addresses(only(NoticeKind.N13, about("connection", scene.connection().id().value()))), "TEST has no agreement");
    }

    @Test
    void anAddressThatIsAlsoTheRequestsGetsOneLetter() {
        scene.apply(ConnectionEvent.DISCONNECT);
        granted("Notices@Example.kg");
        scene.apply(ConnectionEvent.SUSPEND);
        assertEquals(List.of("a@example.kg", "notices@example.kg"), addresses(only(NoticeKind.N13, about("connection", scene.connection().id().value()))));
    }

    /** N15 is the representative's and the contacts'. */
    @Test
    void aWithdrawnTerminationIsToldWhereMeasuresAreAndItsAnnouncementToTheParticipantAndItsContacts() {
        scene.apply(ConnectionEvent.DISCONNECT);
        granted("office@bank.example");
        scene.apply(Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(scene.today().plusDays(20)));
        List<NoticeView> announced = about("connection", scene.connection().id().value());
        assertEquals(List.of("a@example.kg", "notices@example.kg"), addresses(only(NoticeKind.N15, announced)));
        assertEquals("Agreement on interaction will be terminated on 22.03.2026", only(NoticeKind.N15, announced).subject(), "TEST has no agreement with a number");
        scene.apply(ConnectionEvent.WITHDRAW_TERMINATION);
        NoticeView withdrawn = only(NoticeKind.N12, about("connection", scene.connection().id().value()));
        assertEquals(List.of("a@example.kg", "notices@example.kg", "office@bank.example"), addresses(withdrawn));
        assertTrue(withdrawn.body().contains("termination of the agreement"), withdrawn.body());
    }

    @Test
    void aWithdrawnSuspensionIsToldAndNothingOfAnotherProcedureSaysWhere() {
        scene.apply(ConnectionEvent.DISCONNECT);
        granted("office@bank.example");
        ConnectionView platform = scene.connect(Contour.TEST, "RU-422-696");
        scene.apply(platform, Scene.change(ConnectionEvent.ANNOUNCE_SUSPENSION).on("OFF_PURPOSE").from(scene.today().plusDays(20)));
        scene.apply(platform, Scene.change(ConnectionEvent.WITHDRAW_SUSPENSION));
        List<NoticeView> told = about("connection", platform.id().value());
        assertEquals(2, told.size());
        assertEquals(List.of("a@example.kg", "notices@example.kg"), addresses(only(NoticeKind.N11, told)));
        assertEquals(List.of("a@example.kg", "notices@example.kg"), addresses(only(NoticeKind.N12, told)));
        assertTrue(only(NoticeKind.N12, told).body().contains("suspension of the connection"), only(NoticeKind.N12, told).body());
    }

    @Test
    void aRequestInTestSaysNothingOfProduction() {
        scene.apply(ConnectionEvent.DISCONNECT);
        granted("office@bank.example");
        scene.agree(Scene.SERVICES);
        ConnectionView production = scene.connect(Contour.PRODUCTION, Scene.PROCEDURE);
        scene.apply(production, Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
        assertEquals(List.of("a@example.kg", "notices@example.kg"), addresses(only(NoticeKind.N13, about("connection", production.id().value()))));
    }

    @Test
    void aSuspensionIsToldWithinAWorkingDay() {
        scene.apply(ConnectionEvent.SUSPEND);
        assertEquals("2026-03-03T18:00:00Z", inCabinet().get(0).dueAt().orElseThrow().toString());
    }

    @Test
    void aDecisionThatIsRolledBackTellsNobody() {
        assertThrows(IllegalStateException.class, () -> scene.application.run(Connections.class, connections -> {
            connections.apply(scene.connection().id(), Contour.TEST, Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
            throw new IllegalStateException("changed its mind");
        }));
        assertEquals(List.of(), inCabinet());
    }

    private List<NoticeView> inCabinet() {
        return scene.application.with(Notices.class, notices -> notices.forParticipant(scene.participant.id().value(), Contour.TEST, Optional.empty(), 100));
    }

    private List<NoticeView> about(String kind, java.util.UUID id) {
        return scene.application.with(Notices.class, notices -> notices.about(kind, id));
    }

    /** A minute after what was before. */
    private void run(java.util.function.Consumer<Requests> action) {
        scene.application.clock().advance(Duration.ofMinutes(1));
        scene.application.run(Requests.class, action);
    }

    private static NoticeView only(NoticeKind kind, List<NoticeView> told) {
        List<NoticeView> of = told.stream().filter(notice -> notice.kind() == kind).toList();
        assertEquals(1, of.size(), kind + " in " + told.stream().map(NoticeView::kind).toList());
        return of.get(0);
    }

    private static List<String> addresses(NoticeView notice) {
        return notice.deliveries().stream().map(NoticeView.Delivery::address).sorted().toList();
    }

    private RequestView granted(String answerEmail) {
        return granted(wish(answerEmail));
    }

    private RequestView granted(NewRequest wish) {
        RequestView request = submit(wish);
        run(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        for (String item : List.of("TAX_REGISTRATION", "EXCHANGE_REGISTRATION", "SERVICES_NAMED", "MEMBER_IDENTIFIER", "SUBSYSTEM", "RIGHTS_DOCUMENTS")) {
            run(requests -> requests.check(request.id(), Contour.TEST, item, true, "", Scene.OFFICIAL));
        }
        run(requests -> requests.grant(request.id(), Contour.TEST, "in order", Scene.OFFICIAL));
        return request;
    }

    private RequestView connect(String answerEmail) {
        return submit(wish(answerEmail));
    }

    private RequestView submit(NewRequest request) {
        return scene.application.with(Requests.class, requests -> requests.submit(request, Scene.OFFICIAL));
    }

    private NewRequest wish(String answerEmail) {
        return new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, Scene.PROCEDURE, Optional.empty(), answerEmail, "Please connect us.",
                List.of(Scene.wish(scene.subsystem.id(), "headcount")),
                List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000")), Set.of(), Optional.empty(), Optional.empty())
                .naming(List.of(new ProductWish(scene.product(), false)));
    }

    /** Not from an address of the procedure's zones. */
    private NewRequest lending(String answerEmail) {
        return new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, "RU-1221", Optional.empty(), answerEmail, "Please connect us.",
                List.of(Scene.wish(scene.subsystem.id(), RequestScene.service("lendingInATest", "RU-1221"))), RequestScene.contacts(), Set.of(), Optional.empty(),
                Optional.empty());
    }
}
