package org.kopuro.loans.programmes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestProgrammes;

/** The thirteen programmes and the rules of FOT 3.0 as they ship (LOAN-10, LOAN-60 to LOAN-67). */
class RulesOf279IT {

    private final Rulebook rulebook = new TestApplication("TEST,PRODUCTION", Scene.NOON).with(Programmes.class, Programmes::rulebook);

    @Test
    void thirteenProgrammesShip() {
        assertEquals(List.of("1528 2016-12-29 FLAG EITHER RU-1221", "1598 2019-12-05 FLAG EITHER RU-1221", "422 2020-04-02 BLOCK EITHER RU-422-696", "696 2020-05-16 BLOCK EITHER RU-422-696",
                "279 2021-02-27 BLOCK BEFORE_DECISION RU-422-696", "375 2022-03-16 FLAG EITHER RU-1221", "393 2022-03-17 FLAG EITHER RU-1221", "469 2022-03-25 FLAG EITHER RU-1221",
                "574 2022-04-02 FLAG EITHER RU-1221", "745 2022-04-23 FLAG EITHER RU-1221", "754 2022-04-26 FLAG EITHER RU-1221", "804 2022-04-30 FLAG EITHER RU-1221",
                "835 2022-05-09 FLAG EITHER RU-1221"),
                rulebook.programmes().stream().filter(one -> one.code().matches("[0-9]+")).map(one -> String.join(" ", one.code(), one.decreedOn().toString(), one.duplicatePolicy().name(),
                        one.entryPoint().name(), one.procedure())).toList());
    }

    @ParameterizedTest
    @CsvSource({"2021-03-08, 1, true", "2021-03-09, 1, false", "2021-07-01, 1, false", "2021-07-02, 2, true", "2021-10-31, 2, true", "2021-11-01, 2, false", "2021-12-30, 2, false",
        "2021-12-31, 2, true", "2026-03-02, 2, true"})
    void theContractsDayChoosesTheStage(LocalDate day, int stage, boolean outside) {
        Rulebook.Chosen byContract = rulebook.choose("279", LocalDate.of(2021, 5, 1), Optional.of(day));
        assertEquals(stage + " " + outside, byContract.rules().stage() + " " + byContract.outsideStage());
        Rulebook.Chosen provisional = rulebook.choose("279", day, Optional.empty());
        assertEquals(stage + " " + outside, provisional.rules().stage() + " " + provisional.outsideStage(), "by the application's day until there is a contract");
    }

    @Test
    void amountsThresholdsAndSnapshotsAreData() {
        RuleSet first = rulebook.version("279", 1, 1).orElseThrow();
        RuleSet second = rulebook.version("279", 2, 1).orElseThrow();
        assertEquals(new RuleSet.Formula(1_279_200, 100, 12, Optional.empty(), Optional.of(50_000_000_000L)), first.formula().orElseThrow());
        assertEquals(new RuleSet.Formula(1_279_200, 100, 12, Optional.empty(), Optional.of(30_000_000_000L)), second.formula().orElseThrow());
        assertEquals(Optional.empty(), first.snapshotOn());
        assertEquals(Optional.of(LocalDate.of(2021, 7, 1)), second.snapshotOn());
        assertEquals("90 15 25 FLAG FLAG false", second.keepPercent() + " " + second.refreshCutoff() + " " + second.refreshDay() + " " + second.onFail() + " " + second.onOverMaximum() + " "
                + second.asserted());
        assertEquals(List.of("FORMER_696_IN_LISTED_SECTOR C09 C05 C10 C06", "NEW_SME C07 C04 C10 C06", "NGO_AND_FORMER_696 C11 C09 C10 C06",
                "LARGE_FORMER_696_IN_CATERING_OR_CULTURE C08 C09 C05 C10 C06"),
                second.eligibility().stream().map(one -> one.name() + one.conditions().stream().map(condition -> " " + condition.item()).collect(Collectors.joining())).toList());
        assertEquals(List.of("2020-07-01", "2021-07-01"), second.eligibility().get(1).conditions().get(1).values());
    }

    @Test
    void otherFormulasAreProposalsThatHoldOnlyWhenApproved() {
        for (String code : List.of("422", "696")) {
            RuleSet holds = rulebook.choose(code, LocalDate.of(2020, 7, 1), Optional.empty()).rules();
            assertEquals("1 " + Optional.empty(), holds.version() + " " + holds.formula());
        }
        List<RuleSetView> all = new TestApplication("TEST,PRODUCTION", Scene.NOON).with(RuleSets.class, sets -> sets.of("696"));
        RuleSetView draft = all.stream().filter(one -> one.rules().version() == 2).findFirst().orElseThrow();
        assertEquals(Optional.empty(), draft.outcome());
        assertEquals(new RuleSet.Formula(1_213_000, 130, 6, Optional.of(LocalDate.of(2020, 12, 1)), Optional.empty()), draft.rules().formula().orElseThrow());
        assertEquals(Metric.PFR_INSURED, draft.rules().months().get(0).metric());
    }

    @Test
    void everyShippedRuleSetIsAsProposedOnesMustBe() {
        TestApplication application = new TestApplication("TEST,PRODUCTION", Scene.NOON);
        for (Programme programme : rulebook.programmes()) {
            if (programme.code().matches("[0-9]+")) {
                application.with(RuleSets.class, sets -> sets.of(programme.code())).forEach(one -> RuleLimits.require(one.rules()));
            }
        }
    }

    @Test
    void whatIsUnknownOrHasNoApprovedRulesIsRefused() {
        LocalDate day = LocalDate.of(2021, 5, 1);
        assertEquals(ProgrammeRefusal.PROGRAMME_UNKNOWN, assertThrows(Refusal.class, () -> rulebook.choose("1221", day, Optional.empty())).code(), "an amending decree is no programme (LOAN-11)");
        String bare = TestProgrammes.withoutRules("FLAG", false, "MINEC");
        Rulebook with = new TestApplication("TEST,PRODUCTION", Scene.NOON).with(Programmes.class, Programmes::rulebook);
        assertTrue(with.programme(bare).isPresent());
        assertEquals(ProgrammeRefusal.PROGRAMME_WITHOUT_RULES, assertThrows(Refusal.class, () -> with.choose(bare, day, Optional.empty())).code());
    }
}
