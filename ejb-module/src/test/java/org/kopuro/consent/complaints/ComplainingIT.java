package org.kopuro.consent.complaints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.duties.IncidentId;
import org.kopuro.access.duties.IncidentState;
import org.kopuro.access.duties.IncidentView;
import org.kopuro.access.duties.Incidents;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.Tiding;
import org.kopuro.consent.TidingKind;
import org.kopuro.consent.Tidings;
import org.kopuro.consent.Tokens;
import org.kopuro.consent.TokenId;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.ParticipantId;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A participant demanded a form although it had a token (CON-158). */
class ComplainingIT {

    private static final String WORDS = "The bank wants a signed form, too.";
    private static final Actor OFFICER = Actor.of(UUID.fromString("00000000-0000-4000-8000-000000000007"), "SECURITY_OFFICER");

    private final Scene scene = new Scene();
    private final IssuedToken token = scene.token();

    @Test
    void officersFindItAmongComplaintsAndAsAnIncidentAndTheTaxpayerIsToldTheAnswer() {
        ComplaintView complaint = file(scene);
        assertEquals(List.of(ComplaintState.RECEIVED, token.token().id(), scene.participant.id(), WORDS), List.of(complaint.state(), complaint.token(), complaint.participant(), complaint.text()));
        assertEquals(List.of(complaint), list(Optional.of(ComplaintState.RECEIVED)));
        IncidentView incident = incident(complaint.incident());
        assertEquals(List.of("FORM_DEMANDED", "TAXPAYER", Optional.of(scene.participant.id()), IncidentState.OPEN), List.of(incident.kind(), incident.source().name(), incident.participant(), incident.state()));
        assertFalse(incident.text().contains(WORDS) || incident.text().contains(scene.inn.digits()), incident.text());

        scene.application.clock().advance(Duration.ofHours(1));
        ComplaintView answered = answer(complaint, "The bank was told not to.");
        assertEquals(ComplaintState.ANSWERED, answered.state());
        assertEquals(List.of(answered), scene.application.with(Complaints.class, complaints -> complaints.of(scene.taxpayer())));
        assertEquals(List.of(), list(Optional.of(ComplaintState.RECEIVED)));
        assertEquals(List.of(answered), list(Optional.of(ComplaintState.ANSWERED)));
        assertEquals(IncidentState.CLOSED, incident(complaint.incident()).state());
        Tiding tiding = scene.application.with(Tidings.class, tidings -> tidings.of(scene.taxpayer(), Optional.empty(), 10)).get(0);
        assertEquals(List.of(TidingKind.COMPLAINT_ANSWERED, Optional.of("The bank was told not to."), scene.participant.id()), List.of(tiding.kind(), tiding.reason(), tiding.participant()));
        assertRefused(ComplaintRefusal.COMPLAINT_ANSWERED_ALREADY, () -> answer(complaint, "Again."));
        String told = String.join("\n", Rows.of("select content from ledger.entry where record_id in (?, ?)", complaint.id().value(), complaint.incident().value()));
        for (String personal : List.of(WORDS, scene.inn.digits(), scene.participant.id().value().toString(), "The bank was told", token.token().id().value().toString())) {
            assertFalse(told.contains(personal), personal);
        }
        assertTrue(told.contains("consent.complaint_filed") && told.contains("consent.complaint_answered"), told);
    }

    @Test
    void anIncidentThatAnOfficerClosedStaysAsItIs() {
        ComplaintView complaint = file(scene);
        scene.application.run(Incidents.class, incidents -> incidents.close(complaint.incident(), scene.contour, "A misunderstanding.", OFFICER));
        answer(complaint, "It was a misunderstanding.");
        assertEquals(Optional.of("A misunderstanding."), incident(complaint.incident()).outcome());
    }

