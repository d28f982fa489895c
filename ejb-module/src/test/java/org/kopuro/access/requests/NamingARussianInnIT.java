package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantHistory;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Each procedure asks for the taxpayer's number of its country (ACC-42); a participant of both has two. */
class NamingARussianInnIT extends RequestScene {

    private static final RussianInn NUMBER = new RussianInn("7707083893");

    @Test
    void aChangeStatesItOfAParticipantOfWhichItIsNotKnownYetAndItStays() {
        scene.connect(Contour.TEST, "RU-422-696");
        grant(accepted(change(new RussianInn("7736050003"))));
        assertEquals(Optional.of(new RussianInn("7736050003")), participant().russianInn());
        ParticipantHistory newest = scene.application.with(Participants.class, participants -> participants.history(scene.participant.id())).get(0);
        assertEquals(Optional.of(new RussianInn("7736050003")), newest.russianInn());
        assertEquals(List.of("[\"russianInn\"]"), Rows.of("""
                select (content::jsonb -> 'data' -> 'changed')::text from ledger.entry where record_id = ? and content::jsonb ->> 'type' = 'participants.changed'""",
                scene.participant.id().value()));
        Refusal refusal = assertThrows(Refusal.class, () -> submit(change(NUMBER)));
        assertEquals(ParticipantRefusal.INN_KNOWN_OTHERWISE + " particulars.russianInn", refusal.code() + " " + refusal.field());
        assertThrows(IllegalStateException.class, () -> Rows.change("update participants.participant set russian_inn = ? where id = ?", NUMBER.digits(), scene.participant.id().value()));
    }

    @Test
    void aNumberOfAnotherCountryOrOfAnotherKindOfParticipantIsRefusedAndPastJavaToo() {
        scene.connect(Contour.TEST, "RU-422-696");
        assertRefused(ParticipantRefusal.RUSSIAN_INN_OF_ANOTHER_KIND, () -> submit(change(new RussianInn("500100732259"))));
        Refusal abroad = assertThrows(Refusal.class, () -> submit(plain(RequestKind.CHANGE).stating(stated(NUMBER)).on(scene.today())));
        assertEquals(RequestRefusal.INN_OF_ANOTHER_COUNTRY + " particulars.russianInn", abroad.code() + " " + abroad.field());
        Refusal here = assertThrows(Refusal.class, () -> submit(fromElsewhere().stating(new Particulars(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(new Inn("01203200510001"))))));
        assertEquals(RequestRefusal.INN_OF_ANOTHER_COUNTRY + " particulars.inn", here.code() + " " + here.field());
        String insert = """
                insert into access.request (id, kind, participant_id, contour, procedure_code, version, state, since, events, received_at, submitted_at, channel, answer_email, body, %s)
                values (gen_random_uuid(), 'CONNECT', '""" + scene.participant.id().value() + """
                ', 'PRODUCTION', '%s', 1, 'SUBMITTED', now(), 1, now(), now(), 'CABINET', 'a@b.kg', 'x', '%s')""";
        assertEquals("inn_of_country", PastJava.broken(insert.formatted("stated_russian_inn", "KG-147", NUMBER.digits())));
        assertEquals("inn_of_country", PastJava.broken(insert.formatted("stated_inn", "RU-1221", "01203200510001")));
        assertEquals("russian_inn_check", PastJava.broken(insert.formatted("stated_russian_inn", "RU-1221", "7707083894")));
        assertTrue(broken("update participants.participant set russian_inn = '500100732259' where id = '" + scene.participant.id().value() + "'").contains("participant_russian_inn_check"));
    }

    @Test
    void theDatabaseChecksTheSameDigits() {
        for (String number : List.of("7707083893", "7736050003", "7700000070", "500100732259", "770000002700", "7707083894", "7707038893", "500100732258", "500100732249", "770708389", "77070838930",
                "770708389x", "0007083893", "000000000000", "")) {
            boolean java;
            try {
                java = new RussianInn(number).digits().equals(number);
            } catch (Refusal e) {
                java = false;
            }
            assertEquals(java, taken(number), number);
        }
    }

    private static boolean taken(String number) {
        try {
            return Rows.of("select (?::text)::kernel.russian_inn", number).equals(List.of(number));
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static String broken(String update) {
        return assertThrows(IllegalStateException.class, () -> Rows.change("""
                do $$ begin
                    alter table participants.participant disable trigger by_event_only;
                    %s;
                    alter table participants.participant enable trigger by_event_only;
                end $$""".formatted(update))).getCause().getMessage();
    }

    private RequestView accepted(NewRequest wish) {
        RequestView request = submit(wish);
        with(requests -> requests.confirm(request.id(), request.contour(), Scene.OFFICIAL));
        scene.application.with(Requests.class, requests -> requests.checklist(request)).forEach(item -> tick(request, item.code()));
        return request;
    }

    private NewRequest change(RussianInn number) {
        return new NewRequest(RequestKind.CHANGE, scene.participant.id(), Contour.TEST, "RU-422-696", Optional.empty(), "bank@example.ru", "Please.", List.of(), List.of(), Set.of(),
                Optional.empty(), Optional.empty()).stating(stated(number)).on(scene.today());
    }

    private static Particulars stated(RussianInn number) {
        return new Particulars(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(number));
    }

    private ParticipantView participant() {
        return scene.application.with(Participants.class, participants -> participants.get(scene.participant.id()));
    }
}
