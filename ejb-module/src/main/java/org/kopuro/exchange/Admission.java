package org.kopuro.exchange;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ImplementedVersions;
import org.kopuro.access.ServiceRule;
import org.kopuro.access.TokenRule;
import org.kopuro.consent.ConsentKind;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.Presented;
import org.kopuro.consent.TokenCheck;
import org.kopuro.consent.forms.PresentForm;
import org.kopuro.exchange.repetition.RepetitionPolicy;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/**
 * Decides a call from its facts, without a database: the table of checks, in their order. Each method is a group of checks
 * that presupposes the groups before it; each throws the first refusal it finds.
 */
final class Admission {

    private final Call call;
    private final AdmissionFacts facts;
    private final Installation installation;
    private final Instant now;
    private Optional<PresentForm> form = Optional.empty();

    Admission(Call call, AdmissionFacts facts, Installation installation, Instant now) {
        this.call = call;
        this.facts = facts;
        this.installation = installation;
        this.now = now;
    }

    /** Who calls: the certificate is known, valid and bound to the subsystem that the header names, and is heard first now. */
    void establishIdentity() {
        if (facts.certificate().filter(known -> installation.serves(known.contour())).isEmpty()) {
            throw Refusal.of(call.credential().gateway() ? IdentityRefusal.GATEWAY_UNKNOWN : IdentityRefusal.CERTIFICATE_UNKNOWN,
                    "wsse:BinarySecurityToken");
        }
        if (facts.caller().flatMap(AdmissionFacts.Caller::subsystem).isEmpty()) {
            throw Refusal.of(IdentityRefusal.MEMBER_UNKNOWN, "xrd:client", call.client().toString());
        }
        AdmissionFacts.Certificate certificate = facts.certificate().get();
        if (!call.credential().gateway() && !certificate.subsystem().equals(Optional.of(subsystem()))) {
            throw Refusal.of(IdentityRefusal.CERTIFICATE_OF_ANOTHER_SUBSYSTEM, "xrd:client");
        }
        if (certificate.blocked()) {
            throw Refusal.of(IdentityRefusal.CERTIFICATE_BLOCKED, "wsse:BinarySecurityToken");
        }
        if (now.isBefore(certificate.notBefore())) {
            throw Refusal.of(IdentityRefusal.CERTIFICATE_NOT_YET_VALID, "wsse:BinarySecurityToken", certificate.notBefore().toString());
        }
        if (now.isAfter(certificate.notAfter())) {
            throw Refusal.of(IdentityRefusal.CERTIFICATE_EXPIRED, "wsse:BinarySecurityToken", certificate.notAfter().toString());
        }
        if (facts.replayed()) {
            throw Refusal.of(IdentityRefusal.MESSAGE_REPLAYED, "wsse:Security");
        }
    }

    /**
     * Whether the contour is open, and the message's id new where that is asked for. Told to whoever is known, connected or not: a Security Server in maintenance
     * does not look at rights either.
     */
    void requireOpen() {
        facts.closed().filter(AdmissionFacts.Closed::wholeContour).ifPresent(closed -> {
            throw retryAfter(Refusal.of(ExchangeRefusal.MAINTENANCE_MODE, "xrd:service", closed.notice()), closed);
        });
        if (facts.repeated().equals(Optional.of(RepetitionPolicy.REFUSE))) {
            throw Refusal.of(ExchangeRefusal.MESSAGE_ID_REPEATED, "xrd:id");
        }
    }

    private static Refusal retryAfter(Refusal refusal, AdmissionFacts.Closed closed) {
        return closed.until().map(refusal::retryAfter).orElse(refusal);
    }

    /** Whether the answer warns of the message's id. */
    boolean warnsOfId() {
        return facts.repeated().equals(Optional.of(RepetitionPolicy.WARN));
    }

    /** Whoever was disconnected asks for anything with a certificate that was registered since: those that have ended are told the end, and nothing else. */
    void requireLivingCertificate() {
        if (facts.certificate().orElseThrow().ended()) {
            throw Refusal.of(IdentityRefusal.CERTIFICATE_BLOCKED, "wsse:BinarySecurityToken");
        }
    }

