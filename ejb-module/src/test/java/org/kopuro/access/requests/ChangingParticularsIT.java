package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.TokenState;
import org.kopuro.consent.Tokens;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.CertificateState;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.ParticipantHistory;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.SubsystemId;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A granted change makes the participant's record say what it told; who, when and why is kept (ACC-1, ACC-46). */
class ChangingParticularsIT extends RequestScene {

    private static final NewContact ZARINA = new NewContact("Zarina \"Z\" Person", "IT", "Engineer", "z@bank.example", "+996 312 000001");
    private static final NewContact AZAT = new NewContact("Azat Person", "Security", "Head", "azat@bank.example", "+996 312 000002");

    @Test
    void whatItTellsIsSoFromItsGrantOnAndLettersGoThere() {
        RequestView request = accepted(told("Bank, closed company", "notices@bank.example"), List.of(ZARINA, AZAT));
        assertEquals(scene.participant.fullName(), participant().fullName(), "asked for is not granted");
        grant(request);
        ParticipantView now = participant();
        assertEquals(List.of("Bank, closed company", "notices@bank.example", List.of(ZARINA, AZAT)), List.of(now.fullName(), now.noticeEmail(), now.contacts()));
        scene.apply(ConnectionEvent.SUSPEND);
        assertEquals(Set.of("notices@bank.example", "z@bank.example", "azat@bank.example"), new HashSet<>(Rows.of("""
                select d.address from notices.delivery d join notices.notice n on n.id = d.notice_id where n.participant_id = ? and n.kind = 'N13'""", now.id().value())));
    }

