package org.kopuro.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.Connections;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.FaultDialect;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.participants.Participants;
import org.kopuro.participants.Speech;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** A participant's Security Server is updated, and spells its codes otherwise from then on. */
class SpeakingToAParticipantIT {

    private static final Speech NEWER = new Speech(Language.KY, FaultDialect.SNAKE_CASE);

    private final Scene scene = new Scene();

    private Correspondent told() {
        return scene.application.with(TaxServices.class, services -> services.tpDataByINN(scene.call("tpDataByINN", null), "1")).correspondent();
    }

    private Speech speak(Speech speech, String reason) {
        return scene.application.with(Participants.class, participants -> participants.speak(scene.participant.id(), speech, reason, Scene.OFFICIAL));
    }

    @Test
    void theNextAnswerIsInItsLanguageAndSpelling() {
        assertEquals(new Correspondent(Language.EN, FaultDialect.CAMEL_CASE), told());
        speak(NEWER, "X-Road 7.8 since today");
        assertEquals(new Correspondent(Language.KY, FaultDialect.SNAKE_CASE), told());
        assertEquals(NEWER, scene.application.with(Participants.class, participants -> participants.speech(scene.participant.id())));
        speak(new Speech(Language.EN, FaultDialect.CAMEL_CASE), "back again");
        assertEquals(List.of("1|SNAKE_CASE", "2|CAMEL_CASE"), Rows.of(
                "select concat_ws('|', number, fault_dialect) from participants.speech_event where participant_id = ? order by number", scene.participant.id().value()));
        assertEquals(List.of("2"), Rows.of("select count(*) from ledger.entry where record_id = ? and content::json ->> 'type' = 'participants.speech_changed'",
                scene.participant.id().value()));
    }

    @Test
    void oneOfPRODUCTIONIsNotSpokenToAsItsTESTWishes() {
        Scene production = new Scene(Contour.PRODUCTION, scene.application);
        assertEquals(ParticipantRefusal.SPEECH_OF_PRODUCTION, assertThrows(Refusal.class, () -> requireForBoth(production, Contour.TEST)).code());
        requireForBoth(production, Contour.PRODUCTION);
        requireForBoth(scene, Contour.TEST);
    }

    private static void requireForBoth(Scene of, Contour contour) {
        of.application.run(Connections.class, all -> all.requireForBoth(of.participant.id(), contour, ParticipantRefusal.SPEECH_OF_PRODUCTION));
    }

    @Test
    void itChangesInNoOtherWay() {
        assertEquals(InputRefusal.FIELD_MISSING, assertThrows(Refusal.class, () -> speak(NEWER, " ")).code());
        assertEquals(InputRefusal.NOT_FOUND, assertThrows(Refusal.class, () -> scene.application.with(Participants.class, participants ->
                participants.speak(new ParticipantId(UUID.randomUUID()), NEWER, "nobody", Scene.OFFICIAL))).code());
        speak(NEWER, "X-Road 7.8 since today");
        assertThrows(IllegalStateException.class, () -> Rows.change("delete from participants.speech_event where participant_id = ?", scene.participant.id().value()));
        assertEquals(List.of("f"), Rows.of("select left(has_column_privilege('%s', 'participants.participant', 'fault_dialect', 'update')::text, 1)"
                .formatted(TestDatabase.APPLICATION)));
    }
}
