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
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** What may happen to a token, and what a call on it is answered then: CON-T01 to CON-T13, CON-63, CON-64, CON-80 to CON-86, CON-175. */
class TokenLifeIT {

    private static final String SERVICE = "TPpaymentDateByInn";
    private final Scene scene = new Scene();

    static Stream<Arguments> pairs() {
        return Stream.of(TokenState.values()).flatMap(state -> Stream.of(TokenEvent.FREEZE, TokenEvent.UNFREEZE, TokenEvent.DEACTIVATE, TokenEvent.END_BY_AUTHORITY, TokenEvent.REPLACE,
                TokenEvent.DISCONNECT_PARTICIPANT, TokenEvent.REACH_EXPIRY, TokenEvent.END_SUBJECT, TokenEvent.USE_LAST_UNIT).map(event -> Arguments.of(state, event)));
    }

    @Test
    void theDatabaseHoldsTheSameTable() {
        Set<String> java = new HashSet<>(Set.of("NONE ISSUE ACTIVE"));
        for (TokenState state : TokenState.values()) {
            for (TokenEvent event : TokenEvent.values()) {
                state.on(event).filter(next -> event != TokenEvent.PRESENT)
                        .ifPresent(next -> java.add(state + " " + event + " " + next + (next == TokenState.REVOKED ? " " + event.cause() : "")));
            }
        }
        assertEquals(java, new HashSet<>(Rows.of("select concat_ws(' ', from_state, event, to_state, cause) from consent.token_transition")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pairs")
    void anEventThatTheStateDoesNotAllowChangesNothing(TokenState state, TokenEvent event) {
        IssuedToken token = reach(state);
        Optional<TokenState> next = state.on(event);
        // Nothing is left to use up of a token without a budget, and the clock never freezes.
        if (event == TokenEvent.USE_LAST_UNIT) {
            look();
            next = Optional.empty();
        } else if (event == TokenEvent.REACH_EXPIRY) {
            scene.application.clock().advance(Duration.ofDays(60));
            look();
        } else if (event == TokenEvent.END_SUBJECT) {
            endTaxpayer();
        } else if (event == TokenEvent.DISCONNECT_PARTICIPANT) {
            scene.apply(ConnectionEvent.DISCONNECT);
        } else if (next.isPresent()) {
            apply(token, event);
        } else {
            assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> apply(token, event));
        }
        assertEquals(next.orElse(state), stored(token));
    }

    private IssuedToken reach(TokenState state) {
        IssuedToken token = token(Optional.empty(), state == TokenState.EXHAUSTED ? Optional.of(1) : Optional.empty());
        switch (state) {
            case ACTIVE -> { }
            case FROZEN -> apply(token, TokenEvent.FREEZE);
            case REVOKED -> apply(token, TokenEvent.DEACTIVATE);
            case EXPIRED -> {
                scene.application.clock().advance(Duration.ofDays(31));
                look();
            }
            case EXHAUSTED -> {
                assertAnswered(token);
                look();
            }
        }
        assertEquals(state, stored(token));
        return token;
    }

    private void apply(IssuedToken token, TokenEvent event) {
        TokenId id = token.token().id();
        scene.application.run(Tokens.class, tokens -> {
            switch (event) {
                case FREEZE -> tokens.freeze(scene.taxpayer(), id, Scene.TAXPAYER);
                case UNFREEZE -> tokens.unfreeze(scene.taxpayer(), id, Scene.TAXPAYER);
                case DEACTIVATE -> tokens.deactivate(scene.taxpayer(), id, Scene.TAXPAYER);
                case END_BY_AUTHORITY -> tokens.endByAuthority(id, scene.contour, "the register was wrong", Scene.OFFICIAL);
                case REPLACE -> {
                    IssuedToken successor = tokens.issue(scene.taxpayer(), replacing(id), Scene.TAXPAYER);
                    tokens.confirmReplacement(scene.taxpayer(), successor.token().id(), Scene.TAXPAYER);
                }
                default -> throw new IllegalArgumentException(event.name());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"update consent.token set state = 'ACTIVE' where id = ?", "update consent.token set paused = false where id = ?",
        "update consent.token set expires_at = expires_at + interval '1 day' where id = ?", "delete from consent.token_event where token_id = ?",
        "insert into consent.token_event values (?, 2, 'ACTIVE', 'REACH_EXPIRY', 'EXPIRED', '2026-03-02T06:00:00Z', null, 'SYSTEM', '')",
        "insert into consent.token_event values (?, 2, 'ACTIVE', 'USE_LAST_UNIT', 'EXHAUSTED', '2026-03-02T06:00:00Z', null, 'SYSTEM', '')",
        "insert into consent.token_event values (?, 2, 'FROZEN', 'UNFREEZE', 'ACTIVE', '2026-03-02T06:00:00Z', null, 'SYSTEM', '')",
        "insert into consent.token_event values (?, 3, 'ACTIVE', 'FREEZE', 'FROZEN', '2026-03-02T06:00:00Z', null, 'SYSTEM', '')"})
    void theApplicationCannotChangeATokenWithoutAnEventThatFits(String sql) throws SQLException {
        IssuedToken token = token(Optional.empty(), Optional.of(5));
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement(sql)) {
            statement.setObject(1, token.token().id().value());
            assertThrows(SQLException.class, statement::executeUpdate);
        }
    }

    @Test
    void aFrozenTokenStopsAtOnceAndWorksAgainWithTheSameExpiry() {
        IssuedToken token = token(Optional.empty(), Optional.empty());
        apply(token, TokenEvent.FREEZE);
        assertRefused(ConsentRefusal.CONSENT_FROZEN, token);
        apply(token, TokenEvent.UNFREEZE);
        assertAnswered(token);
        assertEquals(token.token().expiresAt(), read(token).expiresAt());
    }

    @Test
    void aPauseOfAllStopsWhatThereIsAndWhatIsIssuedMeanwhileAndEndsWithoutThawingASinglyFrozenOne() {
        IssuedToken working = token(Optional.empty(), Optional.empty());
        IssuedToken frozen = token(Optional.empty(), Optional.empty());
        apply(frozen, TokenEvent.FREEZE);
        scene.application.run(Tokens.class, tokens -> tokens.pauseAll(scene.taxpayer(), Scene.TAXPAYER));
        assertRefused(ConsentRefusal.PAUSED_ALREADY, () -> scene.application.run(Tokens.class, tokens -> tokens.pauseAll(scene.taxpayer(), Scene.TAXPAYER)));
        IssuedToken meanwhile = token(Optional.empty(), Optional.empty());
        for (IssuedToken token : List.of(working, frozen, meanwhile)) {
            assertRefused(ConsentRefusal.CONSENT_FROZEN, token);
        }
        assertEquals(TokenState.ACTIVE, read(working).state(), "its own state is as it was");
        assertTrue(read(working).paused() && read(meanwhile).paused());
        scene.application.run(Tokens.class, tokens -> tokens.resumeAll(scene.taxpayer(), Scene.TAXPAYER));
        assertAnswered(working);
        assertAnswered(meanwhile);
        assertRefused(ConsentRefusal.CONSENT_FROZEN, frozen);
        assertFalse(read(working).paused());
        assertRefused(ConsentRefusal.NOT_PAUSED, () -> scene.application.run(Tokens.class, tokens -> tokens.resumeAll(scene.taxpayer(), Scene.TAXPAYER)));
    }

    @Test
    void whatExpiresDuringAPauseStaysExpired() {
        IssuedToken token = token(Optional.empty(), Optional.empty());
        scene.application.run(Tokens.class, tokens -> tokens.pauseAll(scene.taxpayer(), Scene.TAXPAYER));
        scene.application.clock().advance(Duration.ofDays(31));
        assertRefused(ConsentRefusal.CONSENT_EXPIRED, token);
        scene.application.run(Tokens.class, tokens -> tokens.resumeAll(scene.taxpayer(), Scene.TAXPAYER));
        assertRefused(ConsentRefusal.CONSENT_EXPIRED, token);
    }

    @Test
    void anExpiryIsWrittenDownWithItsOwnMomentHoweverLate() {
        IssuedToken token = token(Optional.empty(), Optional.empty());
        scene.application.clock().advance(Duration.ofDays(50));
        assertRefused(ConsentRefusal.CONSENT_EXPIRED, token);
        look();
        TokenView expired = read(token);
        assertEquals(TokenState.EXPIRED, stored(token));
        assertEquals(Optional.of(token.token().expiresAt()), expired.endedAt());
        assertRefused(ConsentRefusal.CONSENT_EXPIRED, token);
    }

    @Test
    void aBudgetOfThreeAfterTwoDisclosuresAndARefusalHasOneLeft() {
        IssuedToken token = token(Optional.of(new Months(YearMonth.of(2025, 1), YearMonth.of(2025, 12))), Optional.of(3));
        assertAnswered(token);
        assertRefused(ConsentRefusal.PERIOD_NOT_COVERED, call(token, "2024-12-01", "2025-01-31"));
        assertAnswered(token);
        assertEquals(Optional.of(new Budget(3, 1)), read(token).budget());
        assertAnswered(token);
        assertRefused(ConsentRefusal.CONSENT_EXHAUSTED, token);
        assertEquals(TokenState.EXHAUSTED, read(token).state(), "before anything is written down");
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> apply(token, TokenEvent.FREEZE));
        look();
        assertEquals(TokenState.EXHAUSTED, stored(token));
        assertRefused(ConsentRefusal.CONSENT_EXHAUSTED, token);
    }

    @ParameterizedTest
    @CsvSource({"2025-01-01, 2025-12-31, true", "2025-06-15, 2025-06-15, true", "2024-12-31, 2025-01-31, false", "2025-12-01, 2026-01-01, false", "2024-01-01, 2024-12-31, false"})
    void aPeriodIsInsideInFullOrRefusedInFull(String from, String to, boolean covered) {
        IssuedToken token = token(Optional.of(new Months(YearMonth.of(2025, 1), YearMonth.of(2025, 12))), Optional.empty());
        Answer<?> answer = call(token, from, to);
        if (covered) {
            assertInstanceOf(Answer.Disclosed.class, answer);
        } else {
            assertRefused(ConsentRefusal.PERIOD_NOT_COVERED, answer);
        }
    }

    @Test
    void aReplacedTokenWorksForSevenDaysAtMost() {
        IssuedToken former = token(Optional.empty(), Optional.empty());
        IssuedToken successor = scene.token(replacing(former.token().id()));
        assertEquals(Optional.of(former.token().id()), successor.token().replaces());
        assertEquals(Optional.of(successor.token().id()), read(former).replacedBy());
        assertRefused(ConsentRefusal.TOKEN_REPLACED_ALREADY, () -> scene.token(replacing(former.token().id())));
        scene.application.clock().advance(TokenDates.OVERLAP.minusSeconds(1));
        look();
        assertAnswered(former);
        scene.application.clock().advance(Duration.ofSeconds(1));
        look();
        assertRefused(ConsentRefusal.CONSENT_REVOKED, former);
        assertEquals(Optional.of("REPLACED"), read(former).cause());
        assertAnswered(successor);
    }

    @Test
    void nobodyReplacesAnothersToken() {
        TokenId stranger = new Scene(scene.contour, scene.application).token().token().id();
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.token(replacing(stranger)));
        IssuedToken ended = token(Optional.empty(), Optional.empty());
        apply(ended, TokenEvent.DEACTIVATE);
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.token(replacing(ended.token().id())));
    }

