package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.Connections;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestProcedures;

/** Where a procedure connects under decrees, requests name theirs, and the action for their contour (ACC-42). */
class NamingDecreesIT {

    private static final String FIRST = TestProcedures.decree();
    private static final String SECOND = TestProcedures.decree();
    private static String procedure;

    private final Scene scene = new Scene();

    @BeforeAll
    static void publish() {
        procedure = TestProcedures.publishUnder(FIRST, SECOND);
    }

    @Test
    void whatIsNotNamedIsToldAndNothingIsTakenUpNorPastJava() {
        RequestView request = submit(RequestKind.CONNECT, UnderDecrees.NONE);
        assertEquals(List.of("DECREE_MISSING", "ACTION_MISSING"), lacking(request));
        Refusal refusal = assertThrows(Refusal.class, () -> confirm(request));
        assertEquals("DECREE_MISSING decrees", refusal.code() + " " + refusal.field());
        assertEquals("without_shortcomings", PastJava.broken(PastJava.event(request, "CONFIRM", RequestState.ACCEPTED, UUID.randomUUID().toString(), "OPERATOR")));
        assertEquals("filed_whole", PastJava.broken("insert into access.request_decree (request_id, procedure_code, version, decree_code) values ('%s', '%s', 1, '%s')"
                .formatted(request.id().value(), procedure, FIRST)));
        RequestView declined = scene.application.with(Requests.class, requests -> requests.decline(request.id(), Contour.TEST, List.of(new Cause("ACTION_MISSING", "What is to be done?")), Scene.OFFICIAL));
        assertEquals(RequestState.NOT_ACCEPTED, declined.state());
        RequestView again = scene.application.with(Requests.class, requests -> requests.submit(wish(RequestKind.CONNECT, Optional.of(request.id())).under(under("CONNECT", SECOND)), Scene.OFFICIAL));
        assertEquals(List.of("action", "decrees"), scene.application.with(Requests.class, requests -> requests.changes(again)).stream().map(RequestChange::field).toList());
        assertEquals(RequestState.ACCEPTED, confirm(again).state());
    }

    @Test
    void whatIsNamedIsKeptAndOnlyTheActionLacking() {
        RequestView named = submit(RequestKind.CONNECT, new UnderDecrees(List.of(SECOND, FIRST), Optional.empty()));
        assertEquals(List.of(FIRST, SECOND).stream().sorted().toList(), named.underDecrees().decrees());
        assertEquals(List.of("ACTION_MISSING"), lacking(named));
        RequestView other = scene.application.with(Requests.class, requests -> {
            requests.retract(named.id(), Contour.TEST, Scene.OFFICIAL);
            return requests.submit(wish(RequestKind.CONNECT, Optional.empty()).under(under("CONNECT", FIRST)), Scene.OFFICIAL);
        });
        assertEquals(List.of(), lacking(other));
        assertEquals(under("CONNECT", FIRST), other.underDecrees());
        grant(confirm(other));
        // An exit names as much, and the whole of it: 422 alone is not to end 696, too.
        scene.application.clock().advance(Duration.ofMinutes(1));
        assertEquals(List.of("DECREE_MISSING", "ACTION_MISSING"), lacking(submit(RequestKind.DISCONNECT, UnderDecrees.NONE)));
    }

    @Test
    void anExitForOneOfTwoDecreesIsRefusedAndForBothIsNot() {
        grant(confirm(submit(RequestKind.CONNECT, under("CONNECT", FIRST, SECOND))));
        assertRefused(RequestRefusal.DECREES_NOT_ALL, "decrees", RequestKind.DISCONNECT, under("DISCONNECT", FIRST));
        grant(confirm(submit(RequestKind.DISCONNECT, under("DISCONNECT", FIRST, SECOND))));
        assertEquals(List.of(ConnectionState.DISCONNECTED), scene.application.with(Connections.class, connections -> connections.of(scene.participant.id(), Contour.TEST)).stream()
                .filter(one -> one.procedure().equals(procedure)).map(one -> one.state()).toList());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertRefused(RequestRefusal.DECREE_OF_NO_PROCEDURE, "decrees", RequestKind.CONNECT, under("CONNECT", "422"));
        assertRefused(InputRefusal.FIELD_INVALID, "action", RequestKind.CONNECT, under("DISCONNECT", FIRST));
        assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class, () -> under("SOMETHING")).code());
        assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class, () -> under("CONNECT", FIRST, FIRST)).code());
        assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class, () -> wish(RequestKind.RESTORE, Optional.empty()).under(new UnderDecrees(List.of(FIRST), Optional.empty()))).code());
        NewRequest elsewhere = new NewRequest(RequestKind.DISCONNECT, scene.participant.id(), Contour.TEST, Scene.PROCEDURE, Optional.empty(), "office@bank.ru", "Please.", List.of(), List.of(),
                Set.of(), Optional.empty(), Optional.empty()).under(under("DISCONNECT", FIRST));
        assertEquals(RequestRefusal.DECREE_OF_NO_PROCEDURE, assertThrows(Refusal.class, () -> scene.application.run(Requests.class, requests -> requests.submit(elsewhere, Scene.OFFICIAL))).code());
    }

    private static UnderDecrees under(String action, String... decrees) {
        return UnderDecrees.of(List.of(decrees), Optional.of(action));
    }

    private NewRequest wish(RequestKind kind, Optional<RequestId> previous) {
        boolean connects = kind == RequestKind.CONNECT;
        return new NewRequest(kind, scene.participant.id(), Contour.TEST, procedure, Optional.of(new Letter("office@bank.ru", scene.application.clock().instant())), "office@bank.ru", "Please.",
                connects ? List.of(Scene.wish(scene.subsystem.id(), TestProcedures.service(procedure))) : List.of(), connects ? RequestScene.contacts() : List.of(), Set.of(), Optional.empty(), previous);
    }

    private RequestView submit(RequestKind kind, UnderDecrees under) {
        return scene.application.with(Requests.class, requests -> requests.submit(wish(kind, Optional.empty()).under(under), Scene.OFFICIAL));
    }

    private RequestView confirm(RequestView request) {
        return scene.application.with(Requests.class, requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
    }

    private void grant(RequestView request) {
        scene.application.run(Requests.class, requests -> {
            requests.checklist(request).forEach(item -> requests.check(request.id(), Contour.TEST, item.code(), true, "", Scene.OFFICIAL));
            requests.grant(request.id(), Contour.TEST, "in order", Scene.OFFICIAL);
        });
    }

    private List<String> lacking(RequestView request) {
        return scene.application.with(Requests.class, requests -> requests.lacking(request)).stream().map(Missing::code).toList();
    }

    private void assertRefused(RefusalCode code, String field, RequestKind kind, UnderDecrees under) {
        Refusal refusal = assertThrows(Refusal.class, () -> submit(kind, under));
        assertEquals(code + " " + field, refusal.code() + " " + refusal.field());
    }
}
