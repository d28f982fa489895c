package org.kopuro.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.staff.NewStaffUnit;
import org.kopuro.access.staff.Staff;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.consent.events.Receiver;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.ledger.Receipts;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.NoticeView;
import org.kopuro.notices.Notices;
import org.kopuro.participants.SubsystemView;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** A taxpayer is told what becomes of his tokens, and those who hold them are warned: CON-45, CON-87, CON-121, CON-123, P01 to P11. */
class TellingTaxpayersIT {

    private static final String SERVICE = "TPpaymentDateByInn";
    private final Scene scene = new Scene();

    @Test
    void theFirstUseIsToldOnceAndToNobodyElse() {
        IssuedToken token = scene.token();
        assertEquals(List.of(), told());
        assertAnswered(token);
        assertAnswered(token);
        assertEquals(List.of("FIRST_USE"), told());
        Tiding tiding = tidings(scene.taxpayer()).get(0);
        assertEquals(List.of(token.token().id(), token.token().lastFour(), scene.participant.id(), "app"), List.of(tiding.token().orElseThrow(), tiding.lastFour().orElseThrow(), tiding.participant(), tiding.subsystem()));
        assertEquals(List.of(), tidings(new Scene(Contour.TEST, scene.application).taxpayer()));
        assertEquals(List.of(), tidings(new Taxpayer(Contour.PRODUCTION, scene.inn)));
    }

    @Test
    void aStrangerIsToldOnceAnHourUnderTheIdOfTheCallsEntryInTheLedger() {
        IssuedToken token = scene.token();
        Scene stranger = new Scene(Contour.TEST, scene.application);
        for (int minutes : new int[] {0, 59, 1}) {
            scene.application.clock().advance(Duration.ofMinutes(minutes));
            assertRefused(ConsentRefusal.TOKEN_NOT_ACCEPTED, stranger, token);
        }
        assertEquals(List.of("STRANGER", "STRANGER"), told());
        assertEquals(stranger.participant.id(), tidings(scene.taxpayer()).get(0).participant());
        for (Tiding tiding : tidings(scene.taxpayer())) {
            assertEquals(true, scene.application.with(Receipts.class, receipts -> receipts.tells(receipts.entry(tiding.id(), Contour.TEST), "presented", token.token().id().value().toString())));
        }
        assertEquals(List.of("0"), Rows.of("select count(*) from ledger.entry where record_id = ? and content::jsonb ->> 'type' = 'consent.stranger_presented'", token.token().id().value()));
        assertEquals(List.of(2L, 0L), List.of(strangers(Contour.TEST, token), strangers(Contour.PRODUCTION, token)));
        assertEquals(List.of(), tidings(stranger.taxpayer()));
    }

    /** In the unit's letter, not in the call: whoever presents many tokens writes one letter an hour. */
    @Test
    void theAuthoritysUnitIsToldOfAStrangerOnceAnHourAndOfEveryPresentationOnce() {
        scene.application.run(Staff.class, staff -> staff.set(new NewStaffUnit(Contour.TEST, Optional.of(Scene.PROCEDURE), scene.today(), "Security unit", Language.EN,
                List.of("security@tax.example"), Language.EN, List.of("head@tax.example")), Scene.OFFICIAL));
        Scene stranger = new Scene(Contour.TEST, scene.application);
        for (IssuedToken token : List.of(scene.token(), scene.token())) {
            assertRefused(ConsentRefusal.TOKEN_NOT_ACCEPTED, stranger, token);
        }
        Receiver caller = new Receiver(stranger.participant.id(), Contour.TEST);
        assertTrue(scene.application.with(ConsentWarnings.class, ConsentWarnings::due).contains(caller));
        assertEquals(List.of(1, 0), List.of(warned(caller), warned(caller)), "once");
        String letter = unitsLetters(stranger).get(0);
        assertTrue(letter.contains("tokens: 2") && !letter.contains(scene.inn.digits()), letter);
        assertRefused(ConsentRefusal.TOKEN_NOT_ACCEPTED, stranger, scene.token());
        assertFalse(scene.application.with(ConsentWarnings.class, ConsentWarnings::due).contains(caller));
        assertEquals(0, warned(caller), "not again in that hour");
        scene.application.clock().advance(Duration.ofHours(1));
        assertTrue(scene.application.with(ConsentWarnings.class, ConsentWarnings::due).contains(caller), "though nothing has come since");
        assertEquals(1, warned(caller), "but in the next");
        assertTrue(unitsLetters(stranger).get(1).contains("tokens: 1"), () -> unitsLetters(stranger).get(1));
        for (int i = 0; i < 3; i++) {
            assertRefused(ConsentRefusal.TOKEN_NOT_ACCEPTED, stranger, scene.token());
        }
        scene.application.clock().advance(Duration.ofHours(2));
        assertEquals(List.of(1, 0), List.of(warned(caller), warned(caller)));
        assertTrue(unitsLetters(stranger).get(2).contains("tokens: 3"), () -> unitsLetters(stranger).get(2));
        assertEquals(3, unitsLetters(stranger).size());
    }