    @Test
    void whoGaveTheParticipantNoTokenHasNothingToComplainOf() {
        Scene other = new Scene(Contour.TEST, scene.application);
        IssuedToken theirs = other.token();
        assertRefused(InputRefusal.NOT_FOUND, () -> file(scene.taxpayer(), new ParticipantId(UUID.randomUUID()), Optional.empty(), WORDS));
        assertRefused(ComplaintRefusal.COMPLAINT_WITHOUT_TOKEN, () -> file(scene.taxpayer(), other.participant.id(), Optional.empty(), WORDS));
        assertRefused(ComplaintRefusal.COMPLAINT_WITHOUT_TOKEN, () -> file(scene.taxpayer(), scene.participant.id(), Optional.of(theirs.token().id()), WORDS));
        assertRefused(ComplaintRefusal.COMPLAINT_WITHOUT_TOKEN, () -> file(scene.taxpayer(), other.participant.id(), Optional.of(token.token().id()), WORDS));
        assertRefused(ComplaintRefusal.COMPLAINT_WITHOUT_TOKEN, () -> file(new Taxpayer(Contour.PRODUCTION, scene.inn), scene.participant.id(), Optional.empty(), WORDS));
        assertRefused(InputRefusal.FIELD_TOO_LONG, () -> file(scene.taxpayer(), scene.participant.id(), Optional.empty(), "x".repeat(2001)));
        assertRefused(InputRefusal.FIELD_MISSING, () -> file(scene.taxpayer(), scene.participant.id(), Optional.empty(), " "));
        ComplaintView complaint = file(scene);
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(Complaints.class, complaints -> complaints.answer(complaint.id(), Contour.PRODUCTION, "No.", OFFICER)));
        assertRefused(InputRefusal.FIELD_TOO_LONG, () -> answer(complaint, "x".repeat(1001)));
        assertEquals(List.of("1"), Rows.of("select count(*) from consent.complaint where taxpayer_inn in (?, ?)", scene.inn.digits(), other.inn.digits()));
    }

    @Test
    void oneOfAParticipantWaitsAndADayTakesFive() {
        for (int i = 0; i < Complaints.A_DAY_MAX; i++) {
            ComplaintView complaint = file(scene);
            assertRefused(i + 1 < Complaints.A_DAY_MAX ? ComplaintRefusal.COMPLAINT_WAITS_ALREADY : ComplaintRefusal.COMPLAINTS_TOO_MANY, () -> file(scene));
            answer(complaint, "We are looking into it.");
        }
        assertRefused(ComplaintRefusal.COMPLAINTS_TOO_MANY, () -> file(scene));
        scene.application.clock().advance(Duration.ofDays(1));
        // Two clicks at the same instant.
        List<CompletableFuture<Boolean>> clicks = Stream.of(1, 2).map(click -> CompletableFuture.supplyAsync(() -> {
            try {
                file(scene);
                return true;
            } catch (Refusal refusal) {
                assertEquals(ComplaintRefusal.COMPLAINT_WAITS_ALREADY, refusal.code());
                return false;
            }
        })).toList();
        assertEquals(1, clicks.stream().filter(CompletableFuture::join).count());
        assertEquals(List.of("6"), Rows.of("select count(*) from access.incident where participant_id = ? and kind = 'FORM_DEMANDED'", scene.participant.id().value()), "nor an incident of what was refused");
    }

    @Test
    void aTokenThatHasEndedWasGivenAllTheSame() {
        scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        assertEquals(token.token().id(), file(scene).token());
    }

    private ComplaintView file(Scene by) {
        return file(by.taxpayer(), by.participant.id(), Optional.empty(), WORDS);
    }

    private ComplaintView file(Taxpayer taxpayer, ParticipantId about, Optional<TokenId> given, String text) {
        return scene.application.with(Complaints.class, complaints -> complaints.file(taxpayer, about, given, text, Scene.TAXPAYER));
    }

    private ComplaintView answer(ComplaintView complaint, String text) {
        return scene.application.with(Complaints.class, complaints -> complaints.answer(complaint.id(), scene.contour, text, OFFICER));
    }

    private List<ComplaintView> list(Optional<ComplaintState> state) {
        return scene.application.with(Complaints.class, complaints -> complaints.list(scene.contour, state, Optional.empty(), 200)).stream()
                .filter(one -> one.participant().equals(scene.participant.id())).toList();
    }

    private IncidentView incident(IncidentId id) {
        return scene.application.with(Incidents.class, incidents -> incidents.get(id, scene.contour));
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
