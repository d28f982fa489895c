package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.Applicant;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.FaultDialect;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.NewParticipant;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.ParticipantKind;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Where the procedure says so, nobody who can have an OGRN is connected without (ACC-3; RU-1221). */
class NamingAnOgrnIT {

    private static final Ogrn OGRN = new Ogrn("1027700132195");
    private static final String LENDING = RequestScene.service("lendingInATest", "RU-1221");

    private final Scene scene = new Scene();
    private final Applicant applicant = new Applicant(scene);

    @Test
    void withoutItNothingIsTakenUpAndNothingGrantedAndNeitherPastJava() {
        Refusal refusal = assertThrows(Refusal.class, () -> applicant.connectUnder("RU-1221", LENDING, Set.of()));
        assertEquals("OGRN_MISSING particulars.ogrn", refusal.code() + " " + refusal.field());
        RequestView request = scene.application.with(Requests.class, requests -> requests.list(Contour.TEST, Optional.of(scene.participant.id()), Optional.empty(), 1)).get(0);
        String official = UUID.randomUUID().toString();
        assertEquals("without_shortcomings", PastJava.broken(PastJava.event(request, "CONFIRM", RequestState.ACCEPTED, official, "OPERATOR")));
        // Taken up while it needed none.
        Rows.change("update participants.participant set kind = 'NATURAL_PERSON' where id = ?", scene.participant.id().value());
        scene.application.run(Requests.class, requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        Rows.change("update participants.participant set kind = 'LEGAL_PERSON' where id = ?", scene.participant.id().value());
        applicant.tick(request);
        assertEquals(RequestRefusal.OGRN_MISSING, assertThrows(Refusal.class, () -> applicant.grant(request)).code());
        assertEquals("ogrn_known", PastJava.broken(PastJava.event(request, "GRANT", RequestState.GRANTED, official, "OPERATOR")));
        assertEquals(RequestState.ACCEPTED, applicant.read(request).state());
    }

    @Test
    void whatTheRequestStatesIsTheParticipantsFromTheGrantOnAndHeadsItsLetters() {
        RequestView request = applicant.tick(applicant.connectUnder("RU-1221", LENDING, Set.of(), stated()));
        assertEquals(Optional.of(OGRN), request.particulars().ogrn());
        assertEquals(Optional.empty(), participant().ogrn());
        applicant.grant(request);
        assertEquals(Optional.of(OGRN), participant().ogrn());
        assertEquals(Optional.of("[Сервис ФНС России Participant_7707083893_1027700132195] [Отключение от Сервиса]"),
                scene.application.with(Requests.class, requests -> requests.expectedSubject(scene.participant.id(), "RU-1221", RequestKind.DISCONNECT, Contour.TEST)));
        assertEquals(List.of("[Сервис ФНС России Participant_7707083893_1027700132195] [Подключение к Сервису]"),
                Rows.of("select substring(subject from '^.*Сервису\\]') from notices.notice where about_id = ? and kind = 'N04'", request.id().value()));
    }

    @Test
    void aLetterHeadedWithTheNumberThatItStatesIsHeadedRightly() {
        NewRequest wish = new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, "RU-1221", Optional.of(new Letter("office@bank.ru",
                Optional.of("[Сервис ФНС России Participant__1027700132195] [Подключение к Сервису]"), Optional.empty(), Scene.NOON)), "office@bank.ru", "Please.",
                List.of(Scene.wish(scene.subsystem.id(), LENDING)), RequestScene.contacts(), Set.of(), Optional.empty(), Optional.empty());
        assertEquals(Optional.empty(), scene.application.with(Requests.class, requests -> requests.submit(wish.stating(stated()), Scene.OFFICIAL)).subjectExpected());
    }

    @Test
    void whoeverHasNoneByItsKindOrIsUnderAnotherProcedureOrWasRegisteredWithItNeedNotStateIt() {
        Rows.change("update participants.participant set kind = 'NATURAL_PERSON' where id = ?", scene.participant.id().value());
        assertEquals(RequestState.GRANTED, applicant.grant(applicant.tick(applicant.connectUnder("RU-1221", LENDING, Set.of()))).state());
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
        Scene other = new Scene(Contour.TEST, scene.application);
        Applicant elsewhere = new Applicant(other);
        assertEquals(RequestState.GRANTED, elsewhere.grant(elsewhere.tick(elsewhere.connectUnder("RU-422-696", RequestScene.platformService(), Set.of("PROCEDURE_READ", "TEST_ENVIRONMENT_READY")))).state());
        ParticipantView registered = registered(Optional.of(OGRN));
        assertEquals(Optional.of(OGRN), scene.application.with(Participants.class, participants -> participants.get(registered.id())).ogrn());
        assertEquals(ParticipantRefusal.OGRN_OF_ANOTHER_KIND, assertThrows(Refusal.class, () -> registered(Optional.of(new Ogrn("304500116000157")))).code());
    }