    /** A call that was under way while the letter was written says of itself that it was before. */
    @Test
    void aPresentationThatIsCommittedAfterTheLetterIsInTheNext() {
        Scene stranger = new Scene(Contour.TEST, scene.application);
        assertRefused(ConsentRefusal.TOKEN_NOT_ACCEPTED, stranger, scene.token());
        IssuedToken token = scene.token();
        TestApplication.Open<?> underWay = scene.application.begin(TaxServices.class, services ->
                services.tpPaymentDateByInn(stranger.call(SERVICE, token.text()), scene.inn.digits(), "2025-05-01", "2025-05-31"));
        Receiver caller = new Receiver(stranger.participant.id(), Contour.TEST);
        assertEquals(1, warned(caller));
        underWay.commit();
        scene.application.clock().advance(Duration.ofHours(1));
        assertEquals(1, warned(caller));
        assertEquals(List.of("2"), Rows.of("select count(*) from consent.stranger_counted c join consent.tiding n on n.id = c.tiding_id where n.participant_id = ?", stranger.participant.id().value()));
    }

    private static List<String> unitsLetters(Scene stranger) {
        return Rows.of("select subject || ' ' || body from notices.notice where kind = 'N29' and about_id in (select id from consent.tiding where participant_id = ?) order by written_at",
                stranger.participant.id().value());
    }

    private int warned(Receiver receiver) {
        return scene.application.with(ConsentWarnings.class, warnings -> warnings.tell(receiver));
    }

    private long strangers(Contour contour, IssuedToken token) {
        return scene.application.with(Tidings.class, all -> all.strangers(contour, 1000)).stream().filter(one -> one.token().equals(Optional.of(token.token().id()))).count();
    }

    @Test
    void anotherSubsystemOfTheSameParticipantIsAStrangerToo() {
        SubsystemView other = scene.addSubsystem("other");
        scene.grant(other, SERVICE, scene.today(), null);
        IssuedToken token = scene.token(other, Set.of(SERVICE), scene.today());
        assertRefused(ConsentRefusal.SUBSYSTEM_MISMATCH, scene, token);
        assertEquals(List.of("STRANGER"), told());
    }

    @ParameterizedTest
    @CsvSource({"10, 9, true", "10, 8, false", "20, 18, true", "3, 2, false"})
    void aBudgetOfWhichATenthIsLeftIsTold(int calls, int used, boolean low) {
        IssuedToken token = scene.token(wish(30, Optional.of(calls), Optional.empty()));
        for (int i = 0; i < used; i++) {
            assertAnswered(token);
        }
        assertEquals(low, told().contains("BUDGET_LOW"));
        assertEquals(low, scene.application.with(ConsentEvents.class, events -> events.after(scene.participant.id(), Contour.TEST, 0, 10)).stream()
                .anyMatch(event -> event.kind().name().equals("BUDGET_LOW")));
    }

    @Test
    void whateverEndsATokenIsToldUnlessItsTaxpayerDidIt() {
        IssuedToken own = scene.token();
        IssuedToken official = scene.token();
        IssuedToken expiring = scene.token(wish(0, Optional.empty(), Optional.empty()));
        IssuedToken used = scene.token(wish(30, Optional.of(1), Optional.empty()));
        change(tokens -> tokens.deactivate(scene.taxpayer(), own.token().id(), Scene.TAXPAYER));
        change(tokens -> tokens.endByAuthority(official.token().id(), Contour.TEST, "the register was wrong", Scene.OFFICIAL));
        Tiding ended = tidings(scene.taxpayer()).get(0);
        assertEquals(List.of("AUTHORITY", "the register was wrong"), List.of(ended.cause().orElseThrow(), ended.reason().orElseThrow()));
        assertEquals(List.of("OFFICER CONSENT_ENDED " + scene.participant.id().value()), Rows.of("select concat_ws(' ', source, kind, participant_id) from access.incident i join access.incident_event e on e.incident_id = i.id where e.text = ?",
                official.token().id().value() + ": the register was wrong"), "an incident, without words of ours");
        scene.application.clock().advance(Duration.ofSeconds(1));
        assertAnswered(used);
        look();
        scene.application.clock().advance(Duration.ofDays(1));
        look();
        assertEquals(List.of("EXPIRED", "EXHAUSTED", "FIRST_USE", "REVOKED"), told());
        assertEquals(List.of(expiring.token().id(), used.token().id()), tidings(scene.taxpayer()).stream().limit(2).map(one -> one.token().orElseThrow()).toList());
    }

