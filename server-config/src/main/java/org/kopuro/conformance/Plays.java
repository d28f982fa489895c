package org.kopuro.conformance;

import static org.kopuro.conformance.Codes.TEMPORARILY_UNAVAILABLE;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.consent.TokenText;
import org.kopuro.verify.WrongUse;

/** The play of each scenario. */
final class Plays {

    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Map<Scenario, Play> PLAYS = new EnumMap<>(Map.ofEntries(
            Map.entry(Scenario.SIGNED_CALLS, Plays::signedCalls), Map.entry(Scenario.REFUSED_BY_TEST, Plays::refusedByTest),
            Map.entry(Scenario.OWN_MESSAGES, Plays::ownMessages), Map.entry(Scenario.TOKEN_WITH_ITS_QUESTION, Plays::tokenWithItsQuestion),
            Map.entry(Scenario.TOKEN_TO_ITS_ADDRESS, Plays::tokenToItsAddress), Map.entry(Scenario.FINAL_FAULTS, scene -> finalFaults(scene, false)),
            Map.entry(Scenario.FINAL_FAULTS_SNAKE_CASE, scene -> finalFaults(scene, true)), Map.entry(Scenario.BUSINESS_REFUSALS, Plays::businessRefusals),
            Map.entry(Scenario.STOPS_ON_EXPIRY, scene -> stops(scene, Codes.EXPIRED)), Map.entry(Scenario.STOPS_ON_DEACTIVATION, scene -> stops(scene, Codes.REVOKED)),
            Map.entry(Scenario.STOPS_ON_EXHAUSTION, scene -> stops(scene, Codes.EXHAUSTED)), Map.entry(Scenario.PAUSE_IS_NO_END, Plays::pauseIsNoEnd),
            Map.entry(Scenario.RETRIES_OUTAGES, Plays::retriesOutages), Map.entry(Scenario.GIVES_UP, Plays::givesUp),
            Map.entry(Scenario.REJECTS_FORGED_ANSWERS, Plays::rejectsForgedAnswers), Map.entry(Scenario.REJECTS_ANSWERS_TO_OTHERS, Plays::rejectsAnswersToOthers),
            Map.entry(Scenario.REJECTS_UNREADABLE_ANSWERS, Plays::rejectsUnreadableAnswers), Map.entry(Scenario.WAITS_AND_ENDS, Plays::waitsAndEnds)));

    private Plays() {
    }

    static Play of(Scenario scenario) {
        return Optional.ofNullable(PLAYS.get(scenario)).orElseThrow();
    }

    private static void signedCalls(Scene scene) throws WrongUse, InterruptedException {
        for (String service : scene.setting().services()) {
            Optional<String> token = scene.setting().takesToken(service) ? Optional.of(scene.setting().token()) : Optional.empty();
            Turn turn = scene.ask(service, service, scene.setting().inn(), token, new Reply.Forwarded());
            scene.requireAnswered(turn);
            turn.calls().stream().filter(call -> !call.outcome().equals(ForwardedCall.ANSWERED)).findFirst()
                    .ifPresent(call -> scene.note(service + ": TEST refused the call with " + call.outcome()));
            if (turn.calls().stream().anyMatch(call -> call.outcome().equals(ForwardedCall.ANSWERED) && call.ledgerEntry().isEmpty())) {
                scene.note(service + ": TEST named no entry of its ledger");
            }
        }
    }

    private static void refusedByTest(Scene scene) throws WrongUse, InterruptedException {
        // An unknown token, or an unknown taxpayer where no token is asked for.
        Turn turn = scene.ask("a call that TEST refuses", scene.service(), Scene.UNKNOWN_INN, scene.inventedToken(), new Reply.Forwarded());
        scene.requireRefusedOnce(turn);
        if (turn.calls().stream().anyMatch(call -> call.outcome().equals(ForwardedCall.ANSWERED))) {
            scene.note("a call that TEST refuses: TEST answered it");
        }
    }

    private static void ownMessages(Scene scene) throws WrongUse, InterruptedException {
        for (String about : List.of("first of three", "second of three", "third of three")) {
            scene.requireAnswered(scene.ask(about, Reply.of(scene.answers()::answered)));
        }
    }

