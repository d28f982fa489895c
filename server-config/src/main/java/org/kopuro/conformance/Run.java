package org.kopuro.conformance;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.ScenarioResult;
import org.kopuro.access.conformance.Verdict;
import org.kopuro.verify.Told;
import org.kopuro.verify.WrongUse;

/** Plays scenarios one after the other. */
final class Run {

    private final Stage stage;
    private final Product product;
    private final PlayedAnswers answers;
    private final Setting setting;
    private final Clock clock;
    private final Told out;

    Run(Stage stage, Product product, PlayedAnswers answers, Setting setting, Clock clock, Told out) {
        this.stage = stage;
        this.product = product;
        this.answers = answers;
        this.setting = setting;
        this.clock = clock;
        this.out = out;
    }

    /** What was seen; told as soon as it is certain. */
    ConformanceReport play(Set<Scenario> wanted, String subsystem, String harness, String endpoint) throws WrongUse, InterruptedException {
        Instant startedAt = now();
        List<Turn> turns = new ArrayList<>();
        Map<Scenario, Scene> scenes = new EnumMap<>(Scenario.class);
        for (Scenario scenario : wanted) {
            if (scenario.appliesTo(setting.presentsTokens())) {
                Scene scene = new Scene(scenario, stage, product, answers, setting, turns);
                scenes.put(scenario, scene);
                Plays.of(scenario).on(scene);
                if (!isAboutTheWholeRun(scenario)) {
                    tell(scene.result());
                }
            }
        }
        if (scenes.containsKey(Scenario.OWN_MESSAGES)) {
            Plays.judgeOwnMessages(scenes.get(Scenario.OWN_MESSAGES), turns, stage.strays());
            tell(scenes.get(Scenario.OWN_MESSAGES).result());
        }
        if (scenes.containsKey(Scenario.TOKEN_WITH_ITS_QUESTION)) {
            Plays.judgeTokens(scenes.get(Scenario.TOKEN_WITH_ITS_QUESTION), turns);
            tell(scenes.get(Scenario.TOKEN_WITH_ITS_QUESTION).result());
        }
        List<ScenarioResult> results = wanted.stream().map(scenario -> scenes.containsKey(scenario) ? scenes.get(scenario).result()
                : new ScenarioResult(scenario, Verdict.NOT_APPLICABLE, List.of(), List.of())).toList();
        return new ConformanceReport(subsystem, stage.protocol(), harness, endpoint, startedAt, now(), setting.services(), results);
    }

    private static boolean isAboutTheWholeRun(Scenario scenario) {
        return scenario == Scenario.OWN_MESSAGES || scenario == Scenario.TOKEN_WITH_ITS_QUESTION;
    }

    private void tell(ScenarioResult result) {
        out.line((result.verdict() == Verdict.PASSED ? "passed  " : "FAILED  ") + result.scenario().id() + "  " + stage.protocol() + "  " + result.scenario().demand());
        result.observations().forEach(observation -> out.line("          " + observation));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