    /** ACC-42: the form names it. */
    @Test
    void nobodyIsConnectedUnderThePlatformsProcedureWithoutAnInnAndOneThatIsKnownStays() {
        String official = UUID.randomUUID().toString();
        NewRequest wish = platform(Particulars.NONE);
        RequestView request = scene.application.with(Requests.class, requests -> requests.submit(wish, Scene.OFFICIAL));
        Refusal refusal = assertThrows(Refusal.class, () -> scene.application.run(Requests.class, requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL)));
        assertEquals("PARTICIPANT_INN_MISSING particulars.russianInn", refusal.code() + " " + refusal.field());
        assertEquals("without_shortcomings", PastJava.broken(PastJava.event(request, "CONFIRM", RequestState.ACCEPTED, official, "OPERATOR")));
        scene.application.run(Requests.class, requests -> requests.decline(request.id(), Contour.TEST, List.of(new Cause("PARTICIPANT_INN_MISSING", "Whose is it?")), Scene.OFFICIAL));
        RequestView stated = applicant.tick(applicant.connectUnder("RU-422-696", RequestScene.platformService(), Set.of("PROCEDURE_READ", "TEST_ENVIRONMENT_READY")));
        assertEquals(Optional.empty(), participant().russianInn());
        applicant.grant(stated);
        assertEquals(Optional.of(Applicant.INN), participant().russianInn());
        Particulars another = new Particulars(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new RussianInn("7736050003")));
        assertEquals(ParticipantRefusal.INN_KNOWN_OTHERWISE, assertThrows(Refusal.class,
                () -> scene.application.with(Requests.class, requests -> requests.submit(platform(another), Scene.OFFICIAL))).code());
        assertThrows(IllegalStateException.class, () -> Rows.change("update participants.participant set russian_inn = null where id = ?", scene.participant.id().value()));
        assertEquals(Optional.of(Applicant.INN), participant().russianInn());
    }

    private NewRequest platform(Particulars stated) {
        return new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, "RU-422-696", Optional.empty(), "office@bank.ru", "Please.",
                List.of(Scene.wish(scene.subsystem.id(), RequestScene.platformService())), RequestScene.contacts(), Set.of("PROCEDURE_READ", "TEST_ENVIRONMENT_READY"),
                Optional.empty(), Optional.empty()).reading(Optional.of(1)).stating(stated);
    }

    @Test
    void theDatabaseChecksTheSameDigits() {
        for (String number : List.of("1027700132195", "1027700000020", "304500116000157", "304500116000072", "1027700132194", "304500116000156", "102770013219", "102770013219x", "0027700132195", "")) {
            boolean java;
            try {
                java = new Ogrn(number).digits().equals(number);
            } catch (Refusal e) {
                java = false;
            }
            assertEquals(java, taken(number), number);
        }
        assertEquals("participant_ogrn_check", violated("update participants.participant set kind = 'SOLE_PROPRIETOR' where id = ?"));
    }

    private String violated(String sql) {
        applicant.grant(applicant.tick(applicant.connectUnder("RU-1221", LENDING, Set.of(), stated())));
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> Rows.change(sql, scene.participant.id().value()));
        return BrokenConstraint.in(thrown).orElse("");
    }

    private static boolean taken(String number) {
        try {
            return Rows.of("select (?::text)::kernel.ogrn", number).equals(List.of(number));
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private ParticipantView registered(Optional<Ogrn> ogrn) {
        return scene.application.with(Participants.class, participants -> participants.register(new NewParticipant("central-server", "COM", "6" + UUID.randomUUID().toString().substring(0, 12),
                ParticipantKind.LEGAL_PERSON, "Bank", Optional.empty(), ogrn, "a@example.ru", Language.RU, FaultDialect.CAMEL_CASE,
                List.of(new NewContact("n", "u", "p", "e@example.ru", "+7 495"))), Scene.OFFICIAL));
    }

    private static Particulars stated() {
        return new Particulars(Optional.empty(), Optional.empty(), Optional.of(OGRN));
    }

    private ParticipantView participant() {
        return scene.application.with(Participants.class, participants -> participants.get(scene.participant.id()));
    }
}
