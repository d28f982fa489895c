package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.NewContact;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A letter is headed as its procedure says; one that is not is registered all the same, with a warning (ACC-24). */
class HeadingLettersIT {

    private final Scene scene = new Scene();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"RU-422-696 | CONNECT | TEST | [Платформа ФНС России_Participant] [Подключение к КИТ]",
        "RU-422-696 | CONNECT | PRODUCTION | [Платформа ФНС России_Participant] [Подключение к КПЭ]", "RU-422-696 | JOINT_TEST | TEST | [Платформа ФНС России_Participant] [Тестирование]",
        "RU-422-696 | DISCONNECT | TEST | [Платформа ФНС России_Participant] [Отключение от КИТ/КПЭ]", "RU-422-696 | RESTORE | TEST |",
        "RU-1221 | CONNECT | PRODUCTION | [Сервис ФНС России Participant_7707083893_] [Подключение к Сервису]",
        "RU-1221 | RESTORE | PRODUCTION | [Сервис ФНС России Participant_7707083893_] [Восстановление подключения к Сервису]",
        "KG-147 | CONNECT | TEST | [ГНС Participant] [connection]", "KG-147 | CHANGE | PRODUCTION | [ГНС Participant] [change]"})
    void anApplicantIsGivenTheSubjectToCopy(String procedure, RequestKind kind, Contour contour, String subject) {
        Rows.registeredWithInn(scene.participant.id().value(), "00101200012345");
        Rows.registeredWithRussianInn(scene.participant.id().value(), "7707083893");
        assertEquals(Optional.ofNullable(subject), scene.application.with(Requests.class, requests -> requests.expectedSubject(scene.participant.id(), procedure, kind, contour)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[ГНС Participant] [connection]", "RE: [ГНС Participant] [connection]", "[ГНС  Participant][Connection] No 7", "[ГНС Participant] [подключение]",
        "[ГНС Participant] [туташуу]"})
    void whatTheApplicantCopiedFits(String subject) {
        assertEquals(Optional.empty(), register(Optional.of(subject)).subjectExpected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "[ГНС Another] [connection]", "[ГНС Participant] [disconnection]"})
    void aSubjectThatDoesNotFitIsAWarningAndNoLoss(String subject) {
        RequestView registered = register(Optional.of(subject));
        assertEquals(Optional.of("[ГНС Participant] [connection]"), registered.subjectExpected());
        assertEquals(Optional.of(subject), registered.subject());
        assertEquals(RequestState.ACCEPTED, scene.application.with(Requests.class, requests -> requests.confirm(registered.id(), Contour.TEST, Scene.OFFICIAL)).state());
    }

    @Test
    void aLetterWithoutASubjectIsWarnedOfAndARequestFromTheCabinetIsNot() {
        RequestView letter = register(Optional.empty());
        assertEquals(Optional.of("[ГНС Participant] [connection]"), letter.subjectExpected());
        scene.application.run(Requests.class, requests -> requests.retract(letter.id(), Contour.TEST, Scene.OFFICIAL));
        assertEquals(Optional.empty(), submit(Optional.empty()).subjectExpected());
    }

    @Test
    void theAnswerIsHeadedLikeTheLetter() {
        RequestView request = register(Optional.of("x"));
        scene.application.run(Requests.class, requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        assertEquals(List.of("[ГНС Participant] [connection] Request " + request.number() + " accepted for consideration"),
                Rows.of("select subject from notices.notice where about_id = ?", request.id().value()));
    }

    private RequestView register(Optional<String> subject) {
        scene.apply(ConnectionEvent.DISCONNECT);
        return submit(Optional.of(new Letter("bank@example.kg", subject, Optional.empty(), Scene.NOON)));
    }

    private RequestView submit(Optional<Letter> letter) {
        return scene.application.with(Requests.class, requests -> requests.submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, Scene.PROCEDURE, letter,
                "bank@example.kg", "Please connect us.", List.of(Scene.wish(scene.subsystem.id(), "headcount")),
                List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000")), Set.of(), Optional.empty(), Optional.empty()), Scene.OFFICIAL));
    }
}