    private static void tokenWithItsQuestion(Scene scene) throws WrongUse, InterruptedException {
        Optional<String> first = scene.inventedToken();
        Reply answer = Reply.of(scene.answers()::answered);
        scene.requireAnswered(scene.ask("one taxpayer", scene.service(), scene.setting().inn(), first, answer));
        scene.requireAnswered(scene.ask("another taxpayer with another token", scene.service(), Scene.OTHER_INN, scene.inventedToken(), answer));
        scene.requireSaidAnswered(scene.ask("the first taxpayer again", scene.service(), scene.setting().inn(), first, answer));
        Optional<String> without = scene.setting().services().stream().filter(service -> !scene.setting().takesToken(service)).findFirst();
        // Whether the product asks at all without a token is its own affair.
        scene.ask("no token", without.orElse(scene.service()), scene.setting().inn(), Optional.empty(),
                without.isPresent() ? answer : Reply.of(request -> scene.answers().refused(request, "CONSENT_REQUIRED")));
    }

    private static void tokenToItsAddress(Scene scene) throws WrongUse, InterruptedException {
        for (int status : new int[] {301, 302, 307, 308}) {
            int before = scene.astray();
            scene.requireNotAnswered(scene.ask("status " + status, Reply.redirect(status, scene.elsewhere())));
            if (scene.astray() > before) {
                scene.note("status " + status + ": the product went to another address");
            }
        }
    }

    private static void finalFaults(Scene scene, boolean snakeCase) throws WrongUse, InterruptedException {
        for (Codes.Fault fault : Codes.faults(scene.protocol())) {
            String code = fault.spelled(snakeCase);
            Turn turn = scene.ask(fault.code().map(detail -> code + " (" + detail + ")").orElse(code),
                    Reply.of(request -> scene.answers().fault(request, code, fault.code(), fault.signed())));
            if (fault.repeatable()) {
                scene.requireRefused(turn);
            } else {
                scene.requireRefusedOnce(turn);
            }
        }
    }

    private static void businessRefusals(Scene scene) throws WrongUse, InterruptedException {
        for (String code : Codes.business(scene.protocol())) {
            scene.requireRefusedOnce(scene.ask(code, refusal(scene, code)));
        }
        scene.requireRefusedOnce(scene.ask("a code of later versions", refusal(scene, Codes.NOT_YET_INVENTED)));
    }

    private static void stops(Scene scene, String code) throws WrongUse, InterruptedException {
        Optional<String> token = scene.inventedToken();
        scene.requireRefusedOnce(scene.ask(code, scene.service(), scene.setting().inn(), token, refusal(scene, code)));
        Turn again = scene.ask("asked again after " + code, scene.service(), scene.setting().inn(), token, refusal(scene, code));
        if (again.heard().stream().anyMatch(heard -> heard.request().isEmpty() || heard.request().get().token().isPresent())) {
            scene.note(again.about() + ": the product sent the token again");
        }
        scene.requireNotSaidAnswered(again);
        scene.requireAnswered(scene.ask("with another token after " + code, Reply.of(scene.answers()::answered)));
    }

    private static void pauseIsNoEnd(Scene scene) throws WrongUse, InterruptedException {
        Codes.Fault suspended = Codes.ofCode("PARTICIPANT_SUSPENDED");
        Map<String, Reply> pauses = Map.of(Codes.FROZEN, refusal(scene, Codes.FROZEN),
                "PARTICIPANT_SUSPENDED", Reply.of(request -> scene.answers().fault(request, suspended.faultcode(), suspended.code(), true)));
        for (Map.Entry<String, Reply> pause : pauses.entrySet()) {
            Optional<String> token = scene.inventedToken();
            scene.requireRefusedOnce(scene.ask(pause.getKey(), scene.service(), scene.setting().inn(), token, pause.getValue()));
            Turn again = scene.ask("asked again after " + pause.getKey(), scene.service(), scene.setting().inn(), token, Reply.of(scene.answers()::answered));
            scene.requireAnswered(again);
            if (again.heard().stream().flatMap(heard -> heard.request().stream()).anyMatch(request -> request.token().isEmpty())) {
                scene.note(again.about() + ": the product sent no token");
            }
        }
    }

    private static void retriesOutages(Scene scene) throws WrongUse, InterruptedException {
        Reply answer = Reply.of(scene.answers()::answered);
        for (Turn turn : List.of(scene.ask("TemporarilyUnavailable", unavailable(scene, false), answer),
                scene.ask("temporarily_unavailable", unavailable(scene, true), answer),
                scene.ask("status 503", Reply.raw(503, "text/html", "<html><body>Service Unavailable</body></html>"), answer),
                scene.ask("a broken connection", new Reply.Broken(), answer))) {
            scene.requireAnswered(turn);
            scene.requireFewAttempts(turn);
            if (turn.heard().size() == 1) {
                scene.note(turn.about() + ": the product did not repeat its request");
            }
        }
    }

