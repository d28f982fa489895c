package org.kopuro.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.catalogue.Contracts;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

class IssuingATokenIT {

    private Scene scene;

    @BeforeEach
    void aConnectedParticipantAndATaxpayer() {
        scene = new Scene();
    }

    @Test
    void showsTheTextOnceAndThenOnlyItsLastFourCharacters() {
        IssuedToken issued = scene.token();
        TokenText text = TokenText.read(issued.text()).orElseThrow();
        assertEquals(Contour.TEST, text.contour());
        TokenView listed = scene.application.with(Tokens.class, tokens -> tokens.list(scene.taxpayer(), Optional.empty(), 10)).get(0);
        assertEquals(issued.token(), listed);
        assertEquals(text.lastFour(), listed.lastFour());
        assertTrue(listed.firstUsedAt().isEmpty());
    }

    @Test
    void leavesNothingInTheDatabaseFromWhichATokenCouldBeMade() {
        IssuedToken issued = scene.token();
        String canonical = TokenText.read(issued.text()).orElseThrow().canonical();
        for (String table : Rows.of("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not like 'pg\\_%' and schemaname <> 'information_schema'")) {
            assertEquals(List.of("0"), Rows.of("select count(*) from " + table + " t where t::text ilike any (array[?, ?, ?])",
                    "%" + canonical + "%", "%" + issued.text() + "%", "%" + canonical.substring(5, 25) + "%"), table);
        }
    }

    @Test
    void endsAtTheMinimumOfTheServicesCeilings() {
        assertRefused(ConsentRefusal.EXPIRY_TOO_LATE, Set.of("tpDataByINN", "incomeStatement"), scene.today().plusDays(91));
        scene.token(scene.subsystem, Set.of("tpDataByINN", "incomeStatement"), scene.today().plusDays(90));
        scene.token(scene.subsystem, Set.of("tpDataByINN"), scene.today().plusDays(365));
    }

    @Test
    void followsTheExampleOfTheRequirement() {
        scene.application.clock().set(LocalDate.of(2025, 11, 1).atStartOfDay(org.kopuro.installation.Installation.ZONE).toInstant());
        Scene november = new Scene(Contour.TEST, scene.application);
        assertEquals("2026-01-30T18:00:00Z", november.token(november.subsystem, Set.of("tpDataByINN", "incomeStatement"), LocalDate.of(2026, 1, 30)).token().expiresAt().toString());
    }

    /** CON-61: the smallest ceiling of the services listed; of services without one a token is good for any number of calls. */
    @Test
    void isForNoMoreCallsThanTheServicesCeilings() {
        String ten = aServiceWithACeilingOf(10);
        Set<String> services = Set.of("tpDataByINN", ten, aServiceWithACeilingOf(20));
        assertEquals(List.of("10"), tooManyCalls(services, Optional.of(11)));
        assertEquals(List.of("10"), tooManyCalls(services, Optional.empty()), "any number is more than ten");
        scene.token(wish(services, Optional.of(10)));
        scene.token(wish(Set.of("tpDataByINN"), Optional.of(1_000_000)));
        scene.token(wish(Set.of("tpDataByINN"), Optional.empty()));
        Rows.change("update access.service_rule set calls_per_token = 1 where service_code = ?", ten);
        assertEquals(List.of("1"), tooManyCalls(Set.of(ten), Optional.of(2)));
    }

    private String aServiceWithACeilingOf(int calls) {
        String code = Contracts.aService();
        Rows.change("update access.service_rule set discloses_tax_secret = true, token_rule = 'REQUIRED', calls_per_token = ? where service_code = ?", calls, code);
        scene.grant(scene.subsystem, code, scene.today(), null);
        return code;
    }

    private NewToken wish(Set<String> services, Optional<Integer> calls) {
        return new NewToken(scene.subsystem.id(), scene.today(), services, org.kopuro.kernel.Language.EN, Optional.empty(), calls, Optional.empty());
    }

    /** The ceiling that the refusal names. */
    private List<String> tooManyCalls(Set<String> services, Optional<Integer> calls) {
        Refusal refusal = assertThrows(Refusal.class, () -> scene.token(wish(services, calls)));
        assertEquals(ConsentRefusal.CALLS_TOO_MANY + " calls", refusal.code() + " " + refusal.field());
        return List.of(refusal.argument(0));
    }

    @Test
    void refusesADayInThePast() {
        assertRefused(ConsentRefusal.EXPIRY_IN_THE_PAST, Set.of("tpDataByINN"), scene.today().minusDays(1));
    }

    @Test
    void refusesServicesThatCannotBeListed() {
        for (String service : List.of("tpDataByINNforBusinessActivity", "noSuchService")) {
            assertRefused(ConsentRefusal.SERVICE_CANNOT_BE_LISTED, Set.of("tpDataByINN", service), scene.today());
        }
        assertThrows(Refusal.class, () -> new NewToken(scene.subsystem.id(), scene.today(), Set.of(), org.kopuro.kernel.Language.EN));
    }