    @Test
    void whatStopsOrEndsTheParticipantIsToldOfWhatWorks() {
        IssuedToken ended = scene.token();
        change(tokens -> tokens.deactivate(scene.taxpayer(), ended.token().id(), Scene.TAXPAYER));
        IssuedToken token = scene.token();
        for (ConnectionEvent event : List.of(ConnectionEvent.SUSPEND, ConnectionEvent.RESTORE)) {
            scene.application.clock().advance(Duration.ofMinutes(1));
            scene.apply(event);
        }
        scene.application.clock().advance(Duration.ofMinutes(1));
        scene.apply(Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(scene.today().plusDays(20)));
        assertEquals(scene.connection().announcedFor(), tidings(scene.taxpayer()).get(0).effectiveAt());
        scene.application.clock().advance(Duration.ofMinutes(1));
        scene.apply(ConnectionEvent.WITHDRAW_TERMINATION);
        scene.application.clock().advance(Duration.ofMinutes(1));
        scene.apply(ConnectionEvent.DISCONNECT);
        assertEquals(List.of("REVOKED", "TERMINATION_WITHDRAWN", "TERMINATION_ANNOUNCED", "PARTICIPANT_RESTORED", "PARTICIPANT_SUSPENDED"), told());
        assertEquals(Set.of(token.token().id()), Set.copyOf(tidings(scene.taxpayer()).stream().map(one -> one.token().orElseThrow()).toList()));
        assertEquals(Optional.of("PARTICIPANT_DISCONNECTED"), tidings(scene.taxpayer()).get(0).cause());
    }

    @Test
    void anExpiryIsToldSevenThreeAndOneDaysAheadInOneLetterADay() {
        IssuedToken used = scene.token();
        IssuedToken unused = scene.token();
        assertAnswered(used);
        // The tokens end at midnight after thirty days, thirty days and a half from noon.
        scene.application.clock().advance(Duration.ofDays(23).plusHours(11));
        assertFalse(due().contains(receiver()));
        scene.application.clock().advance(Duration.ofHours(1));
        assertTrue(due().contains(receiver()));
        assertEquals(2, warn());
        assertFalse(due().contains(receiver()));
        assertEquals(0, warn());
        NoticeView letter = letters(NoticeKind.N26).get(0);
        String lastDay = "01.04.2026: ";
        assertTrue(letter.body().contains(lastDay + used.token().id().value() + ", app, last used on 02.03.2026\n"), letter::body);
        assertTrue(letter.body().contains(lastDay + unused.token().id().value() + ", app, not used yet"), letter::body);
        assertFalse(letter.body().contains(scene.inn.digits()) || letter.body().contains(used.token().lastFour() + ","), letter::body);
        change(tokens -> tokens.deactivate(scene.taxpayer(), unused.token().id(), Scene.TAXPAYER));
        IssuedToken late = scene.token(wish(2, Optional.empty(), Optional.empty()));
        scene.application.clock().advance(Duration.ofDays(1));
        assertEquals(0, warn(), "what is made for two days is told of on the last one");
        scene.application.clock().advance(Duration.ofDays(1));
        assertEquals(1, warn());
        scene.application.clock().advance(Duration.ofDays(2));
        assertEquals(2, warn(), "and the deactivation, which nobody acknowledged");
        scene.application.clock().advance(Duration.ofDays(2));
        assertEquals(1, warn());
        assertEquals(4, letters(NoticeKind.N26).size());
        List<Tiding> soon = tidings(scene.taxpayer()).stream().filter(one -> one.kind() == TidingKind.EXPIRES_SOON).toList();
        assertEquals(List.of(used.token().id(), used.token().id(), late.token().id()), soon.stream().limit(3).map(one -> one.token().orElseThrow()).toList());
        assertEquals(used.token().expiresAt(), soon.get(0).effectiveAt().orElseThrow());
        assertTrue(soon.get(0).lastUsedAt().isPresent() && soon.get(2).lastUsedAt().isEmpty());
    }

