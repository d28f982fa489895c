package org.kopuro.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRightEvent;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.exchange.closures.ClosureView;
import org.kopuro.exchange.closures.Closures;
import org.kopuro.exchange.closures.NewClosure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.SubsystemView;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Who was handed a token asks about it, or gives it up; strangers learn nothing: CON-50 to CON-54, CON-171. */
class AskingAboutTokensIT {

    private static final Actor PROGRAM = Actor.of(UUID.fromString("00000000-0000-4000-8000-000000000004"), "PARTICIPANT");
    private final Scene scene = new Scene();

    @Test
    void theHolderLearnsWhatTheTokenIsGoodForAndSpendsNothing() {
        IssuedToken token = scene.token(new NewToken(scene.subsystem.id(), scene.today().plusDays(30), Set.of("TPpaymentDateByInn", "headcount"), Language.EN,
                Optional.of(new Months(YearMonth.of(2025, 1), YearMonth.of(2025, 12))), Optional.of(3), Optional.empty()));
        Introspected asked = ask(token, holder(scene)).orElseThrow();
        assertEquals(new Introspected(token.token().id(), scene.inn.digits(), scene.client().toString(), List.of("TPpaymentDateByInn", "headcount"), Optional.empty(), token.token().issuedAt(),
                token.token().expiresAt(), token.token().period(), Optional.of(3), TokenState.ACTIVE, false, Optional.empty(), Optional.empty()), asked);
        assertEquals(Optional.empty(), asked.reason());
        assertEquals(Optional.of(3), ask(token, holder(scene)).orElseThrow().callsLeft());
        assertEquals(List.of("2"), Rows.of("select count(*) from ledger.entry where record_id = ? and content::jsonb ->> 'type' = 'consent.token_introspected'", token.token().id().value()));
        assertEquals(List.of("0"), Rows.of("select count(*) from consent.usage where consent_id = ?", token.token().id().value()), "no disclosure");
    }

