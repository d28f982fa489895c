package org.kopuro.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of state and event, against the table of CON-T02 to CON-T13 written out a second time. */
class TokenStateTest {

    private static final Map<TokenState, Map<TokenEvent, TokenState>> ALLOWED = Map.of(
            TokenState.ACTIVE, Map.ofEntries(
                    Map.entry(TokenEvent.PRESENT, TokenState.ACTIVE),
                    Map.entry(TokenEvent.USE_LAST_UNIT, TokenState.EXHAUSTED),
                    Map.entry(TokenEvent.DEACTIVATE, TokenState.REVOKED),
                    Map.entry(TokenEvent.GIVE_UP, TokenState.REVOKED),
                    Map.entry(TokenEvent.REACH_EXPIRY, TokenState.EXPIRED),
                    Map.entry(TokenEvent.FREEZE, TokenState.FROZEN),
                    Map.entry(TokenEvent.CONFIRM_AS_OWN, TokenState.ACTIVE),
                    Map.entry(TokenEvent.DISCONNECT_PARTICIPANT, TokenState.REVOKED),
                    Map.entry(TokenEvent.END_MANDATE, TokenState.REVOKED),
                    Map.entry(TokenEvent.END_BY_AUTHORITY, TokenState.REVOKED),
                    Map.entry(TokenEvent.END_SUBJECT, TokenState.REVOKED),
                    Map.entry(TokenEvent.REPLACE, TokenState.REVOKED)),
            TokenState.FROZEN, Map.of(
                    TokenEvent.DEACTIVATE, TokenState.REVOKED,
                    TokenEvent.GIVE_UP, TokenState.REVOKED,
                    TokenEvent.REACH_EXPIRY, TokenState.EXPIRED,
                    TokenEvent.UNFREEZE, TokenState.ACTIVE,
                    TokenEvent.CONFIRM_AS_OWN, TokenState.FROZEN,
                    TokenEvent.DISCONNECT_PARTICIPANT, TokenState.REVOKED,
                    TokenEvent.END_MANDATE, TokenState.REVOKED,
                    TokenEvent.END_BY_AUTHORITY, TokenState.REVOKED,
                    TokenEvent.END_SUBJECT, TokenState.REVOKED,
                    TokenEvent.REPLACE, TokenState.REVOKED),
            TokenState.REVOKED, Map.of(),
            TokenState.EXPIRED, Map.of(),
            TokenState.EXHAUSTED, Map.of());

    @ParameterizedTest
    @MethodSource("pairs")
    void followsTheTable(TokenState state, TokenEvent event) {
        assertEquals(Optional.ofNullable(ALLOWED.get(state).get(event)), state.on(event));
    }

    static Stream<Arguments> pairs() {
        return Stream.of(TokenState.values()).flatMap(state -> Stream.of(TokenEvent.values()).map(event -> Arguments.of(state, event)));
    }
}