    @Test
    void isOfferedForWhoeverIsConnectedWithTheServicesThatCanBeListed() {
        String code = scene.participant.memberCode();
        PossibleHolder holder = holders(scene.taxpayer(), code).get(0);
        assertEquals(List.of(scene.client().toString(), "Participant", false), List.of(holder.subsystem(), holder.participantName(), holder.ending()));
        assertEquals(List.of("TPpaymentDateByInn", "headcount", "incomeStatement", "taxpayerDataByInn", "tpDataByINN"), holder.services().stream().sorted().toList());
        scene.token(new NewToken(scene.subsystem.id(), scene.today(), Set.copyOf(holder.services()), org.kopuro.kernel.Language.EN));
        scene.addSubsystem("without a right");
        assertEquals(1, holders(scene.taxpayer(), code).size());
        assertTrue(holders(scene.taxpayer(), "ARTICIPAN").size() > 0, "by a part of the name, too");
        assertEquals(List.of(), holders(new Taxpayer(Contour.PRODUCTION, scene.inn), code));
        for (String pattern : List.of("%", code.substring(1, 6), "' or 1=1 --")) {
            assertEquals(List.of(), holders(scene.taxpayer(), pattern), pattern);
        }
        scene.apply(Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(scene.today().plusDays(20)));
        assertTrue(holders(scene.taxpayer(), code).get(0).ending());
        scene.apply(ConnectionEvent.SUSPEND);
        assertEquals(List.of(), holders(scene.taxpayer(), code));
    }

    private List<PossibleHolder> holders(Taxpayer taxpayer, String sought) {
        return scene.application.with(Tokens.class, tokens -> tokens.holders(taxpayer, sought, 50));
    }

    @Test
    void refusesAParticipantThatIsNotConnected() {
        scene.apply(ConnectionEvent.SUSPEND);
        assertRefused(AccessRefusal.PARTICIPANT_SUSPENDED, Set.of("tpDataByINN"), scene.today());
        scene.apply(ConnectionEvent.DISCONNECT);
        assertRefused(AccessRefusal.PARTICIPANT_DISCONNECTED, Set.of("tpDataByINN"), scene.today());
    }

    @Test
    void limitsIssuesPerDay() {
        for (int i = 0; i < Tokens.ISSUES_PER_DAY_MAX; i++) {
            scene.token(scene.subsystem, Set.of("tpDataByINN"), scene.today());
        }
        assertRefused(ConsentRefusal.ISSUES_TOO_MANY, Set.of("tpDataByINN"), scene.today());
        scene.application.clock().advance(Duration.ofDays(1));
        scene.token(scene.subsystem, Set.of("tpDataByINN"), scene.today());
    }

    @Test
    void limitsWorkingTokens() {
        for (int day = 0; day < 5; day++) {
            for (int i = 0; i < Tokens.ISSUES_PER_DAY_MAX; i++) {
                scene.token(scene.subsystem, Set.of("tpDataByINN"), LocalDate.of(2026, 6, 1));
            }
            scene.application.clock().advance(Duration.ofDays(1));
        }
        assertRefused(ConsentRefusal.TOKENS_TOO_MANY, Set.of("tpDataByINN"), scene.today());
    }

    @Test
    void belongsToItsTaxpayerAlone() {
        TokenId id = scene.token().token().id();
        Inn other = new Inn("23002198800001");
        RegisterRows.aTaxpayer(Contour.TEST, other);
        for (Taxpayer stranger : List.of(new Taxpayer(Contour.TEST, other), new Taxpayer(Contour.PRODUCTION, scene.inn))) {
            Refusal refusal = assertThrows(Refusal.class, () -> scene.application.run(Tokens.class, tokens -> tokens.deactivate(stranger, id, Scene.TAXPAYER)));
            assertEquals(InputRefusal.NOT_FOUND, refusal.code());
            assertThrows(Refusal.class, () -> scene.application.with(Tokens.class, tokens -> tokens.get(stranger, id)));
        }
    }

    @Test
    void cannotBeDeactivatedTwiceNorAfterItsExpiry() {
        TokenId first = scene.token().token().id();
        scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), first, Scene.TAXPAYER));
        assertNotAllowed(first);
        TokenId second = scene.token().token().id();
        scene.application.clock().advance(Duration.ofDays(31));
        assertEquals(TokenState.EXPIRED, scene.application.with(Tokens.class, tokens -> tokens.get(scene.taxpayer(), second)).state());
        assertNotAllowed(second);
    }

    private void assertNotAllowed(TokenId id) {
        assertEquals(InputRefusal.TRANSITION_NOT_ALLOWED,
                assertThrows(Refusal.class, () -> scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), id, Scene.TAXPAYER))).code());
    }

    private void assertRefused(RefusalCode expected, Set<String> services, LocalDate lastDay) {
        assertEquals(expected, assertThrows(Refusal.class, () -> scene.token(scene.subsystem, services, lastDay)).code());
    }
}
