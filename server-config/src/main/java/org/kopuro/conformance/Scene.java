package org.kopuro.conformance;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.ScenarioResult;
import org.kopuro.access.conformance.Verdict;
import org.kopuro.consent.TokenText;
import org.kopuro.verify.WrongUse;

/** One scenario while it is played: puts questions, and notes what the product should not have done. */
final class Scene {

    /** The most requests for one question, repetitions included. */
    static final int ATTEMPTS_MAX = 5;
    /** A second, less what two clocks and a busy machine may make of it. */
    private static final Duration PAUSE_MIN = Duration.ofMillis(900);
    /** Numbers of 30 February that generators of virtual taxpayers leave free. */
    static final String OTHER_INN = "23002199000099";
    static final String UNKNOWN_INN = "23002199009999";

    private final Scenario scenario;
    private final Stage stage;
    private final Product product;
    private final PlayedAnswers answers;
    private final Setting setting;
    private final List<Turn> turns;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, ForwardedCall> calls = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /** @param turns of the whole run; each that is played here is added */
    Scene(Scenario scenario, Stage stage, Product product, PlayedAnswers answers, Setting setting, List<Turn> turns) {
        this.scenario = scenario;
        this.stage = stage;
        this.product = product;
        this.answers = answers;
        this.setting = setting;
        this.turns = turns;
    }

    PlayedAnswers answers() {
        return answers;
    }

    MessageProtocol protocol() {
        return stage.protocol();
    }

    Setting setting() {
        return setting;
    }

    /** A service that takes a token, if one was named. */
    String service() {
        return setting.services().stream().filter(setting::takesToken).findFirst().orElse(setting.services().get(0));
    }

    String elsewhere() {
        return stage.elsewhere();
    }

    int astray() {
        return stage.astray();
    }

    /** A token of the right spelling that nobody has: what is played with it spoils no real one. */
    Optional<String> inventedToken() {
        return setting.takesToken(service()) ? Optional.of(TokenText.invented(random)) : Optional.empty();
    }

    /** A question with an invented token, about the virtual taxpayer. */
    Turn ask(String about, Reply... replies) throws WrongUse, InterruptedException {
        return ask(about, service(), setting.inn(), inventedToken(), replies);
    }

    Turn ask(String about, String service, String inn, Optional<String> token, Reply... replies) throws WrongUse, InterruptedException {
        Turn turn = new Turn(about, service, inn, token, Arrays.asList(replies));
        turns.add(turn);
        stage.begin(turn);
        OptionalInt exitCode = OptionalInt.empty();
        try {
            exitCode = product.call(Map.of("service", service, "inn", inn, "token", token.orElse(""), "url", stage.url().toString(), "server-cert",
                    (turn.isForwarded() ? setting.testCertificate() : setting.playedCertificate()).toString(), "tls-cert", setting.connectionCertificate().map(Path::toString).orElse("")),
                    turn::isEnough);
        } finally {
            turn.end(exitCode);
            stage.end();
        }
        turn.calls().forEach(call -> calls.put(call.messageId(), call));
        turn.troubles().forEach(trouble -> note(about + ": " + trouble));
        if (turn.isEnough()) {
            note(about + ": the product sent more than " + Turn.REQUESTS_MAX + " requests and was ended");
        } else if (exitCode.isEmpty()) {
            note(about + ": the product did not end within " + product.limit().toSeconds() + " seconds and was ended");
        }
        return turn;
    }

    void note(String sentence) {
        if (notes.size() < ScenarioResult.OBSERVATIONS_MAX) {
            notes.add(Shortened.to(ScenarioResult.OBSERVATION_LENGTH_MAX, TokenText.mask(sentence).replaceAll("[\\p{Cc}\\p{Cf}]", "?")));
        }
    }

    void requireAnswered(Turn turn) {
        requireSaidAnswered(turn);
        requireHeard(turn);
    }

    /** The same of a product that need not ask again what it knows. */
    void requireSaidAnswered(Turn turn) {
        requireExit(turn, Product.ANSWERED, "that it was answered");
    }

    /** A final refusal: asked once, told as refused. */
    void requireRefusedOnce(Turn turn) {
        requireExit(turn, Product.REFUSED, "that it was refused");
        requireHeard(turn);
        if (turn.heard().size() > 1) {
            note(turn.about() + ": the product sent " + turn.heard().size() + " requests; the refusal is final");
        }
    }

    void requireRefused(Turn turn) {
        requireExit(turn, Product.REFUSED, "that it was refused");
        requireFewAttempts(turn);
    }

    /** Whatever it says instead. */
    void requireNotAnswered(Turn turn) {
        requireNotSaidAnswered(turn);
        requireFewAttempts(turn);
    }

    /** The same where it need not have asked at all. */
    void requireNotSaidAnswered(Turn turn) {
        if (turn.exitCode().equals(OptionalInt.of(Product.ANSWERED))) {
            note(turn.about() + ": the product says that it was answered (exit code 0)");
        }
    }

    void requireFewAttempts(Turn turn) {
        requireHeard(turn);
        List<Heard> heard = turn.heard();
        if (heard.size() > ATTEMPTS_MAX) {
            note(turn.about() + ": the product sent " + heard.size() + " requests; at most " + ATTEMPTS_MAX + " are allowed");
        }
        Set<String> signed = new HashSet<>();
        for (int i = 0; i < heard.size(); i++) {
            if (i > 0 && heard.get(i).arrived() - heard.get(i - 1).answered().get() < PAUSE_MIN.toNanos()) {
                note(turn.about() + ": the product repeated its request without a pause of a second");
                return;
            }
            if (heard.get(i).request().flatMap(Request::digests).filter(digests -> !signed.add(digests)).isPresent()) {
                note(turn.about() + ": the product repeated its request without signing it anew");
                return;
            }
        }
    }

    void requireHeard(Turn turn) {
        if (turn.heard().isEmpty()) {
            note(turn.about() + ": the product sent no request");
        }
    }

    private void requireExit(Turn turn, int wanted, String meaning) {
        if (turn.exitCode().isPresent() && turn.exitCode().getAsInt() != wanted) {
            note(turn.about() + ": the product does not say " + meaning + " (exit code " + turn.exitCode().getAsInt() + " instead of " + wanted + ")");
        }
    }

    ScenarioResult result() {
        return new ScenarioResult(scenario, notes.isEmpty() ? Verdict.PASSED : Verdict.FAILED, notes,
                calls.values().stream().limit(ScenarioResult.CALLS_MAX).toList());
    }
}
