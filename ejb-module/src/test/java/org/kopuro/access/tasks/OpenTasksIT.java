package org.kopuro.access.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.catalogue.Entries;
import org.kopuro.access.catalogue.NewEntry;
import org.kopuro.access.duties.AnnouncementView;
import org.kopuro.access.duties.Announcements;
import org.kopuro.access.duties.NewChange;
import org.kopuro.access.duties.NewOutage;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.ProductDocumentKind;
import org.kopuro.access.procedures.ProductRole;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.Applicant;
import org.kopuro.access.products.NewProductDocument;
import org.kopuro.access.products.ProductDocument;
import org.kopuro.access.products.ProductId;
import org.kopuro.access.requests.DueDates;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Everything open of a participant's connections is in one list (ACC-O2). It is Monday, 2 March 2026. */
class OpenTasksIT {

    private static final DeadlineRule.Side AUTHORITY = DeadlineRule.Side.AUTHORITY;
    private static final DeadlineRule.Side PARTICIPANT = DeadlineRule.Side.PARTICIPANT;

    private final Scene scene = new Scene();

    @Test
    void whatIsOwedIsListedWithItsConnectionAndItsDayUntilItIsDone() {
        RequestView exit = exitOf(scene);
        Scene other = new Scene(Contour.TEST, scene.application);
        exitOf(other);
        assertEquals(List.of(DeadlineRule.CONFIRM_REQUEST, DeadlineRule.DISCONNECT_ON_REQUEST), rules(mine()), "by time left");
        TaskView confirmation = open(mine()).get(0);
        assertEquals(List.of(TaskKind.OBLIGATION, DeadlineRule.CONFIRM_REQUEST, AUTHORITY, TaskView.AboutKind.REQUEST, exit.id().value(), String.valueOf(exit.number()), scene.connection().id(),
                scene.participant.id()), List.of(confirmation.kind(), confirmation.rule().orElseThrow(), confirmation.owes().orElseThrow(), confirmation.aboutKind(),
                confirmation.about().orElseThrow(), confirmation.subject().orElseThrow(), confirmation.connection().orElseThrow(), confirmation.participant().orElseThrow()));
        assertEquals(Optional.of(midnight(LocalDate.of(2026, 3, 4))), confirmation.dueAt());
        assertEquals(List.of(), open(mine().late(true)));
        assertEquals(List.of(), open(mine().owedBy(PARTICIPANT)));
        assertEquals(List.of(), open(TaskFilter.in(Contour.PRODUCTION).of(scene.participant.id())));
        until(midnight(LocalDate.of(2026, 3, 4)).minusSeconds(1));
        assertEquals(List.of(), open(mine().late(true)));
        until(midnight(LocalDate.of(2026, 3, 4)));
        assertEquals(Duration.ZERO, only(mine().late(true)).lateness(now()));
        assertTrue(only(mine().late(true)).late(now()));
        assertEquals(List.of(DeadlineRule.DISCONNECT_ON_REQUEST), rules(mine().late(false)));
        scene.application.run(Requests.class, requests -> requests.confirm(exit.id(), Contour.TEST, Scene.OFFICIAL));
        assertEquals(List.of(DeadlineRule.DISCONNECT_ON_REQUEST), rules(mine()));
    }