    /** Whether the subsystem may call the service in this contour at all (steps 1 and 2 of CON-42). */
    void allowAccess(ImplementedVersions implemented) {
        facts.connection().orElseThrow(() -> Refusal.of(AccessRefusal.PARTICIPANT_NOT_CONNECTED, "xrd:client")).requirePassing("xrd:client");
        // A version that the catalogue serves and no code here answers is none: the answer would be another version's.
        requireAddressed(version().filter(version -> implemented.include(call.service().code(), version)));
        AdmissionFacts.Rights rights = facts.rights();
        if (!rights.today()) {
            String missing = !rights.any() ? "subsystem" : !rights.toService() ? "service" : !rights.inContour() ? "contour" : "period";
            throw Refusal.of(AccessRefusal.ACCESS_RIGHT_MISSING, "accessRight." + missing);
        }
        AdmissionFacts.Offered service = facts.service().get();
        service.untestedMajor().ifPresent(major -> {
            throw Refusal.of(AccessRefusal.MAJOR_VERSION_NOT_TESTED, "xrd:service", call.service().code(), major);
        });
        if (!service.enabled()) {
            throw Refusal.of(AccessRefusal.SERVICE_DISABLED, "xrd:service", service.disabledNotice().orElse(""));
        }
        facts.closed().ifPresent(closed -> {
            throw retryAfter(Refusal.of(AccessRefusal.SERVICE_DISABLED, "xrd:service", closed.notice()), closed);
        });
        service.unavailableUntil().ifPresent(until -> {
            throw Refusal.of(AccessRefusal.SERVICE_UNAVAILABLE_PLANNED, "xrd:service", until.toString()).retryAfter(until);
        });
    }

    /**
     * Whether the call is addressed to us and to a service that there is.
     *
     * @param offered the version that is served; empty where there is no such service, or not in the version that the call names
     */
    void requireAddressed(Optional<String> offered) {
        ServiceAddress addressed = call.service();
        if (!addressed.instance().equals(installation.instance()) || !addressed.memberClass().equals(installation.memberClass())
                || !addressed.memberCode().equals(installation.memberCode())) {
            throw Refusal.of(IdentityRefusal.PROVIDER_UNKNOWN, "xrd:service");
        }
        if (addressed.subsystemCode().filter(code -> !code.equals(installation.subsystemCode())).isPresent()
                || offered.isEmpty() || addressed.version().filter(version -> !version.equals(offered.get())).isPresent()) {
            throw Refusal.of(AccessRefusal.SERVICE_UNKNOWN, "xrd:service");
        }
    }

    /** What the taxpayer has given by form, where that is the ground; looked for once it is known about whom the call asks. */
    void consider(Optional<PresentForm> found) {
        form = found;
    }

    /**
     * Whether the taxpayer allows it, or nobody's permission is needed (steps 3 to 11 of CON-42).
     *
     * @param malformed whether a token was sent whose spelling cannot be one
     */
    void checkConsent(Asked asked, boolean malformed) {
        ServiceRule rule = rule();
        switch (ground(asked)) {
            case NONE, SELF -> { }
            case FORM -> form.orElseThrow(() -> Refusal.of(ConsentRefusal.CONSENT_REQUIRED, rule.tokenRule() == TokenRule.ACCEPTED ? "securityToken" : "inn")).refusalAt(now)
                    .ifPresent(refusal -> {
                        throw refusal;
                    });
            case TOKEN -> {
                if (call.consentToken().isEmpty()) {
                    throw Refusal.of(ConsentRefusal.CONSENT_REQUIRED, "securityToken");
                }
                if (malformed) {
                    throw Refusal.of(ConsentRefusal.TOKEN_MALFORMED, "securityToken");
                }
                tokenCheck(asked).refusalOf(facts.token()).ifPresent(refusal -> {
                    throw refusal;
                });
            }
        }
        asked.period().ifPresent(period -> {
            if (ground(asked) == ConsentKind.TOKEN) {
                checkCovered(period);
            }
            checkPeriod(period, rule);
        });
    }