    @Test
    void nodesThatLookAtOnceWriteOneLetter() throws Exception {
        scene.token();
        scene.token();
        scene.application.clock().advance(Duration.ofDays(29).plusHours(13));
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(nodes.submit(this::warn));
        }
        int told = 0;
        for (Future<Integer> each : all) {
            told += each.get();
        }
        nodes.shutdown();
        assertEquals(List.of(2, 1), List.of(told, letters(NoticeKind.N26).size()));
    }

    @Test
    void whatIsNotAcknowledgedIn72HoursIsToldInALetterADay() {
        for (int i = 0; i < 2; i++) {
            IssuedToken token = scene.token();
            change(tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        }
        scene.application.clock().advance(Duration.ofHours(2));
        IssuedToken later = scene.token();
        change(tokens -> tokens.deactivate(scene.taxpayer(), later.token().id(), Scene.TAXPAYER));
        scene.application.clock().advance(Duration.ofHours(69));
        assertEquals(0, warn());
        scene.application.clock().advance(Duration.ofHours(2));
        assertTrue(due().contains(receiver()));
        assertEquals(2, warn());
        assertTrue(letters(NoticeKind.N27).get(0).body().contains("their number: 2."), () -> letters(NoticeKind.N27).get(0).body());
        scene.application.clock().advance(Duration.ofHours(2));
        assertFalse(due().contains(receiver()), "one letter a day");
        assertEquals(0, warn());
        scene.application.clock().advance(Duration.ofHours(23));
        assertEquals(1, warn());
        IssuedToken last = scene.token();
        change(tokens -> tokens.deactivate(scene.taxpayer(), last.token().id(), Scene.TAXPAYER));
        scene.application.run(ConsentEvents.class, events -> events.acknowledge(scene.participant.id(), Contour.TEST,
                events.after(scene.participant.id(), Contour.TEST, 0, 10).stream().map(event -> event.id()).toList()));
        scene.application.clock().advance(Duration.ofHours(80));
        assertEquals(0, warn(), "acknowledged in time");
        assertEquals(2, letters(NoticeKind.N27).size());
    }

    @ParameterizedTest
    @CsvSource({"update consent.tiding set at = now() where token_id = ?", "delete from consent.tiding where token_id = ?"})
    void whatWasToldIsNeverChanged(String sql) throws SQLException {
        IssuedToken token = scene.token();
        assertAnswered(token);
        try (Connection owner = TestDatabase.shared().owner().getConnection(); PreparedStatement statement = owner.prepareStatement(sql)) {
            statement.setObject(1, token.token().id().value());
            assertThrows(SQLException.class, statement::executeUpdate);
        }
    }

    private Set<Receiver> due() {
        return scene.application.with(ConsentWarnings.class, ConsentWarnings::due);
    }

    private int warn() {
        return scene.application.with(ConsentWarnings.class, warnings -> warnings.tell(receiver()));
    }

    private Receiver receiver() {
        return new Receiver(scene.participant.id(), Contour.TEST);
    }

    private List<NoticeView> letters(NoticeKind kind) {
        UUID participant = scene.participant.id().value();
        return scene.application.with(Notices.class, notices -> notices.forParticipant(participant, Contour.TEST, Optional.empty(), 100)).stream().filter(one -> one.kind() == kind).toList();
    }

    private List<String> told() {
        return tidings(scene.taxpayer()).stream().map(one -> one.kind().name()).toList();
    }

    private List<Tiding> tidings(Taxpayer taxpayer) {
        return scene.application.with(Tidings.class, all -> all.of(taxpayer, Optional.empty(), 100));
    }

    /** A second after what was before. */
    private void change(Consumer<Tokens> change) {
        scene.application.clock().advance(Duration.ofSeconds(1));
        scene.application.run(Tokens.class, change);
    }

    private void look() {
        scene.application.clock().advance(Duration.ofSeconds(1));
        scene.application.run(TokenDates.class, TokenDates::look);
    }

    private NewToken wish(int days, Optional<Integer> calls, Optional<TokenId> replaces) {
        return new NewToken(scene.subsystem.id(), scene.today().plusDays(days), Set.of(SERVICE), Language.EN, Optional.empty(), calls, replaces);
    }

    private Answer<?> call(Scene caller, IssuedToken token) {
        return scene.application.with(TaxServices.class, services -> services.tpPaymentDateByInn(caller.call(SERVICE, token.text()), scene.inn.digits(), "2025-05-01", "2025-05-31"));
    }

    private void assertAnswered(IssuedToken token) {
        assertInstanceOf(Answer.Disclosed.class, call(scene, token));
    }

    private void assertRefused(ConsentRefusal code, Scene caller, IssuedToken token) {
        assertEquals(code, assertInstanceOf(Answer.Refused.class, call(caller, token)).refusal().code());
    }
}