    @Test
    void whoChangedItWhenAndWhyIsReadAndTheLedgerHasItWithoutPersons() {
        RequestView request = accepted(told("Bank, closed company", "notices@bank.example"), List.of(ZARINA));
        grant(request);
        List<ParticipantHistory> history = scene.application.with(Participants.class, participants -> participants.history(scene.participant.id()));
        assertEquals(List.of(2, 1), history.stream().map(ParticipantHistory::number).toList());
        ParticipantHistory changed = history.get(0);
        assertEquals("CHANGE " + Scene.OFFICIAL.account() + " OPERATOR in order " + Optional.of(request.id().value()) + " " + now(),
                changed.event() + " " + changed.actor() + " " + changed.actorRole() + " " + changed.reason() + " " + changed.request() + " " + changed.at());
        assertEquals(List.of(ZARINA), changed.contacts());
        assertEquals("REGISTER " + Scene.OFFICIAL.account() + " OPERATOR " + Optional.empty() + " " + scene.participant.fullName(),
                history.get(1).event() + " " + history.get(1).actor() + " " + history.get(1).actorRole() + " " + history.get(1).request() + " " + history.get(1).fullName());
        List<String> told = Rows.of("select (content::jsonb -> 'data')::text from ledger.entry where record_id = ? and content::jsonb ->> 'type' = 'participants.changed'", scene.participant.id().value());
        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("[\"contacts\", \"fullName\", \"noticeEmail\"]") && told.get(0).contains(request.id().value().toString()), told.get(0));
        assertFalse(told.get(0).matches(".*(Person|@bank|312 00|closed|in order).*"), told.get(0));
        assertEquals(Optional.of("OPERATOR"), participant().subsystems().stream().map(subsystem -> subsystem.registeredRole()).findFirst(), "who added a subsystem");
    }

    @Test
    void whatIsLeftOutStaysAndWhatIsSoAlreadyIsNoChange() {
        grant(accepted(plain(RequestKind.CHANGE).stating(new Particulars(Optional.empty(), Optional.of("new@bank.example"), Optional.of(new Ogrn("1027700132195")))), List.of()));
        ParticipantView now = participant();
        assertEquals(List.of(scene.participant.fullName(), "new@bank.example", Optional.of(new Ogrn("1027700132195")), contacts()),
                List.of(now.fullName(), now.noticeEmail(), now.ogrn(), now.contacts()));
        grant(accepted(plain(RequestKind.CHANGE).stating(new Particulars(Optional.of(now.fullName()), Optional.of("new@bank.example"), now.ogrn())), now.contacts()));
        assertEquals(2, scene.application.with(Participants.class, participants -> participants.history(scene.participant.id())).size());
    }

    /** ACC-46, ACC-O10. */
    @Test
    void whatIsSoAlreadyIsToldWithItsDay() {
        Refusal stated = assertThrows(Refusal.class, () -> submit(told("Another", "other@bank.example")));
        assertEquals("FIELD_MISSING day", stated.code() + " " + stated.field());
        NewRequest people = plain(RequestKind.CHANGE);
        NewRequest zarina = new NewRequest(people.kind(), people.participant(), people.contour(), people.procedure(), people.letter(), people.answerEmail(), people.body(), people.services(),
                List.of(ZARINA), people.confirmations(), people.desiredDay(), people.previous());
        assertRefused(InputRefusal.FIELD_MISSING, () -> submit(zarina));
        assertEquals(Optional.of(false), submit(zarina.on(scene.today())).late());
        assertEquals("request_stated_day_check", PastJava.broken("""
                insert into access.request (id, kind, participant_id, contour, procedure_code, version, state, since, events, received_at, submitted_at, channel, answer_email, body, stated_name)
                values (gen_random_uuid(), 'CHANGE', '%s', 'PRODUCTION', 'KG-147', 1, 'SUBMITTED', now(), 1, now(), now(), 'CABINET', 'a@b.kg', 'x', 'Another')""".formatted(scene.participant.id().value())));
    }

    @Test
    void subsystemsAreAddedAndDroppedByAGrantedChange() {
        RequestView adds = submit(plain(RequestKind.CHANGE).with(List.of(new SubsystemWish("mobile", Optional.of("The app"), false))));
        assertEquals(List.of(new SubsystemWish("mobile", Optional.of("The app"), false)), read(adds).subsystems());
        apply(adds, RequestEvent.CONFIRM);
        assertEquals(1, participant().subsystems().size(), "asked for is not granted");
        grant(adds);
        assertEquals(List.of("app", "mobile The app"), participant().subsystems().stream().map(one -> one.code().equals("app") ? "app" : one.code() + " " + one.name()).toList());
        assertRefused(ParticipantRefusal.SUBSYSTEM_ALREADY_REGISTERED, () -> submit(plain(RequestKind.CHANGE).with(List.of(new SubsystemWish("mobile", Optional.of("Again"), false)))));
        assertRefused(RequestRefusal.SUBSYSTEM_OF_ANOTHER_PARTICIPANT, () -> submit(plain(RequestKind.CHANGE).with(List.of(new SubsystemWish("theirs", Optional.empty(), true)))));
        assertRefused(InputRefusal.FIELD_MISSING, () -> new SubsystemWish("mobile", Optional.empty(), false));
        assertRefused(InputRefusal.FIELD_INVALID, () -> new SubsystemWish("mobile", Optional.of("The app"), true));
        assertRefused(InputRefusal.FIELD_INVALID, () -> plain(RequestKind.RESTORE).with(List.of(new SubsystemWish("app", Optional.empty(), true))));
        RequestView drops = submit(plain(RequestKind.CHANGE).with(List.of(new SubsystemWish("app", Optional.empty(), true))));
        apply(drops, RequestEvent.CONFIRM);
        assertFalse(activeServices().isEmpty());
        IssuedToken token = scene.token();
        grant(drops);
        assertEquals(TokenState.REVOKED, scene.application.with(Tokens.class, tokens -> tokens.get(scene.taxpayer(), token.token().id())).state());
        assertEquals(Set.of(CertificateState.ENDED), scene.application.with(Participants.class, participants -> participants.certificates(scene.participant.id(), Contour.TEST)).stream()
                .map(CertificateView::state).collect(Collectors.toSet()));
        assertEquals(Set.of(), activeServices());
        assertEquals(2, participant().subsystems().size(), "its code is nobody else's");
    }

    @Test
    void aSubsystemThatIsAddedCallsFromTheSameGrantOn() {
        SubsystemWish wish = new SubsystemWish("mobile", Optional.of("The app"), false, List.of(new SubsystemWish.Called("headcount", "To lend.")));
        RequestView adds = submit(plain(RequestKind.CHANGE).with(List.of(wish)).naming(List.of(new ProductWish(scene.product(), false))));
        assertEquals(List.of(wish), read(adds).subsystems());
        apply(adds, RequestEvent.CONFIRM);
        grant(adds);
        SubsystemId added = participant().subsystems().stream().filter(one -> one.code().equals("mobile")).findFirst().orElseThrow().id();
        assertEquals(List.of("headcount ACTIVE Optional[To lend.]"), scene.application.with(AccessRights.class, rights -> rights.of(added, Contour.TEST)).stream()
                .map(right -> right.serviceCode() + " " + right.state() + " " + right.purpose()).toList());
        assertEquals(List.of("1"), Rows.of("select count(*) from notices.notice where about_id = ? and kind = 'N04' and body like '%headcount%'", adds.id().value()));
        assertRefused(RequestRefusal.SERVICE_OF_ANOTHER_PROCEDURE, () -> submit(plain(RequestKind.CHANGE).with(List.of(new SubsystemWish("other", Optional.of("x"), false,
                List.of(new SubsystemWish.Called(platformService(), "To lend.")))))));
        assertRefused(InputRefusal.FIELD_INVALID, () -> new SubsystemWish("app", Optional.empty(), true, List.of(new SubsystemWish.Called("headcount", "To lend."))));
        assertRefused(InputRefusal.FIELD_INVALID, () -> wish.calling(List.of(new SubsystemWish.Called("headcount", "To lend."), new SubsystemWish.Called("headcount", "To borrow."))));
        assertRefused(InputRefusal.FIELD_MISSING, () -> new SubsystemWish.Called("headcount", " "));
        assertEquals("filed_whole", PastJava.broken("insert into access.request_subsystem_service (request_id, code, service_code, purpose) values ('%s', 'mobile', 'incomeStatement', 'x')"
                .formatted(adds.id().value())), "nothing is added after somebody has looked at it");
    }

    @Test
    void aRefusedOneChangesNothingAndAnUnfitOneIsNotTaken() {
        RequestView request = accepted(told("Another", "other@bank.example"), List.of(AZAT));
        apply(request, RequestEvent.REFUSE);
        assertEquals(scene.participant.fullName(), participant().fullName());
        assertEquals(contacts(), participant().contacts());
        assertRefused(InputRefusal.FIELD_INVALID, () -> told("Another", "nowhere"));
        assertRefused(InputRefusal.FIELD_MISSING, () -> told(" ", "other@bank.example"));
        assertRefused(InputRefusal.FIELD_INVALID, () -> plain(RequestKind.RESTORE).stating(new Particulars(Optional.empty(), Optional.empty(), Optional.of(new Ogrn("1027700132195")))));
        assertRefused(InputRefusal.FIELD_INVALID, () -> connect(Contour.TEST, "headcount").stating(new Particulars(Optional.of("Another"), Optional.empty(), Optional.empty())));
        assertRefused(ParticipantRefusal.OGRN_OF_ANOTHER_KIND,
                () -> submit(plain(RequestKind.CHANGE).stating(new Particulars(Optional.empty(), Optional.empty(), Optional.of(new Ogrn("304500116000157"))))));
    }

    @Test
    void theDatabaseChangesAParticipantByAGrantedRequestAndInNoOtherWay() {
        RequestView open = accepted(told("Another", "other@bank.example"), List.of(AZAT));
        String id = scene.participant.id().value().toString();
        for (String column : List.of("full_name", "notice_email", "ogrn")) {
            assertTrue(PastJava.broken("update participants.participant set %s = '1027700132195' where id = '%s'".formatted(column, id)).contains("changes by the participant's events"));
        }
        assertTrue(PastJava.broken("delete from participants.contact where participant_id = '%s'".formatted(id)).contains("changes by the participant's events"));
        assertEquals("participant_request_granted", PastJava.broken(event(open, 2)));
        grant(open);
        assertEquals("participant_event_request_unique", PastJava.broken(event(open, 3)));
        assertTrue(PastJava.broken("update participants.participant_event set reason = 'x' where participant_id = '%s'".formatted(id)).matches("(?s).*(permission denied|not edited|append).*"));
        RequestView other = new RequestSceneOfAnother().granted();
        assertEquals("participant_event_request_fk", PastJava.broken(event(other, 3)), "a request of somebody else");
        assertEquals("request_stated_check", PastJava.broken("""
                insert into access.request (id, kind, participant_id, contour, procedure_code, version, state, since, events, received_at, submitted_at, channel, answer_email, body, stated_name)
                values (gen_random_uuid(), 'RESTORE', '%s', 'TEST', 'KG-147', 1, 'SUBMITTED', now(), 1, now(), now(), 'CABINET', 'a@b.kg', 'x', 'Another')""".formatted(id)));
    }

    @Test
    void ofTwoChangesAtTheSameInstantNeitherIsLost() throws InterruptedException, ExecutionException {
        Scene both = new Scene(Contour.PRODUCTION, scene.application);
        RequestView name = filed(both, Contour.TEST, new Particulars(Optional.of("Bank, renamed"), Optional.empty(), Optional.empty()));
        RequestView address = filed(both, Contour.PRODUCTION, new Particulars(Optional.empty(), Optional.of("moved@bank.example"), Optional.empty()));
        ExecutorService officials = Executors.newFixedThreadPool(2);
        for (Future<?> decision : List.of(officials.submit(() -> grant(name)), officials.submit(() -> grant(address)))) {
            decision.get();
        }
        officials.shutdown();
        ParticipantView now = scene.application.with(Participants.class, participants -> participants.get(both.participant.id()));
        assertEquals("Bank, renamed moved@bank.example", now.fullName() + " " + now.noticeEmail());
    }

    /** Another participant's. */
    private static final class RequestSceneOfAnother extends RequestScene {
        RequestView granted() {
            RequestView request = with(requests -> requests.confirm(submit(plain(RequestKind.CHANGE)).id(), Contour.TEST, Scene.OFFICIAL));
            grant(request);
            return request;
        }
    }

    private NewRequest told(String name, String address) {
        return plain(RequestKind.CHANGE).stating(new Particulars(Optional.of(name), Optional.of(address), Optional.empty()));
    }

    private RequestView accepted(NewRequest wish, List<NewContact> contacts) {
        RequestView request = submit(new NewRequest(wish.kind(), wish.participant(), wish.contour(), wish.procedure(), wish.letter(), wish.answerEmail(), wish.body(), wish.services(), contacts,
                wish.confirmations(), wish.desiredDay(), wish.previous()).stating(wish.particulars()).on(scene.today()));
        return with(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
    }

    private RequestView filed(Scene of, Contour contour, Particulars particulars) {
        RequestView request = submit(new NewRequest(RequestKind.CHANGE, of.participant.id(), contour, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "We moved.", List.of(), List.of(), Set.of(),
                Optional.empty(), Optional.empty()).stating(particulars).on(scene.today()));
        return with(requests -> requests.confirm(request.id(), contour, Scene.OFFICIAL));
    }

    private String event(RequestView request, int number) {
        ParticipantId id = scene.participant.id();
        return """
                insert into participants.participant_event (participant_id, number, event, request_id, at, actor, actor_role, reason, full_name, notice_email, contacts)
                values ('%s', %d, 'CHANGE', '%s', now(), gen_random_uuid(), 'OPERATOR', 'x', 'Another', 'other@bank.example', '[{"fullName": "x", "unit": "x", "post": "x", "email": "x@b.kg", "phone": "+99"}]')"""
                .formatted(id.value(), number, request.id().value());
    }

    private ParticipantView participant() {
        return scene.application.with(Participants.class, participants -> participants.get(scene.participant.id()));
    }
}