    private static void givesUp(Scene scene) throws WrongUse, InterruptedException {
        scene.requireNotAnswered(scene.ask("TemporarilyUnavailable without end", unavailable(scene, false)));
        scene.requireNotAnswered(scene.ask("status 503 without end", Reply.raw(503, "text/plain", "")));
    }

    private static void rejectsForgedAnswers(Scene scene) throws WrongUse, InterruptedException {
        for (Map.Entry<String, Function<Request, Outgoing>> forged : scene.answers().forged().entrySet()) {
            scene.requireNotAnswered(scene.ask(forged.getKey(), Reply.of(forged.getValue())));
        }
    }

    private static void rejectsAnswersToOthers(Scene scene) throws WrongUse, InterruptedException {
        for (Map.Entry<String, Function<Request, Outgoing>> other : scene.answers().toOthers().entrySet()) {
            scene.requireNotAnswered(scene.ask(other.getKey(), Reply.of(other.getValue())));
        }
    }

    private static void rejectsUnreadableAnswers(Scene scene) throws WrongUse, InterruptedException {
        int before = scene.astray();
        for (Map.Entry<String, Function<Request, Outgoing>> none : scene.answers().unreadable(scene.elsewhere()).entrySet()) {
            scene.requireNotAnswered(scene.ask(none.getKey(), Reply.of(none.getValue())));
        }
        if (scene.astray() > before) {
            scene.note("an answer with a document type: the product went to the address in it");
        }
    }

    private static void waitsAndEnds(Scene scene) throws WrongUse, InterruptedException {
        scene.requireAnswered(scene.ask("an answer after " + SLOW.toSeconds() + " seconds",
                new Reply.Sent(SLOW, scene.answers()::answered)));
        Turn silence = scene.ask("no answer at all", new Reply.Silent());
        scene.requireNotSaidAnswered(silence);
        scene.requireHeard(silence);
        if (silence.heard().size() > Scene.ATTEMPTS_MAX) {
            scene.note("no answer at all: the product sent " + silence.heard().size() + " requests; at most " + Scene.ATTEMPTS_MAX + " are allowed");
        }
    }

    /** Of every request in the run: whether it was the product's own, for the question that was put. */
    static void judgeOwnMessages(Scene scene, List<Turn> turns, int strays) {
        Map<String, Turn> ids = new HashMap<>();
        Set<String> signed = new HashSet<>();
        for (Turn turn : turns) {
            for (Heard heard : turn.heard()) {
                heard.flaws().forEach(flaw -> scene.note(turn.about() + ": a request of the product is wrong, because " + flaw));
                heard.request().ifPresent(request -> {
                    if (!request.service().equals(turn.service()) || !request.inn().equals(turn.inn())) {
                        scene.note(turn.about() + ": a request names another service or taxpayer than was asked for");
                    }
                    if (Optional.ofNullable(ids.putIfAbsent(request.id(), turn)).filter(other -> other != turn).isPresent()) {
                        scene.note(turn.about() + ": the message id of an earlier question came again");
                    }
                    if (request.digests().filter(digests -> !signed.add(digests)).isPresent()) {
                        scene.note(turn.about() + ": the same signed message came again");
                    }
                });
            }
        }
        if (strays > 0) {
            scene.note(strays + " requests came while nothing was asked");
        }
    }

    /** Of every request in the run: whether it carried the token that was given for its question, or none. */
    static void judgeTokens(Scene scene, List<Turn> turns) {
        for (Turn turn : turns) {
            for (Heard heard : turn.heard()) {
                Optional<String> sent = heard.request().flatMap(Request::token);
                if (sent.isPresent() && turn.token().filter(given -> TokenText.isOneToken(given, sent.get())).isEmpty()) {
                    scene.note(turn.about() + (turn.token().isPresent() ? ": another token was sent than the one given" : ": a token was sent though none was given"));
                }
            }
        }
    }

    private static Reply refusal(Scene scene, String code) {
        return Reply.of(request -> scene.answers().refused(request, code));
    }

    private static Reply unavailable(Scene scene, boolean snakeCase) {
        return Reply.of(request -> scene.answers().fault(request, TEMPORARILY_UNAVAILABLE.spelled(snakeCase), TEMPORARILY_UNAVAILABLE.code(), true));
    }
}
