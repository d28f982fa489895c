package org.kopuro.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.access.requests.PastJava;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.ParticipantId;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** In TEST whoever holds a token brings it to its expiry: CON-161, CON-175. */
class ClockControlIT {

    private static final String SERVICE = "tpDataByINN";
    private final Scene scene = new Scene();

    @Test
    void aTokenExpiresAtOnceAndAsByTime() {
        IssuedToken byTime = token(Optional.empty());
        IssuedToken token = token(Optional.empty());
        Instant ended = expire(token);
        assertEquals("CONSENT_EXPIRED", call(token));
        TokenView view = scene.application.with(Tokens.class, tokens -> tokens.get(scene.taxpayer(), token.token().id()));
        assertEquals(List.of(TokenState.EXPIRED, ended, Optional.of(ended), Optional.empty()), List.of(view.state(), view.expiresAt(), view.endedAt(), view.cause()));
        scene.application.clock().advance(Duration.ofDays(31));
        scene.application.run(TokenDates.class, TokenDates::look);
        assertEquals("CONSENT_EXPIRED", call(byTime));
        assertEquals(traces(byTime), traces(token));
        assertEquals(List.of("OPERATOR"), Rows.of("select content::json -> 'data' ->> 'actorRole' from ledger.entry where record_id = ? and content::json ->> 'type' = 'consent.expiry_brought_forward'",
                token.token().id().value()));
    }

    /** What an expiry leaves behind: the event and who did it, what the participant and the taxpayer are told, the entry of the ledger. */
    private static List<String> traces(IssuedToken token) {
        return Rows.of("""
                select 'event ' || from_state || ' ' || event || ' ' || to_state || ' ' || actor_role from consent.token_event where token_id = ? and number > 1
                union all select 'told ' || kind || ' ' || coalesce(cause, '-') from consent.event_out where token_id = ?
                union all select 'tiding ' || kind from consent.tiding where token_id = ? and kind = 'EXPIRED'
                union all select 'ledger ' || (content::json -> 'data' ->> 'event') || ' ' || (content::json -> 'data' ->> 'actorRole') from ledger.entry
                 where record_id = ? and content::json ->> 'type' = 'consent.token_changed' order by 1""",
                token.token().id().value(), token.token().id().value(), token.token().id().value(), token.token().id().value());
    }

    @ParameterizedTest
    @EnumSource(TokenState.class)
    void whatHasEndedIsNotEndedAgain(TokenState state) {
        IssuedToken token = reach(state);
        if (state.on(TokenEvent.REACH_EXPIRY).isPresent()) {
            expire(token);
        } else {
            assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> expire(token));
        }
        assertEquals(state.on(TokenEvent.REACH_EXPIRY).orElse(state).name(), Rows.of("select state from consent.token where id = ?", token.token().id().value()).get(0));
    }

    /** Of which the states say more than what is written. */
    @Test
    void whatHasEndedButIsNotWrittenDownIsNotEndedAgain() {
        IssuedToken usedUp = token(Optional.of(1));
        assertEquals("", call(usedUp));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> expire(usedUp));
        IssuedToken over = token(Optional.empty());
        scene.application.clock().advance(Duration.ofDays(31));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> expire(over));
    }

    @Test
    void nobodyMovesTheClockOfAnothersTokenNorOfProduction() {
        IssuedToken token = token(Optional.empty());
        scene.application.clock().advance(Duration.ofSeconds(1));
        Scene stranger = new Scene(Contour.TEST, scene.application);
        assertRefused(InputRefusal.NOT_FOUND, () -> expire(token.token().id(), stranger.participant.id(), Contour.TEST));
        Scene production = new Scene(Contour.PRODUCTION, scene.application);
        TokenId real = production.token().token().id();
        scene.application.clock().advance(Duration.ofSeconds(1));
        assertRefused(ConsentRefusal.CLOCK_OF_TEST_ONLY, () -> expire(real, production.participant.id(), Contour.PRODUCTION));
        assertRefused(InputRefusal.NOT_FOUND, () -> expire(real, production.participant.id(), Contour.TEST));
        assertEquals("", call(token));
        String row = "insert into consent.expiry_brought_forward select id, '%s', '%s', expires_at, timestamptz '%s', gen_random_uuid(), 'PARTICIPANT' from consent.token where id = '%s'";
        Instant now = scene.application.clock().instant();
        assertEquals("expiry_brought_forward_contour_check", PastJava.broken(row.formatted("PRODUCTION", production.participant.id().value(), now, real.value())));
        assertEquals("expiry_brought_forward_token_fk", PastJava.broken(row.formatted("TEST", production.participant.id().value(), now, real.value())));
        assertEquals("expiry_brought_forward_token_fk", PastJava.broken(row.formatted("TEST", stranger.participant.id().value(), now, token.token().id().value())));
        assertEquals("expiry_brought_forward_check", PastJava.broken(row.formatted("TEST", scene.participant.id().value(), now.plus(Duration.ofDays(99)), token.token().id().value())));
    }

    /** Nor does anything else move an expiry, whoever asks the database. */
    @Test
    void anExpiryThatNobodyBroughtForwardStays() {
        IssuedToken token = token(Optional.empty());
        assertThrows(IllegalStateException.class, () -> Rows.change("update consent.token set expires_at = expires_at - interval '1 day' where id = ?", token.token().id().value()));
        expire(token);
        String again = "insert into consent.expiry_brought_forward select id, contour, participant_id, expires_at, expires_at - interval '1 millisecond', gen_random_uuid(), 'PARTICIPANT' from consent.token where id = '%s'";
        assertEquals("expiry_brought_forward_pk", PastJava.broken(again.formatted(token.token().id().value())));
        IssuedToken ended = reach(TokenState.REVOKED);
        assertEquals("expiry_of_a_working_token", PastJava.broken(again.formatted(ended.token().id().value())));
    }

    private IssuedToken reach(TokenState state) {
        IssuedToken token = token(state == TokenState.EXHAUSTED ? Optional.of(1) : Optional.empty());
        scene.application.clock().advance(Duration.ofSeconds(1));
        switch (state) {
            case ACTIVE -> { }
            case FROZEN -> scene.application.run(Tokens.class, tokens -> tokens.freeze(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
            case REVOKED -> scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
            case EXPIRED -> expire(token);
            case EXHAUSTED -> {
                call(token);
                scene.application.run(TokenDates.class, TokenDates::look);
            }
        }
        return token;
    }

    private IssuedToken token(Optional<Integer> calls) {
        return scene.token(new NewToken(scene.subsystem.id(), scene.today().plusDays(30), Set.of(SERVICE), Language.EN, Optional.empty(), calls, Optional.empty()));
    }

    private Instant expire(IssuedToken token) {
        return expire(token.token().id(), scene.participant.id(), Contour.TEST);
    }

    private Instant expire(TokenId token, ParticipantId holder, Contour contour) {
        scene.application.clock().advance(Duration.ofSeconds(1));
        return scene.application.with(ClockControl.class, clock -> clock.expire(token, holder, contour, Scene.OFFICIAL));
    }

    /** The code of the refusal; empty where it was answered. */
    private String call(IssuedToken token) {
        Answer<?> answer = scene.application.with(TaxServices.class, services -> services.tpDataByINN(scene.call(SERVICE, token.text()), scene.inn.digits()));
        return answer instanceof Answer.Refused<?> refused ? refused.refusal().code().name() : "";
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
