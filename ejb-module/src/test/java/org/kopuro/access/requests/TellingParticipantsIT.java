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
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.NoticeView;
import org.kopuro.notices.Notices;
import org.kopuro.participants.NewContact;
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
        run(requests -> requests.refuse(request.id(), Contour.TEST, List.of(new Cause("OTHER", "Not that one.")), Language.EN, Scene.OFFICIAL));
        List<NoticeView> told = about("request", request.id().value());
        assertEquals(List.of(NoticeKind.N01, NoticeKind.N03, NoticeKind.N09), told.stream().map(NoticeView::kind).toList());
        told.forEach(notice -> assertEquals(List.of("office@bank.example"), notice.deliveries().stream().map(NoticeView.Delivery::address).toList()));
        assertTrue(told.get(0).body().contains("09.03.2026"), told.get(0).body());
        assertTrue(told.get(1).body().contains("Which version?"), told.get(1).body());
        assertTrue(told.get(2).body().contains("Not that one.") && told.get(2).body().contains("RIGHTS_DOCUMENTS"), told.get(2).body());
    }

    @Test
    void aGrantTellsWhereAccessIsAndWhatWasGranted() {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = connect("office@bank.example");
        run(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        for (String item : List.of("TAX_REGISTRATION", "EXCHANGE_REGISTRATION", "SERVICES_NAMED", "MEMBER_IDENTIFIER", "SUBSYSTEM", "RIGHTS_DOCUMENTS")) {
            run(requests -> requests.check(request.id(), Contour.TEST, item, true, "", Scene.OFFICIAL));
        }
        run(requests -> requests.grant(request.id(), Contour.TEST, "in order", Scene.OFFICIAL));
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
        assertEquals(Set.of("notices@example.kg", "a@example.kg"), Set.copyOf(told.get(0).deliveries().stream().map(NoticeView.Delivery::address).toList()));
        assertEquals(List.of(told.get(0).id()), inCabinet().stream().map(NoticeView::id).toList());
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

    private RequestView connect(String answerEmail) {
        return scene.application.with(Requests.class, requests -> requests.submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, Scene.PROCEDURE, Optional.empty(),
                answerEmail, "Please connect us.", List.of(new ServiceWish(scene.subsystem.id(), "headcount", false)),
                List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000")), Set.of(), Optional.empty(), Optional.empty())
                .naming(List.of(new ProductWish(scene.product(), false))), Scene.OFFICIAL));
    }
}