    @ParameterizedTest
    @CsvSource({"FREEZE, CONSENT_FROZEN, false", "PAUSE, CONSENT_FROZEN, false", "DEACTIVATE, CONSENT_REVOKED, true", "EXPIRE, CONSENT_EXPIRED, true", "SUSPEND, PARTICIPANT_SUSPENDED, false",
        "DISCONNECT, CONSENT_REVOKED, true", "TAKE_RIGHTS, ACCESS_RIGHT_MISSING, false"})
    void theHolderLearnsWhyItDoesNotWorkInTheWordsOfCalls(String what, String reason, boolean ended) {
        IssuedToken token = scene.token();
        TokenId id = token.token().id();
        switch (what) {
            case "FREEZE" -> scene.application.run(Tokens.class, tokens -> tokens.freeze(scene.taxpayer(), id, Scene.TAXPAYER));
            case "PAUSE" -> scene.application.run(Tokens.class, tokens -> tokens.pauseAll(scene.taxpayer(), Scene.TAXPAYER));
            case "DEACTIVATE" -> scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), id, Scene.TAXPAYER));
            case "EXPIRE" -> scene.application.clock().advance(Duration.ofDays(31));
            case "TAKE_RIGHTS" -> scene.application.run(AccessRights.class, rights -> rights.of(scene.subsystem.id(), scene.contour)
                    .forEach(right -> rights.apply(AccessRightEvent.REVOKE, right.id(), scene.contour, "in a test", Scene.OFFICIAL)));
            default -> scene.apply(ConnectionEvent.valueOf(what));
        }
        Introspected asked = ask(token, holder(scene)).orElseThrow();
        assertEquals(reason, asked.reason().map(RefusalCode::name).orElse(""));
        assertEquals(ended, asked.endedAt().isPresent());
    }

    /** The rest of the token keeps working (CON-88). */
    @Test
    void whatACallWouldNotBeLetThroughToIsNotInItsScope() {
        IssuedToken token = scene.token(scene.subsystem, Set.of("TPpaymentDateByInn", "headcount"), scene.today().plusDays(30));
        Rows.change("update access.service set enabled = false, disabled_notice = 'x' where code = 'headcount'");
        try {
            Introspected asked = ask(token, holder(scene)).orElseThrow();
            assertEquals(List.of("TPpaymentDateByInn"), asked.services());
            assertEquals(Optional.empty(), asked.reason());
            IssuedToken ofOne = scene.token(scene.subsystem, Set.of("headcount"), scene.today().plusDays(30));
            assertEquals(Optional.of(AccessRefusal.SERVICE_DISABLED), ask(ofOne, holder(scene)).orElseThrow().reason());
        } finally {
            Rows.change("update access.service set enabled = true, disabled_notice = null where code = 'headcount'");
        }
    }

    @Test
    void aServiceThatIsClosedByHandIsNotInItsScopeUntilItIsOpened() {
        IssuedToken token = scene.token(scene.subsystem, Set.of("TPpaymentDateByInn", "headcount"), scene.today().plusDays(30));
        // An hour that no other test closes anything in.
        scene.application.clock().advance(Duration.ofHours(77));
        Map<Language, String> notice = Map.of(Language.RU, "x", Language.KY, "x", Language.EN, "x");
        ClosureView closure = scene.application.with(Closures.class, closures -> closures.close(
                new NewClosure(Optional.of("headcount"), notice, Optional.empty(), Optional.of(scene.application.clock().instant().plusSeconds(60)), "in a test"), Contour.TEST, Scene.OFFICIAL));
        List<String> closed;
        try {
            closed = ask(token, holder(scene)).orElseThrow().services();
        } finally {
            scene.application.run(Closures.class, closures -> closures.open(closure.id(), Contour.TEST, "in a test", Scene.OFFICIAL));
        }
        assertEquals(List.of("TPpaymentDateByInn"), closed);
        assertEquals(List.of("TPpaymentDateByInn", "headcount"), ask(token, holder(scene)).orElseThrow().services());
    }

    @Test
    void aStrangerLearnsNothingAndTheTaxpayerLearnsOfHim() {
        IssuedToken token = scene.token();
        Scene other = new Scene(Contour.TEST, scene.application);
        SubsystemView sibling = scene.addSubsystem("sibling");
        List<Holder> strangers = List.of(holder(other), new Holder(Contour.TEST, scene.participant.id().value(), sibling.id().value(), PROGRAM));
        for (Holder stranger : strangers) {
            assertEquals(Optional.empty(), ask(token, stranger));
            giveUp(token.text(), stranger);
        }
        assertEquals(Optional.empty(), ask(token, new Holder(Contour.PRODUCTION, scene.participant.id().value(), scene.subsystem.id().value(), PROGRAM)));
        assertEquals(List.of("STRANGER", "STRANGER"), told(), "once an hour each; the other contour is another world");
        assertEquals(TokenState.ACTIVE, read(token).state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GNS1", "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM", "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YN", "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-JA", "' or 1=1 --"})
    void whatIsNobodysTokenIsAnsweredLikeAnyOther(String text) {
        assertEquals(Optional.empty(), scene.application.with(HeldTokens.class, tokens -> tokens.introspect(text, holder(scene))));
        giveUp(text, holder(scene));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoTriesTokensOutIsLimitedWhetherOrNotTheyAreSomebodys(boolean somebodys) {
        String text = somebodys ? new Scene(Contour.TEST, scene.application).token().text() : "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM";
        for (int i = 0; i < 10; i++) {
            assertEquals(Optional.empty(), scene.application.with(HeldTokens.class, tokens -> tokens.introspect(text, holder(scene))));
        }
        assertEquals(AccessRefusal.RATE_LIMITED, assertThrows(Refusal.class, () -> scene.application.with(HeldTokens.class, tokens -> tokens.introspect(text, holder(scene)))).code());
    }

    @Test
    void whatIsGivenUpEndsForGoodAndItsTaxpayerIsTold() {
        IssuedToken token = scene.token();
        giveUp(token.text(), holder(scene));
        giveUp(token.text(), holder(scene));
        assertEquals(Optional.of("GIVEN_UP"), read(token).cause());
        assertEquals(List.of("REVOKED"), told());
        assertEquals(ConsentRefusal.CONSENT_REVOKED, ask(token, holder(scene)).orElseThrow().reason().orElseThrow());
    }

    private static Holder holder(Scene of) {
        return new Holder(Contour.TEST, of.participant.id().value(), of.subsystem.id().value(), PROGRAM);
    }

    private Optional<Introspected> ask(IssuedToken token, Holder holder) {
        return scene.application.with(HeldTokens.class, tokens -> tokens.introspect(token.text(), holder));
    }

    private void giveUp(String text, Holder holder) {
        scene.application.run(HeldTokens.class, tokens -> tokens.giveUp(text, holder));
    }

    private TokenView read(IssuedToken token) {
        return scene.application.with(Tokens.class, tokens -> tokens.get(scene.taxpayer(), token.token().id()));
    }

    private List<String> told() {
        return scene.application.with(Tidings.class, all -> all.of(scene.taxpayer(), Optional.empty(), 100)).stream().map(one -> one.kind().name()).toList();
    }
}
