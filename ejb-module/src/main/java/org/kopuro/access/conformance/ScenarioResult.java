package org.kopuro.access.conformance;

import java.util.List;

/**
 * @param observations sentences in English: what the product did that it should not have done; of a passed scenario none
 * @param calls        those that reached TEST, each message id once
 */
public record ScenarioResult(Scenario scenario, Verdict verdict, List<String> observations, List<ForwardedCall> calls) {

    public static final int OBSERVATIONS_MAX = 20;
    public static final int OBSERVATION_LENGTH_MAX = 500;
    public static final int CALLS_MAX = 200;

    public ScenarioResult {
        observations = List.copyOf(observations);
        calls = List.copyOf(calls);
    }
}