    /**
     * On what ground the call is judged. A token that was sent decides alone wherever one counts (CON-4); a service that
     * uses none ignores it. Where a token is not demanded, a form may stand in for it (CON-2, CON-43).
     */
    ConsentKind ground(Asked asked) {
        if (facts.service().isEmpty()) {
            // What applicants call stands in no catalogue, and rests on nobody's consent.
            return ConsentKind.NONE;
        }
        ServiceRule rule = rule();
        if (!rule.needsConsent() && rule.tokenRule() == TokenRule.NOT_USED) {
            return ConsentKind.NONE;
        }
        boolean presented = call.consentToken().isPresent() && rule.tokenRule() != TokenRule.NOT_USED;
        if (!presented && rule.selfCall() && facts.caller().get().inn().equals(Optional.of(asked.inn().digits()))) {
            return ConsentKind.SELF;
        }
        return presented || rule.tokenRule() == TokenRule.REQUIRED ? ConsentKind.TOKEN : ConsentKind.FORM;
    }

    /** Whether the call is to a service of the catalogue, by whose rule it is judged; applicants' operations are none. */
    boolean isOfTheCatalogue() {
        return facts.service().isPresent();
    }

    /** The presented token, as far as this caller may know of it. */
    Optional<Presented> rightfulToken() {
        return facts.token().filter(token -> new TokenCheck(contour(), participant(), subsystem(), null, now).isRightful(token));
    }

    /** The presented token if it lives in this contour, whoever presents it: its taxpayer will see the call. */
    Optional<Presented> tokenOfContour() {
        return facts.token().filter(token -> token.contour() == contour());
    }

    /** The form consent on which the call was judged; its participant and subsystem are the caller. */
    Optional<PresentForm> form() {
        return form;
    }

    /** The version that the call is to; empty where none is served that it could mean. */
    Optional<String> version() {
        return facts.service().flatMap(AdmissionFacts.Offered::version);
    }

    Contour contour() {
        return facts.certificate().orElseThrow().contour();
    }

    UUID participant() {
        return facts.caller().orElseThrow().participant();
    }

    UUID subsystem() {
        return facts.caller().flatMap(AdmissionFacts.Caller::subsystem).orElseThrow();
    }

    Applicant applicant() {
        return new Applicant(new ParticipantId(participant()), new SubsystemId(subsystem()), contour(), correspondent().language());
    }

    Correspondent correspondent() {
        return facts.caller().map(AdmissionFacts.Caller::correspondent).orElse(Correspondent.UNKNOWN);
    }

    ServiceRule rule() {
        return facts.service().orElseThrow().rule();
    }

    private TokenCheck tokenCheck(Asked asked) {
        return new TokenCheck(contour(), participant(), subsystem(), asked.inn(), now);
    }

    /** CON-63: wholly inside, or refused in full. */
    private void checkCovered(Asked.Period period) {
        facts.token().flatMap(Presented::period).filter(months -> !months.cover(period.from(), period.to())).ifPresent(months -> {
            throw Refusal.of(ConsentRefusal.PERIOD_NOT_COVERED, "period", "–", months.first().toString(), months.last().toString());
        });
    }

    private void checkPeriod(Asked.Period period, ServiceRule rule) {
        LocalDate today = LocalDate.ofInstant(now, Installation.ZONE);
        YearMonth oldest = rule.dataAgeMonths().map(months -> YearMonth.from(today).minusMonths(months)).orElse(null);
        long span = ChronoUnit.MONTHS.between(YearMonth.from(period.from()), YearMonth.from(period.to())) + 1;
        if (oldest != null && YearMonth.from(period.from()).isBefore(oldest) || rule.dataRangeMonths().filter(most -> span > most).isPresent()) {
            throw Refusal.of(ConsentRefusal.PERIOD_NOT_COVERED, "period",
                    rule.dataRangeMonths().map(String::valueOf).orElse("–"), oldest == null ? "–" : oldest.toString(), "–");
        }
    }
}