    @Test
    void theTokensOfATaxpayerWhoIsNoMoreEnd() {
        IssuedToken token = token(Optional.empty(), Optional.empty());
        endTaxpayer();
        assertEquals(Optional.of("SUBJECT_ENDED"), read(token).cause());
        assertRefused(ConsentRefusal.CONSENT_REVOKED, token);
    }

    @Test
    void whoDidItAndWhyIsKept() {
        IssuedToken token = token(Optional.empty(), Optional.empty());
        apply(token, TokenEvent.END_BY_AUTHORITY);
        assertEquals(List.of("1 ISSUE TAXPAYER ", "2 END_BY_AUTHORITY OPERATOR the register was wrong"),
                Rows.of("select number || ' ' || event || ' ' || actor_role || ' ' || text from consent.token_event where token_id = ? order by number", token.token().id().value()));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "1000001"})
    void aBudgetHasBounds(int calls) {
        assertRefused(InputRefusal.FIELD_INVALID, () -> token(Optional.empty(), Optional.of(calls)));
    }

    @Test
    void aPeriodDoesNotEndBeforeItBegins() {
        assertRefused(InputRefusal.FIELD_INVALID, () -> new Months(YearMonth.of(2025, 2), YearMonth.of(2025, 1)));
    }

    private IssuedToken token(Optional<Months> period, Optional<Integer> calls) {
        return scene.token(new NewToken(scene.subsystem.id(), scene.today().plusDays(30), Set.of(SERVICE), Language.EN, period, calls, Optional.empty()));
    }

    private NewToken replacing(TokenId former) {
        return new NewToken(scene.subsystem.id(), scene.today().plusDays(30), Set.of(SERVICE), Language.EN, Optional.empty(), Optional.empty(), Optional.of(former));
    }

    private void endTaxpayer() {
        Rows.change("update registers.taxpayer set ended_on = ? where contour = ? and inn = ?", LocalDate.ofInstant(scene.application.clock().instant(), java.time.ZoneOffset.UTC),
                scene.contour.name(), scene.inn.digits());
        try {
            look();
        } finally {
            Rows.change("update registers.taxpayer set ended_on = null where contour = ? and inn = ?", scene.contour.name(), scene.inn.digits());
        }
    }

    private void look() {
        scene.application.run(TokenDates.class, TokenDates::look);
    }

    private TokenView read(IssuedToken token) {
        return scene.application.with(Tokens.class, tokens -> tokens.get(scene.taxpayer(), token.token().id()));
    }

    private TokenState stored(IssuedToken token) {
        return TokenState.valueOf(Rows.of("select state from consent.token where id = ?", token.token().id().value()).get(0));
    }

    private Answer<?> call(IssuedToken token, String from, String to) {
        return scene.application.with(TaxServices.class, services -> services.tpPaymentDateByInn(scene.call(SERVICE, token.text()), scene.inn.digits(), from, to));
    }

    private void assertAnswered(IssuedToken token) {
        assertInstanceOf(Answer.Disclosed.class, call(token, "2025-05-01", "2025-05-31"));
    }

    private void assertRefused(ConsentRefusal code, IssuedToken token) {
        assertRefused(code, call(token, "2025-05-01", "2025-05-31"));
    }

    private static void assertRefused(ConsentRefusal code, Answer<?> answer) {
        assertEquals(code, assertInstanceOf(Answer.Refused.class, answer).refusal().code());
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
