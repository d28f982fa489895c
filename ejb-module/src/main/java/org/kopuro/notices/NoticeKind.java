package org.kopuro.notices;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a notice tells (ACC-82), and the facts it takes to tell it; the package's description has them in a table. */
public enum NoticeKind {
    /** Request accepted for consideration. */
    N01(List.of("requestKind", "deadline")),
    /** Request not accepted. */
    N02(List.of("requestKind", "causes")),
    /** More information needed. */
    N03(List.of("requestKind", "questions", "deadline")),
    /** Access to TEST granted. */
    N04(List.of("services", "credentialsLink", "protocolLink")),
    /** Access to PRODUCTION granted. */
    N05(List.of("services", "credentialsLink", "protocolLink")),
    /** Agreement in force, or amended. */
    N06(List.of("agreement"), "amendment"),
    /** Connection restored. */
    N07(List.of("contour")),
    /** Disconnected on request. */
    N08(List.of("contour")),
    /** Reasoned refusal, or joint test not passed. */
    N09(List.of("requestKind", "causes"), "testNotPassed"),
    /** Request closed without a decision. */
    N10(List.of("requestKind")),
    /** Suspension announced. */
    N11(List.of("contour", "grounds", "effectiveDate")),
    /** Announcement withdrawn. */
    N12(List.of("announcement")),
    /** Suspended. */
    N13(List.of("contour", "grounds")),
    /** Disconnected by the authority. */
    N14(List.of("contour", "grounds")),
    /** Termination of the agreement announced. */
    N15(List.of("agreement", "grounds", "effectiveDate")),
    /** Planned outage. */
    N16(List.of("contour", "services", "grounds", "start", "end")),
    /** Change of data or of the conditions of connection. */
    N17(List.of("services", "change", "effectiveDate")),
    /** Emergency work. */
    N18(List.of("contour", "services", "grounds", "start"), "end"),
    /** Documents or an agreement expire soon. */
    N19(List.of("documents", "expiryDate")),
    /** Joint test passed. */
    N20(List.of("services")),
    /** Something is owed soon. */
    N21(List.of("obligations")),
    /** Something is overdue. */
    N22(List.of("obligations")),
    /** An outage ended before its time. */
    N23(List.of("contour", "services", "grounds", "start", "end")),
    /** Another link for the node administrator. */
    N24(List.of("contour", "credentialsLink", "deadline")),
    /** What was announced was not told in time, and its day moved. */
    N25(List.of("contour", "announcement", "grounds", "effectiveDate")),
    /** Taxpayers' consents expire soon. */
    N26(List.of("consents")),
    /** Events about consents were not acknowledged in time. */
    N27(List.of("events")),
    /** An outage or a change was not told in time. */
    N28(List.of("contour", "announcement", "services", "untold")),
    /** Tokens were presented by somebody for whom they were not issued. */
    N29(List.of("contour", "caller", "consents", "since"));

    private static final List<String> ALWAYS = List.of("number", "date", "participant", "procedure", "procedureVersion", "link");
    private static final List<String> WHERE_KNOWN = List.of("participantInn", "participantOgrn", "contour", "services", "requestKind", "causes", "grounds",
            "deadline", "howToAnswer");
    /** What the head of a letter may name, whatever its kind. */
    static final Set<String> FACTS_OF_ALL = union(ALWAYS, WHERE_KNOWN);

    private final List<String> required;
    private final List<String> optional;

    NoticeKind(List<String> required, String... optional) {
        this.required = required;
        this.optional = List.of(optional);
    }

    /** The facts without which it tells nothing. */
    public Set<String> required() {
        return union(ALWAYS, required);
    }

    /** All facts that a text of this kind may name. */
    public Set<String> facts() {
        return union(ALWAYS, WHERE_KNOWN, required, optional);
    }

    @SafeVarargs
    private static Set<String> union(List<String>... names) {
        Set<String> all = new TreeSet<>();
        for (List<String> some : names) {
            all.addAll(some);
        }
        return Set.copyOf(all);
    }
}
