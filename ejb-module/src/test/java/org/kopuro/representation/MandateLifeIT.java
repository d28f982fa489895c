package org.kopuro.representation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** What may happen to a mandate, and what the database lets nobody do to one (CON-130, CON-131, CON-133). */
class MandateLifeIT {

    private static final Scene SCENE = new Scene();
    private final MandateScene parties = new MandateScene(SCENE);

    static Stream<Arguments> pairs() {
        return Stream.of(MandateState.values()).flatMap(state -> Stream.of(MandateEvent.REVOKE, MandateEvent.RESIGN, MandateEvent.REACH_EXPIRY, MandateEvent.END_PARENT, MandateEvent.END_PARTY)
                .map(event -> Arguments.of(state, event)));
    }

    @Test
    void theDatabaseHoldsTheSameTable() {
        Set<String> java = new HashSet<>(Set.of("NONE GRANT IN_FORCE"));
        for (MandateState state : MandateState.values()) {
            for (MandateEvent event : MandateEvent.values()) {
                state.on(event).ifPresent(next -> java.add(state + " " + event + " " + next + (next == MandateState.LAPSED ? " " + event.cause() : "")));
            }
        }
        assertEquals(java, new HashSet<>(Rows.of("select concat_ws(' ', from_state, event, to_state, cause) from representation.mandate_transition")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pairs")
    void anEventThatTheStateDoesNotAllowChangesNothing(MandateState state, MandateEvent event) {
        MandateId above = parties.toFirm();
        MandateId mandate = parties.toAccountant(above);
        reach(mandate, state);
        Optional<MandateState> next = state.on(event);
        apply(above, mandate, event, next.isPresent());
        assertEquals(next.orElse(state), parties.stored(mandate));
        assertEquals(state == MandateState.EXPIRED || event == MandateEvent.REACH_EXPIRY ? MandateState.EXPIRED : event == MandateEvent.END_PARENT ? MandateState.REVOKED : MandateState.IN_FORCE,
                parties.stored(above), "what is above follows its own events");
    }

    private void reach(MandateId mandate, MandateState state) {
        switch (state) {
            case IN_FORCE -> { }
            case REVOKED -> parties.revoke(parties.firm, mandate);
            case RESIGNED -> parties.resign(parties.accountant, mandate);
            case EXPIRED -> {
                parties.advance(61);
                parties.look();
            }
            case LAPSED -> struckOff(parties.accountant);
        }
        assertEquals(state, parties.stored(mandate));
    }

    private void apply(MandateId above, MandateId mandate, MandateEvent event, boolean allowed) {
        switch (event) {
            case REVOKE -> attempt(allowed, () -> parties.revoke(parties.company, mandate));
            case RESIGN -> attempt(allowed, () -> parties.resign(parties.accountant, mandate));
            case REACH_EXPIRY -> {
                parties.advance(61);
                parties.look();
            }
            case END_PARENT -> {
                // What is above an expired one has expired as well.
                if (parties.stored(above) == MandateState.IN_FORCE) {
                    parties.revoke(parties.company, above);
                }
            }
            case END_PARTY -> struckOff(parties.accountant);
            case GRANT -> throw new IllegalArgumentException();
        }
    }

    private static void attempt(boolean allowed, Runnable action) {
        if (allowed) {
            action.run();
        } else {
            MandateScene.assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, action::run);
        }
    }

    private void struckOff(Inn party) {
        end(party, SCENE.today());
        try {
            parties.look();
        } finally {
            end(party, null);
        }
    }

    private static void end(Inn party, LocalDate day) {
        Rows.change("update registers.taxpayer set ended_on = ?::date where contour = ? and inn = ?", day == null ? null : day.toString(), SCENE.contour.name(), party.digits());
    }

    @Test
    void nobodyActsForOrAsAPartyThatIsNoMoreHoweverLateTheClockIs() {
        MandateId mandate = parties.toAccountant(parties.toFirm());
        Acting accountant = parties.self(parties.accountant).under(mandate);
        for (Inn party : List.of(parties.company, parties.firm, parties.accountant)) {
            end(party, SCENE.today());
            try {
                MandateScene.assertRefused(MandateRefusal.MANDATE_NOT_IN_FORCE, () -> parties.issue(accountant));
                assertEquals(MandateState.IN_FORCE, parties.stored(mandate), "nothing is written yet");
            } finally {
                end(party, null);
            }
        }
        parties.issue(accountant);
    }

    @Test
    void whatTheRegisterHasPutRightBeforeTheClockGotToItEndsNothing() {
        MandateId mandate = parties.toFirm();
        parties.look();
        end(parties.firm, SCENE.today());
        List<MandateId> due;
        try {
            due = parties.application().with(Mandates.class, Mandates::due);
        } finally {
            end(parties.firm, null);
        }
        assertTrue(due.contains(mandate));
        assertFalse(fallDue(mandate));
        assertEquals(MandateState.IN_FORCE, parties.stored(mandate));
    }

    @Test
    void aMandateThatFailsHoldsUpNoOther() {
        MandateId failing = parties.toFirm();
        MandateId other = parties.toFirm();
        parties.advance(61);
        Mandates both = new Mandates() {
            @Override
            public List<MandateId> due() {
                return List.of(failing, other);
            }

            @Override
            public boolean fallDue(MandateId id) {
                if (id.equals(failing)) {
                    throw new IllegalStateException("It cannot be written.");
                }
                return MandateLifeIT.this.fallDue(id);
            }
        };
        assertEquals(1, new MandateDates(both).look());
        assertEquals(List.of(MandateState.IN_FORCE, MandateState.EXPIRED), List.of(parties.stored(failing), parties.stored(other)));
    }

    private boolean fallDue(MandateId id) {
        return parties.application().with(Mandates.class, mandates -> mandates.fallDue(id));
    }

    @Test
    void anExpiryIsWrittenDownWithItsOwnMomentHoweverLate() {
        MandateId mandate = parties.toFirm();
        MandateView granted = parties.get(parties.company, mandate);
        parties.advance(90);
        assertEquals(MandateState.EXPIRED, parties.get(parties.company, mandate).state(), "before anything is written down");
        MandateScene.assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> parties.revoke(parties.company, mandate));
        parties.look();
        assertEquals(MandateState.EXPIRED, parties.stored(mandate));
        assertEquals(Optional.of(granted.expiresAt()), parties.get(parties.company, mandate).endedAt());
        assertEquals(List.of("EXPIRED"), parties.told(parties.company));
        assertEquals(List.of("GRANTED", "EXPIRED"), parties.told(parties.firm));
    }

    @Test
    void whoDidWhatForWhomIsKeptAndInTheLedger() {
        MandateId above = parties.toFirm();
        MandateId mandate = parties.toAccountant(above);
        parties.revoke(parties.company, above);
        assertEquals(List.of("1 GRANT TAXPAYER " + parties.firm.digits(), "2 END_PARENT SYSTEM "), events(mandate));
        assertEquals(List.of("1 GRANT TAXPAYER " + parties.company.digits(), "2 REVOKE TAXPAYER " + parties.company.digits()), events(above));
        List<String> entries = Rows.of("select content from ledger.entry where record_id = ? order by content::json ->> 'at'", mandate.value());
        assertEquals(2, entries.size());
        assertTrue(entries.stream().allMatch(entry -> entry.contains("representation.mandate_changed")), entries::toString);
        assertTrue(entries.stream().anyMatch(entry -> entry.contains("\"cause\":\"PARENT_ENDED\"")), entries::toString);
        for (Inn party : List.of(parties.company, parties.firm, parties.accountant)) {
            assertTrue(entries.stream().noneMatch(entry -> entry.contains(party.digits())), entries::toString);
        }
        assertEquals(Optional.of("PARENT_ENDED"), parties.get(parties.accountant, mandate).cause());
        assertEquals(List.of("GRANTED", "LAPSED"), parties.told(parties.company));
        assertEquals(List.of("GRANTED", "LAPSED", "REVOKED"), parties.told(parties.firm));
        assertEquals(List.of("GRANTED", "LAPSED"), parties.told(parties.accountant));
    }

    private static List<String> events(MandateId id) {
        return Rows.of("select number || ' ' || event || ' ' || actor_role || ' ' || coalesce(party_inn, '') from representation.mandate_event where mandate_id = ? order by number", id.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"update representation.mandate set state = 'EXPIRED' where id = ?", "update representation.mandate set rights = array['ISSUE'] where id = ?",
        "update representation.mandate set expires_at = expires_at + interval '1 day' where id = ?", "delete from representation.mandate_event where mandate_id = ?",
        "update representation.mandate_service set service_code = 'tpDataByINN' where mandate_id = ?",
        "insert into representation.mandate_service (mandate_id, scope_id, service_code) select id, scope_id, 'tpDataByINN' from representation.mandate where id = ?",
        "insert into representation.mandate_event values (?, 2, 'IN_FORCE', 'REACH_EXPIRY', 'EXPIRED', '2026-03-02T06:00:00Z', null, 'SYSTEM', null)",
        "insert into representation.mandate_event values (?, 3, 'IN_FORCE', 'END_PARTY', 'LAPSED', '2026-03-02T06:00:00Z', null, 'SYSTEM', null)",
        "insert into representation.mandate_event values (?, 2, 'REVOKED', 'END_PARTY', 'LAPSED', '2026-03-02T06:00:00Z', null, 'SYSTEM', null)"})
    void theApplicationCannotChangeAMandateWithoutAnEventThatFits(String sql) throws SQLException {
        MandateId mandate = parties.toFirm();
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement(sql)) {
            statement.setObject(1, mandate.value());
            assertThrows(SQLException.class, statement::executeUpdate);
        }
    }

