package org.kopuro.access.conformance;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a product must do, by whichever protocol it calls. The list is the catalogue: {@code bin/conformance --list} prints it, docs/protocols/conformance.md explains it,
 * and a report is taken only when all of it is passed. Ids stay; a changed list is a new {@link #CATALOGUE}.
 */
public enum Scenario {
    SIGNED_CALLS("CONF-01", "Signs a call of each named service so that TEST answers it.",
            "TEST's own answer, its signature verified; the product says that it was answered.", "ACC-O19, tax-v1 Signature, rest-v1 Who calls", false),
    REFUSED_BY_TEST("CONF-02", "Takes a refusal of TEST for a refusal.",
            "A call that TEST must refuse is forwarded once; the product says that it was refused.", "CON-44, tax-v1 Refusals", false),
    OWN_MESSAGES("CONF-03", "Makes each request a message of its own, complete and signed.",
            "Every request of the whole run: header, certificate, signature over all parts, time-stamp; no message id for two questions, nothing signed sent twice.",
            "tax-v1 Header, Signature, rest-v1 Who calls", false),
    TOKEN_WITH_ITS_QUESTION("CONF-04", "Sends a token with its own question only.",
            "Every request of the whole run, and questions about two taxpayers in turn, at last one without a token.", "CON-40, CON-60, SUBJECT_MISMATCH", true),
    TOKEN_TO_ITS_ADDRESS("CONF-05", "Sends a token to the address it was told, to no other.",
            "Answers that point elsewhere (301, 302, 307, 308): nothing arrives there.", "CON-37", false),
    FINAL_FAULTS("CONF-06", "Stops at each refusal of the exchange, in CamelCase.",
            "Each code of the protocol is answered once, as a SOAP Fault or as a REST error: one request, and the product says that it was refused.", "tax-v1 Refusals, rest-v1 Answers, CON-160", false),
    FINAL_FAULTS_SNAKE_CASE("CONF-07", "Stops at each refusal of the exchange, in snake_case of X-Road 7.8.",
            "As CONF-06.", "tax-v1 Refusals, rest-v1 Answers, CON-160", false),
    BUSINESS_REFUSALS("CONF-08", "Stops at each refusal of a service, at one it does not know, too.",
            "Each code of the protocol is answered once: one request, and the product says that it was refused.", "CON-42, CON-43, CON-160", false),
    STOPS_ON_EXPIRY("CONF-09", "Uses a token no more that has expired.",
            "CONSENT_EXPIRED; asked again the product sends that token no more; with another token it is answered.", "CON-71, ACC-O21", true),
    STOPS_ON_DEACTIVATION("CONF-10", "Uses a token no more that was deactivated.",
            "As CONF-09, with CONSENT_REVOKED.", "CON-71, CON-100, ACC-O21", true),
    STOPS_ON_EXHAUSTION("CONF-11", "Uses a token no more whose calls are used up.",
            "As CONF-09, with CONSENT_EXHAUSTED.", "CON-64, CON-70", true),
    PAUSE_IS_NO_END("CONF-12", "Works again after a freeze or a suspension.",
            "CONSENT_FROZEN, PARTICIPANT_SUSPENDED: one request each; asked again the product sends the same token and is answered.", "CON-70, CON-174", true),
    RETRIES_OUTAGES("CONF-13", "Repeats a call after an outage.",
            "TemporarilyUnavailable in both spellings, HTTP 503, a connection that breaks: after a second or more comes the same question, signed anew; its answer is taken.",
            "tax-v1 Refusals, ACC-O8", false),
    GIVES_UP("CONF-14", "Gives up after five attempts.",
            "An outage that does not end: at most five requests, a second or more between them, and the product does not say that it was answered.", "tax-v1 Refusals", false),
    REJECTS_FORGED_ANSWERS("CONF-15", "Throws away an answer that TEST did not sign as it stands.",
            "Unsigned, of another key, changed, with another Body than the signed one, of an hour ago, over REST a refusal made an answer: the product does not say that it was answered.",
            "first-call, tax-v1 Signature, rest-v1 Who calls", false),
    REJECTS_ANSWERS_TO_OTHERS("CONF-16", "Throws away an answer to another call.",
            "Signed, with another xrd:id, service or client; over REST for another X-Road-Id or for none: the product does not say that it was answered.", "first-call", false),
    REJECTS_UNREADABLE_ANSWERS("CONF-17", "Throws away what is no message.",
            "Nothing, a web page, half a message; over SOAP one with a document type that names an address, over REST a list and brackets without end: the product does not say that it was answered, and does not go to that address.",
            "first-call", false),
    WAITS_AND_ENDS("CONF-18", "Waits for a slow answer, but not for ever.",
            "An answer after three seconds is taken; when none comes the product ends by itself in the time allowed.", "ACC-O8", false);

    /** Goes up when a scenario is added or demands more; a report says by which one it was made. */
    public static final int CATALOGUE = 1;

    private final String id;
    private final String demand;
    private final String judgedBy;
    private final String source;
    private final boolean aboutTokens;

    Scenario(String id, String demand, String judgedBy, String source, boolean aboutTokens) {
        this.id = id;
        this.demand = demand;
        this.judgedBy = judgedBy;
        this.source = source;
        this.aboutTokens = aboutTokens;
    }

    public static Optional<Scenario> of(String id) {
        return Arrays.stream(values()).filter(scenario -> scenario.id.equals(id)).findFirst();
    }

    public String id() {
        return id;
    }

    /** What the product must do, one sentence. */
    public String demand() {
        return demand;
    }

    /** What is played and looked at. */
    public String judgedBy() {
        return judgedBy;
    }

    /** Requirements and pages of the protocol. */
    public String source() {
        return source;
    }

    /** Whether it is demanded of a product, of which is said whether it presents tokens. */
    public boolean appliesTo(boolean presentsTokens) {
        return presentsTokens || !aboutTokens;
    }
}
