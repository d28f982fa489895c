package org.kopuro.access.decrees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.ProposalView;
import org.kopuro.access.requests.Proposals;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.access.requests.UnderDecrees;
import org.kopuro.access.tasks.TaskFilter;
import org.kopuro.access.tasks.TaskKind;
import org.kopuro.access.tasks.Tasks;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.NewContact;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestProcedures;

/** When a decree is changed, the connections under it are listed, and an official decides of each (ACC-76). It is Monday, 2 March 2026. */
class ChangedDecreeIT {

    private static final LocalDate DAY = LocalDate.of(2026, 4, 1);

    private final Scene scene = new Scene();
    private final String decree = TestProcedures.decree();
    private final String other = TestProcedures.decree();
    private final String procedure = TestProcedures.publishUnder(decree, other);

    private ConnectionView touched;

    @BeforeEach
    void connect() {
        touched = connect(scene, decree);
    }

    @Test
    void aConnectionUnderItIsATaskOfOfficialsUntilItIsKept() {
        Scene elsewhere = new Scene(Contour.TEST, scene.application);
        connect(elsewhere, other);
        assertEquals(List.of(), matters());
        amend(1, DAY);
        assertEquals(List.of(touched.id()), matters(), "whoever named another decree is not touched");
        assertEquals(List.of(decree), tasks());
        assertEquals(List.of(), scene.application.with(Tasks.class, tasks -> tasks.open(TaskFilter.in(Contour.TEST).of(TaskKind.DECREE_CHANGED), Optional.of(scene.participant.id()), Optional.empty(), 500)),
                "the authority decides; the participant is told what was decided");
        assertRefused(DecreeRefusal.DECREE_MATTER_NOT_OPEN, () -> keep(2, Contour.PRODUCTION));
        keep(2, Contour.TEST);
        assertEquals(List.of(), matters());
        assertEquals(List.of(), tasks());
        assertRefused(DecreeRefusal.DECREE_MATTER_NOT_OPEN, () -> keep(2, Contour.TEST));
        assertRefused(DecreeRefusal.DECREE_MATTER_NOT_OPEN, () -> propose(2));
        assertEquals(ConnectionState.CONNECTED, state());
        amend(2, DAY.plusDays(1));
        assertEquals(List.of(touched.id()), matters(), "each edition is a matter of its own");
    }

    @Test
    void itsDisconnectionIsProposedOnTheGroundAndDecidedByAnother() {
        amend(1, DAY);
        ProposalView first = propose(2);
        assertEquals("FORCE_DISCONNECTION DECREE_CHANGED", first.event() + " " + first.ground().orElseThrow());
        assertEquals(List.of(), matters());
        scene.application.run(Proposals.class, proposals -> proposals.reject(first.id(), Contour.TEST, "no", Scene.APPROVER));
        assertEquals(List.of(touched.id()), matters(), "what was rejected is open again");
        ProposalView second = propose(2);
        scene.application.run(Proposals.class, proposals -> proposals.approve(second.id(), Contour.TEST, Scene.APPROVER));
        assertEquals(ConnectionState.DISCONNECTED, state());
        assertEquals(List.of(), matters());
        assertEquals(List.of("PROPOSE", "PROPOSE"), Rows.of("select outcome from access.decree_decision where connection_id = ? order by number", touched.id().value()));
    }

    @Test
    void whoeverWasConnectedBeforeRequestsNamedDecreesIsTouchedByAllOfItsProcedures() {
        Scene older = new Scene(Contour.TEST, scene.application);
        ConnectionView without = older.connect(Contour.TEST, procedure);
        amend(1, DAY);
        assertEquals(Set.of(touched.id(), without.id()), Set.copyOf(matters()));
    }

    @Test
    void whoeverIsConnectedOnOrAfterItsDayIsNotTouched() {
        amend(1, LocalDate.of(2026, 3, 2));
        assertEquals(List.of(), matters());
    }