    @Test
    void aTerminationIsTheAuthoritysToTellAndThenNobodys() {
        ConnectionView announced = scene.apply(Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 10)));
        TaskView untold = only(mine().of(TaskKind.TERMINATION));
        assertEquals(List.of(Optional.of(AUTHORITY), Optional.of(midnight(LocalDate.of(2026, 3, 10))), Optional.empty()), List.of(untold.owes(), untold.effectAt(), untold.toldAt()));
        // Three full working days lie between: 5, 6 and 9 March, so that the letter goes out by the end of the 4th at latest.
        assertEquals(Optional.of(midnight(LocalDate.of(2026, 3, 5))), untold.dueAt());
        scene.announcementTaken(announced);
        TaskView told = only(mine().of(TaskKind.TERMINATION));
        assertEquals(List.of(Optional.empty(), Optional.of(now()), told.effectAt()), List.of(told.owes(), told.toldAt(), told.dueAt()));
        assertFalse(told.late(midnight(LocalDate.of(2026, 4, 1))), "nobody owes it");
        scene.apply(ConnectionEvent.WITHDRAW_TERMINATION);
        assertEquals(List.of(), open(mine().of(TaskKind.TERMINATION)));
    }

    @Test
    void anOutageAndAChangeAreListedForWhomTheyAffectUntilTheyAreToldAndOver() {
        String service = service();
        scene.grant(scene.subsystem, service, scene.today(), null);
        Scene holder = new Scene(Contour.TEST, scene.application);
        holder.grant(holder.subsystem, service, holder.today(), null);
        Scene stranger = new Scene(Contour.TEST, scene.application);
        Instant start = midnight(LocalDate.of(2026, 3, 9));
        AnnouncementView outage = scene.application.with(Announcements.class, announcements -> announcements.publish(
                new NewOutage(Set.of(service), start, start.plus(Duration.ofHours(2)), "New disks", Optional.empty()), Contour.TEST, Scene.OFFICIAL));
        AnnouncementView change = scene.application.with(Announcements.class, announcements -> announcements.publish(
                new NewChange(Set.of(service), LocalDate.of(2026, 3, 20), "A field more", Optional.empty(), Optional.empty()), Contour.TEST, Scene.OFFICIAL));
        assertEquals(List.of(), open(TaskFilter.in(Contour.TEST).of(stranger.participant.id()).of(TaskKind.OUTAGE)));
        TaskView untold = only(mine().of(TaskKind.OUTAGE));
        assertEquals(List.of(Optional.of(AUTHORITY), outage.id().value(), Optional.of(service), Optional.of(start)), List.of(untold.owes(), untold.about().orElseThrow(), untold.subject(),
                untold.effectAt()));
        assertEquals(Optional.of(midnight(LocalDate.of(2026, 3, 4))), untold.dueAt(), "4, 5 and 6 March lie between");
        Rows.change("update notices.delivery set state = 'SENT', sent_at = ? where notice_id in (select id from notices.notice where about_id = ? and participant_id = ?)",
                now().atOffset(ZoneOffset.UTC), outage.id().value(), scene.participant.id().value());
        assertEquals(List.of(Optional.empty(), Optional.of(now()), Optional.of(start)), List.of(only(mine().of(TaskKind.OUTAGE)).owes(), only(mine().of(TaskKind.OUTAGE)).toldAt(),
                only(mine().of(TaskKind.OUTAGE)).dueAt()));
        assertEquals(Optional.of(AUTHORITY), only(TaskFilter.in(Contour.TEST).of(holder.participant.id()).of(TaskKind.OUTAGE)).owes(), "another one's letter is another one's");
        until(start.plus(Duration.ofHours(1)));
        assertEquals(1, open(mine().of(TaskKind.OUTAGE)).size(), "while it lasts");
        until(start.plus(Duration.ofHours(2)));
        assertEquals(List.of(), open(mine().of(TaskKind.OUTAGE)));
        assertTrue(only(mine().of(TaskKind.CHANGE)).dueAt().isPresent());
        until(midnight(LocalDate.of(2026, 4, 1)));
        assertTrue(only(mine().of(TaskKind.CHANGE).late(true)).late(now()), "what was never told is still to be told");
        Scene.taken(change.id().value(), now());
        assertEquals(List.of(), open(mine().of(TaskKind.CHANGE)), "told, and its day is past");
    }

    @Test
    void whatWasWithdrawnIsNoTask() {
        String service = service();
        scene.grant(scene.subsystem, service, scene.today(), null);
        AnnouncementView change = scene.application.with(Announcements.class, announcements -> announcements.publish(
                new NewChange(Set.of(service), LocalDate.of(2026, 3, 20), "A field more", Optional.empty(), Optional.empty()), Contour.TEST, Scene.OFFICIAL));
        assertEquals(1, open(mine().of(TaskKind.CHANGE)).size());
        scene.application.run(Announcements.class, announcements -> announcements.withdraw(change.id(), change.kind(), Contour.TEST, "not needed", Scene.OFFICIAL));
        assertEquals(List.of(), open(mine().of(TaskKind.CHANGE)));
    }

    @Test
    void anAgreementThatEndsSoonIsTheParticipantsUntilOneFollowsIt() {
        LocalDate last = LocalDate.of(2026, 3, 31);
        AgreementView agreement = scene.agree(scene.terms(LocalDate.of(2026, 3, 1), last, Scene.SERVICES));
        ConnectionView connection = scene.connect(Contour.PRODUCTION, Scene.PROCEDURE);
        TaskFilter ending = TaskFilter.in(Contour.PRODUCTION).of(scene.participant.id()).of(TaskKind.AGREEMENT_ENDS);
        assertEquals(List.of(), open(ending), "before anybody was warned");
        look();
        TaskView task = only(ending);
        assertEquals(List.of(Optional.of(PARTICIPANT), Optional.of(midnight(last.plusDays(1))), connection.id(), agreement.id().value(), Optional.of(agreement.number()), Optional.empty()),
                List.of(task.owes(), task.dueAt(), task.connection().orElseThrow(), task.about().orElseThrow(), task.subject(), task.toldAt()));
        Scene.taken(agreement.id().value(), now());
        assertEquals(Optional.of(now()), only(ending).toldAt());
        assertEquals(1, open(ending.of(connection.id())).size());
        assertEquals(List.of(), open(TaskFilter.in(Contour.PRODUCTION).of(connection.id()).late(true)));
        scene.agree(scene.terms(last.plusDays(1), null, Scene.SERVICES));
        assertEquals(List.of(), open(ending));
    }

    @Test
    void aDocumentThatEndsIsTheParticipantsEvenAfterItsEndUntilAnotherHolds() {
        LocalDate last = LocalDate.of(2026, 3, 31);
        scene.apply(ConnectionEvent.DISCONNECT);
        ProductId product = scene.product(ProductRole.OWNER_DEVELOPER);
        ProductDocument registration = scene.prove(product, ProductDocumentKind.REGISTRATION, last);
        Applicant applicant = new Applicant(scene);
        applicant.grant(applicant.tick(applicant.connect(Contour.TEST, product)));
        TaskFilter ending = mine().of(TaskKind.DOCUMENT_ENDS);
        assertEquals(List.of(), open(ending));
        look();
        TaskView task = only(ending.of(scene.connection().id()));
        assertEquals(List.of(Optional.of(PARTICIPANT), Optional.of(midnight(last.plusDays(1))), product.value(), Optional.of(registration.told().number())),
                List.of(task.owes(), task.dueAt(), task.about().orElseThrow(), task.subject()));
        until(midnight(last.plusDays(3)));
        assertEquals(Duration.ofDays(2), only(ending.late(true)).lateness(now()));
        scene.prove(product, new NewProductDocument(ProductDocumentKind.REGISTRATION, "to come", scene.today(), "An Office", scene.today().plusDays(1), Optional.empty()));
        assertEquals(1, open(ending).size(), "until it holds");
        until(midnight(last.plusDays(4)));
        assertEquals(List.of(), open(ending), "after the gap");
    }

    @Test
    void aStaleEntryIsOfEveryConnectionWithARightToItsServiceAndOnceOfAll() {
        String service = service();
        TaskFilter stale = TaskFilter.in(Contour.TEST).of(TaskKind.ENTRY_STALE);
        assertEquals(List.of(Optional.empty()), entries(stale, service).stream().map(TaskView::connection).toList());
        assertEquals(List.of(), entries(mine().of(TaskKind.ENTRY_STALE), service), "it may not call it");
        scene.grant(scene.subsystem, service, scene.today(), null);
        TaskView task = entries(mine().of(TaskKind.ENTRY_STALE), service).get(0);
        assertEquals(List.of(Optional.of(scene.connection().id()), Optional.of(AUTHORITY), Optional.empty()), List.of(task.connection(), task.owes(), task.dueAt()));
        scene.application.run(Entries.class, entries -> entries.describe(service, new NewEntry(0, Map.of(Language.RU, "Описание", Language.KY, "Сүрөттөмө", Language.EN, "Description"), "tax-v1",
                Optional.empty(), Optional.of("Unit"), 90), Contour.PRODUCTION, Scene.OFFICIAL));
        assertEquals(List.of(), entries(mine().of(TaskKind.ENTRY_STALE), service));
        Instant due = now().plus(Duration.ofDays(90));
        until(due.minusSeconds(1));
        assertEquals(List.of(), entries(stale, service));
        until(due);
        assertEquals(List.of(Optional.of(due)), entries(stale.late(true), service).stream().map(TaskView::dueAt).toList());
        assertEquals(1, entries(mine().of(TaskKind.ENTRY_STALE), service).size());
    }

    @Test
    void pagesFollowOneAnotherThroughTheSameMomentAndThroughWhatHasNone() {
        String service = service();
        scene.grant(scene.subsystem, service, scene.today(), null);
        exitOf(scene);
        scene.application.run(Announcements.class, announcements -> announcements.publish(
                new NewChange(Set.of(service), LocalDate.of(2026, 3, 20), "A field more", Optional.empty(), Optional.empty()), Contour.TEST, Scene.OFFICIAL));
        scene.application.run(Announcements.class, announcements -> announcements.publish(
                new NewChange(Set.of(service), LocalDate.of(2026, 3, 20), "Another one", Optional.empty(), Optional.empty()), Contour.TEST, Scene.OFFICIAL));
        List<TaskView> all = open(mine());
        assertEquals(List.of(TaskKind.ENTRY_STALE, TaskKind.OBLIGATION, TaskKind.OBLIGATION, TaskKind.CHANGE, TaskKind.CHANGE), all.stream().map(TaskView::kind).toList());
        List<TaskView> paged = new ArrayList<>();
        Optional<TaskPosition> after = Optional.empty();
        for (List<TaskView> page = page(after); !page.isEmpty(); page = page(after)) {
            paged.addAll(page);
            after = page.stream().reduce((one, next) -> next).map(task -> TaskPosition.read(task.position().text(), "after"));
        }
        assertEquals(all, paged);
    }

    private List<TaskView> page(Optional<TaskPosition> after) {
        return scene.application.with(Tasks.class, tasks -> tasks.open(mine(), Optional.empty(), after, 1));
    }

    @Test
    void aParticipantSeesItsOwnAndWhatIsNotThereOrNotItsOwnIsNotFound() {
        exitOf(scene);
        Scene other = new Scene(Contour.TEST, scene.application);
        exitOf(other);
        Optional<ParticipantId> own = Optional.of(scene.participant.id());
        assertEquals(Set.of(scene.participant.id()), Set.copyOf(openOf(TaskFilter.in(Contour.TEST), own).stream().map(task -> task.participant().orElseThrow()).toList()));
        assertEquals(open(mine()), openOf(mine(), own));
        assertRefused(InputRefusal.NOT_FOUND, "participant", () -> openOf(TaskFilter.in(Contour.TEST).of(other.participant.id()), own));
        assertRefused(InputRefusal.NOT_FOUND, "connection", () -> openOf(TaskFilter.in(Contour.TEST).of(other.connection().id()), own));
        ParticipantId nobody = new ParticipantId(UUID.randomUUID());
        assertRefused(InputRefusal.NOT_FOUND, "participant", () -> open(TaskFilter.in(Contour.TEST).of(nobody)));
        assertRefused(InputRefusal.NOT_FOUND, "participant", () -> openOf(TaskFilter.in(Contour.TEST).of(nobody), own));
        assertRefused(InputRefusal.NOT_FOUND, "connection", () -> open(TaskFilter.in(Contour.TEST).of(new ConnectionId(UUID.randomUUID()))));
        assertRefused(InputRefusal.NOT_FOUND, "connection", () -> open(TaskFilter.in(Contour.PRODUCTION).of(scene.connection().id())));
        assertRefused(InputRefusal.NOT_FOUND, "connection", () -> open(mine().of(other.connection().id())));
    }

    @Test
    void badPagesAreRefused() {
        for (int limit : new int[] {0, -1, Tasks.PAGE_MAX + 1, Integer.MAX_VALUE}) {
            assertRefused(InputRefusal.FIELD_INVALID, "limit", () -> scene.application.with(Tasks.class, tasks -> tasks.open(mine(), Optional.empty(), Optional.empty(), limit)));
        }
        for (String after : List.of("~", "x~OBLIGATION.1", "2026-03-02~OBLIGATION.1", "OBLIGATION.1", "2026-03-02T00:00:00Z~")) {
            assertRefused(InputRefusal.FIELD_INVALID, "after", () -> TaskPosition.read(after, "after"));
        }
        assertRefused(InputRefusal.FIELD_TOO_LONG, "after", () -> TaskPosition.read("~" + "x".repeat(300), "after"));
    }

    private RequestView exitOf(Scene of) {
        return of.application.with(Requests.class, requests -> requests.submit(new NewRequest(RequestKind.DISCONNECT, of.participant.id(), Contour.TEST, Scene.PROCEDURE, Optional.empty(),
                "bank@example.kg", "Please.", List.of(), List.of(), Set.of(), Optional.empty(), Optional.empty()), Scene.OFFICIAL));
    }

    private static String service() {
        String code = "s" + UUID.randomUUID().toString().substring(0, 8);
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'Название', 'Аталышы', 'Title', ?)", code, Scene.PROCEDURE);
        Rows.change("insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call) values (?, '2024-09-07', false, 'NOT_USED', true)", code);
        return code;
    }

    private TaskFilter mine() {
        return TaskFilter.in(Contour.TEST).of(scene.participant.id());
    }

    private List<TaskView> open(TaskFilter filter) {
        return openOf(filter, Optional.empty());
    }

    private List<TaskView> openOf(TaskFilter filter, Optional<ParticipantId> own) {
        return scene.application.with(Tasks.class, tasks -> tasks.open(filter, own, Optional.empty(), Tasks.PAGE_MAX));
    }

    private List<DeadlineRule> rules(TaskFilter filter) {
        return open(filter).stream().map(task -> task.rule().orElseThrow()).toList();
    }

    private TaskView only(TaskFilter filter) {
        List<TaskView> found = open(filter);
        assertEquals(1, found.size(), found.toString());
        return found.get(0);
    }

    private List<TaskView> entries(TaskFilter filter, String service) {
        return open(filter).stream().filter(task -> task.subject().equals(Optional.of(service))).toList();
    }

    private void look() {
        scene.application.run(DueDates.class, DueDates::look);
    }

    private void until(Instant moment) {
        scene.application.clock().advance(Duration.between(now(), moment));
    }

    private Instant now() {
        return scene.application.clock().instant();
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(Installation.ZONE).toInstant();
    }

    private static void assertRefused(InputRefusal code, String field, Executable action) {
        Refusal refusal = assertThrows(Refusal.class, action);
        assertEquals(List.of(code, field), List.of(refusal.code(), refusal.field()));
    }
}