    /** As the owner of the schema, past all Java. */
    @Test
    void theDatabaseAloneRefusesWhatIsWiderThanTheMandateAbove() {
        MandateId above = parties.toFirm();
        MandateId mandate = parties.toAccountant(above);
        String copy = """
                insert into representation.mandate (id, contour, parent_id, depth, taxpayer_inn, grantor_inn, representative_inn, rights, begins_at, expires_at, ground_number, ground_dated,
                       registered_with, state, events, granted_at)
                select gen_random_uuid(), %s, parent_id, %s, taxpayer_inn, %s, %s, %s, begins_at, %s, 'again', ground_dated, registered_with, state, 1, granted_at
                  from representation.mandate where id = '""" + mandate.value() + "'";
        String stranger = "'" + parties.somebody().digits() + "'";
        assertBroken("mandate_within_parent", copy.formatted("contour", "depth", "grantor_inn", stranger, "rights", "expires_at + interval '1 second'"));
        assertBroken("mandate_depth_check", copy.formatted("contour", "1", "grantor_inn", stranger, "rights", "expires_at"));
        assertBroken("mandate_depth_check", copy.formatted("contour", "3", "grantor_inn", stranger, "rights", "expires_at"));
        assertBroken("mandate_parent_fk", copy.formatted("contour", "depth", stranger, "representative_inn", "rights", "expires_at"));
        assertBroken("mandate_parties_check", copy.formatted("contour", "depth", "grantor_inn", "taxpayer_inn", "rights", "expires_at"));
        MandateId narrow = parties.grant(parties.wish(parties.firm, Set.of(MandateRight.VIEW), Set.of("headcount"), SCENE.today()));
        assertBroken("mandate_within_parent", copy.replace("select gen_random_uuid(), %s, parent_id", "select gen_random_uuid(), %s, '" + narrow.value() + "'")
                .formatted("contour", "depth", "grantor_inn", stranger, "rights", "'2026-01-01'"));
    }

    private static void assertBroken(String constraint, String sql) {
        SQLException refused = assertThrows(SQLException.class, () -> {
            try (Connection owner = TestDatabase.shared().owner().getConnection(); PreparedStatement statement = owner.prepareStatement(sql)) {
                statement.executeUpdate();
            }
        }, constraint);
        assertEquals(Optional.of(constraint), BrokenConstraint.in(refused), refused::getMessage);
    }
}