    @Test
    void editionsFollowOneAnotherAndPastJavaToo() {
        amend(1, DAY);
        assertRefused(DecreeRefusal.DECREE_EDITION_OUT_OF_ORDER, () -> amend(1, DAY.plusDays(1)));
        assertRefused(DecreeRefusal.DECREE_EDITION_OUT_OF_ORDER, () -> amend(2, DAY));
        assertRefused(DecreeRefusal.DECREE_NOT_OF_THIS_CONTOUR, () -> scene.application.with(Decrees.class,
                decrees -> decrees.amend(decree, 2, DAY.plusDays(1), "Less.", "another act", Contour.TEST, Scene.OFFICIAL)));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Decrees.class, decrees -> decrees.get("no-such")));
        assertThrows(IllegalStateException.class, () -> Rows.change("update access.decree_edition set first_day = first_day + 1 where decree_code = ?", decree));
        assertThrows(IllegalStateException.class, () -> Rows.change("delete from access.decree where code = ?", other));
        assertThrows(IllegalStateException.class, () -> Rows.change("""
                insert into access.decree_decision (decree_code, edition, connection_id, number, contour, outcome, reason, at, actor, actor_role)
                values (?, 1, ?, 1, 'TEST', 'KEEP', 'x', now(), gen_random_uuid(), 'SECURITY_OFFICER')""", decree, touched.id().value()), "the first edition touches nobody");
    }

    @Test
    void aDecreeIsRegisteredOnceInAllLanguages() {
        String code = TestProcedures.decree();
        Map<Language, String> titles = new EnumMap<>(Map.of(Language.RU, "О", Language.KY, "О", Language.EN, "On"));
        NewDecree wanted = new NewDecree(code, DAY, titles, "a test");
        DecreeView registered = scene.application.with(Decrees.class, decrees -> decrees.register(wanted, Contour.PRODUCTION, Scene.OFFICIAL));
        assertEquals(List.of(1), registered.editions().stream().map(DecreeView.Edition::number).toList());
        assertRefused(DecreeRefusal.DECREE_REGISTERED_ALREADY, () -> scene.application.with(Decrees.class, decrees -> decrees.register(wanted, Contour.PRODUCTION, Scene.OFFICIAL)));
        titles.remove(Language.KY);
        assertRefused(InputRefusal.FIELD_MISSING, () -> new NewDecree(code, DAY, titles, "a test"));
        assertRefused(InputRefusal.FIELD_INVALID, () -> new NewDecree("№ 1", DAY, titles, "a test"));
    }

    /** KG-147 knows no such ground, and RU-422-696 neither: what a procedure does not allow is not proposed. */
    @Test
    void whereTheProcedureHasNoSuchGroundOnlyKeepingIsLeft() {
        Rows.change("alter table access.procedure_ground disable trigger published");
        Rows.change("delete from access.procedure_ground where procedure_code = ? and code = 'DECREE_CHANGED'", procedure);
        Rows.change("alter table access.procedure_ground enable trigger published");
        amend(1, DAY);
        assertRefused(AccessRefusal.GROUND_NOT_LISTED, () -> propose(2));
        keep(2, Contour.TEST);
    }

    private ConnectionView connect(Scene of, String under) {
        NewRequest wish = new NewRequest(RequestKind.CONNECT, of.participant.id(), Contour.TEST, procedure, Optional.empty(), "office@bank.ru", "Please.",
                List.of(Scene.wish(of.subsystem.id(), TestProcedures.service(procedure))), List.of(new NewContact("A Person", "IT", "Engineer", "a@example.ru", "+7 495 0000000")), Set.of(),
                Optional.empty(), Optional.empty()).under(UnderDecrees.of(List.of(under), Optional.of("CONNECT")));
        of.application.run(Requests.class, requests -> {
            RequestView request = requests.submit(wish, Scene.OFFICIAL);
            requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL);
            requests.checklist(request).forEach(item -> requests.check(request.id(), Contour.TEST, item.code(), true, "", Scene.OFFICIAL));
            requests.grant(request.id(), Contour.TEST, "in order", Scene.OFFICIAL);
        });
        return of.application.with(Connections.class, connections -> connections.of(of.participant.id(), Contour.TEST)).stream().filter(one -> one.procedure().equals(procedure)).findFirst().orElseThrow();
    }

    private DecreeView amend(int after, LocalDate firstDay) {
        return scene.application.with(Decrees.class, decrees -> decrees.amend(decree, after, firstDay, "Fewer borrowers.", "another act", Contour.PRODUCTION, Scene.OFFICIAL));
    }

    private void keep(int edition, Contour contour) {
        scene.application.run(Decrees.class, decrees -> decrees.keep(decree, edition, touched.id(), contour, "It conforms all the same.", Scene.OFFICIAL));
    }

    private ProposalView propose(int edition) {
        return scene.application.with(Decrees.class, decrees -> decrees.propose(decree, edition, touched.id(), Contour.TEST, "It does not conform any more.", Scene.OFFICIAL));
    }

    private List<ConnectionId> matters() {
        return scene.application.with(Decrees.class, decrees -> decrees.matters(Contour.TEST)).stream().filter(matter -> matter.decree().equals(decree)).map(DecreeMatter::connection).toList();
    }

    private List<String> tasks() {
        return scene.application.with(Tasks.class, tasks -> tasks.open(TaskFilter.in(Contour.TEST).of(TaskKind.DECREE_CHANGED).of(touched.id()), Optional.empty(), Optional.empty(), 500)).stream()
                .map(task -> task.subject().orElseThrow()).toList();
    }

    private ConnectionState state() {
        return scene.application.with(Connections.class, connections -> connections.get(touched.id(), Contour.TEST)).state();
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
