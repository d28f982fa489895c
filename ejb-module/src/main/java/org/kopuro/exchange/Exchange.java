package org.kopuro.exchange;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.kopuro.access.ImplementedVersions;
import org.kopuro.access.monitoring.Caller;
import org.kopuro.access.monitoring.Limits;
import org.kopuro.consent.ConsentKind;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.Consents;
import org.kopuro.consent.Presented;
import org.kopuro.consent.TokenText;
import org.kopuro.consent.UsageEntry;
import org.kopuro.consent.forms.PresentForm;
import org.kopuro.consent.forms.PresentForms;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/**
 * Answers calls: identity, access, consent, data and the usage entry in one transaction. Whatever comes out, disclosure or
 * refusal, has its record committed; if the record cannot be written, the call fails and nothing is disclosed.
 */
@Stateless
public class Exchange {

    /** Of the entry of a call, whose id is the call's occurrence. */
    public static final String LEDGER_TYPE = "exchange.call";
    /** Of the entry that corrects it where the answer never left. */
    static final String NOT_SENT_LEDGER_TYPE = "exchange.answer_not_sent";
    /** [data] When an answer that nobody kept will not leave any more, and for how long that is looked for. */
    static final Duration UNSENT_AFTER = Duration.ofMinutes(10);
    private static final Duration UNSENT_UNTIL = Duration.ofDays(7);
    private static final int UNSENT_AT_ONCE = 1_000;
    /** How far a message's time-stamp may lie from our clock, either way. */
    public static final Duration TIMESTAMP_WINDOW = Duration.ofMinutes(5);
    /** A replay is kept in mind until its time-stamp would be refused anyway, at the very latest. */
    private static final Duration REPLAY_MEMORY = TIMESTAMP_WINDOW.multipliedBy(3);

    /** What a caller is told that presents a token which is bound to another subsystem. */
    private static final Set<RefusalCode> STRANGERS = Set.of(ConsentRefusal.TOKEN_NOT_ACCEPTED, ConsentRefusal.SUBSYSTEM_MISMATCH);

    @Inject
    private AdmissionStore store;
    @Inject
    private StrangersQuota quota;
    @Inject
    private Consents consents;
    @Inject
    private PresentForms forms;
    @Inject
    private ImplementedVersions implemented;
    @Inject
    private Limits limits;
    @Inject
    private Ledger ledger;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /**
     * Answers one call.
     *
     * @param asked   reads the question out of the message; called once access is allowed, may refuse
     * @param data    reads the data; empty when the register does not know the taxpayer
     * @param unknown the code for that
     * @param records counts what was disclosed
     */
    public <T> Answer<T> answer(Call call, Supplier<Asked> asked, DataSource<T> data, RefusalCode unknown, ToIntFunction<T> records) {
        Instant now = clock.instant();
        UUID occurrence = UUID.randomUUID();
        Optional<List<byte[]>> lookups = call.consentToken().map(consents::lookupsOf).orElse(Optional.of(List.of()));
        Admission admission = new Admission(call, store.read(call, lookups.orElse(List.of()), true, now, now.plus(REPLAY_MEMORY)), installation, now);
        Asked question = null;
        boolean established = false;
        try {
            admission.establishIdentity();
            established = true;
            admission.requireOpen();
            admission.allowAccess(implemented);
            Caller caller = new Caller(admission.contour(), admission.subsystem(), call.service().code());
            if (call.consentToken().isPresent() && admission.rightfulToken().isEmpty()) {
                limits.admitToken(caller, now);
            }
            limits.admit(caller, now);
            question = asked.get();
            limits.admitTaxpayer(caller, question.inn().digits(), now);
            if (admission.ground(question) == ConsentKind.FORM) {
                admission.consider(forms.find(admission.contour(), admission.participant(), admission.subsystem(), question.inn(), call.service().code(), now));
            }
            admission.checkConsent(question, lookups.isEmpty());
            T value = data.read(admission.contour(), question)
                    .orElseThrow(() -> Refusal.of(unknown, "inn"));
            countDisclosure(call, admission, question, now);
            limits.sawTaxpayer(caller, question.inn().digits(), now);
            log(call, admission, Optional.of(question), occurrence, now, UsageEntry.DISCLOSED, records.applyAsInt(value));
            return new Answer.Disclosed<>(value, occurrence, admission.correspondent(), admission.warnsOfId());
        } catch (Refusal refusal) {
            return refused(call, admission, established, Optional.ofNullable(question), refusal, occurrence, now);
        }
    }

    /**
     * Answers a call by which a participant minds its own access. Who calls is established as for every call; neither a connection nor an access right is
     * asked for, because it is those that the participant asks for, and no token counts (decision 0013).
     *
     * <p>What {@code work} refuses is thrown, and undoes all of it, the memory of this call included; it is to be told by {@link #refuse}.
     *
     * @param version of the service
     * @param work    runs in the call's transaction
     * @param records counts what was told
     */
    public <T> Answer<T> answerApplicant(Call call, String version, Function<Applicant, T> work, ToIntFunction<T> records) {
        return answerApplicant(call, version, work, records, value -> Optional.empty());
    }

    /**
     * As above, where what came out is some taxpayer's business.
     *
     * @param trace of it in that taxpayer's log
     */
    public <T> Answer<T> answerApplicant(Call call, String version, Function<Applicant, T> work, ToIntFunction<T> records, Function<T, Optional<Trace>> trace) {
        Instant now = clock.instant();
        UUID occurrence = UUID.randomUUID();
        Call heard = call.withoutToken();
        Admission admission = applicantsAdmission(heard, now);
        boolean established = false;
        try {
            admission.establishIdentity();
            admission.requireLivingCertificate();
            established = true;
            admission.requireOpen();
            admission.requireAddressed(Optional.of(version));
            limits.admit(new Caller(admission.contour(), admission.subsystem(), Limits.APPLICANTS), now);
        } catch (Refusal refusal) {
            return refused(heard, admission, established, Optional.empty(), refusal, occurrence, now);
        }
        T value = work.apply(admission.applicant());
        Optional<Trace> left = trace.apply(value);
        String outcome = left.map(Trace::outcome).orElse(UsageEntry.DISCLOSED);
        log(heard, admission, left.map(Trace::asked), occurrence, now, outcome, outcome.equals(UsageEntry.DISCLOSED) ? records.applyAsInt(value) : 0);
        return new Answer.Disclosed<>(value, occurrence, admission.correspondent(), admission.warnsOfId());
    }

    /**
     * What a call by which a participant minds its own, or somebody else's with his permission, leaves in the log of a taxpayer.
     *
     * @param outcome that he was told about, or as a refusal's code
     */
    public record Trace(String outcome, Asked asked) {

        /** What was told is about the taxpayer, who will read that it was. */
        public static Trace seen(Inn taxpayer) {
            return new Trace(UsageEntry.DISCLOSED, Asked.about(taxpayer));
        }
    }

    /**
     * Records what {@link #answerApplicant} threw, in another transaction. Who calls is established once more: a message that was heard in between, on
     * another node, is a replay here.
     */
    public <T> Answer.Refused<T> refuse(Call call, Refusal refusal) {
        Instant now = clock.instant();
        Call heard = call.withoutToken();
        Admission admission = applicantsAdmission(heard, now);
        try {
            admission.establishIdentity();
            admission.requireLivingCertificate();
        } catch (Refusal stranger) {
            return refused(heard, admission, false, Optional.empty(), stranger, UUID.randomUUID(), now);
        }
        return refused(heard, admission, true, Optional.empty(), refusal, UUID.randomUUID(), now);
    }

    private Admission applicantsAdmission(Call call, Instant now) {
        return new Admission(call, store.read(call, List.of(), false, now, now.plus(REPLAY_MEMORY)), installation, now);
    }

    /** Records a refusal that the edge decided before anybody was authenticated, in a transaction of its own. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void recordAtTheDoor(UUID occurrence, Refusal refusal, Optional<XRoadClient> claimed, Optional<String> messageId, String remoteAddress) {
        record(new SecurityEvent(occurrence, clock.instant(), refusal, claimed.map(XRoadClient::toString), messageId, Optional.empty(), remoteAddress), false);
    }

    /**
     * An answer could not be kept, so it did not leave: its log entry is corrected, and the consent gets back what the call took, in a transaction of its own. Does nothing to an
     * answer that was kept after all, to a refusal, and the second time.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean notSent(UUID occurrence) {
        Instant now = clock.instant();
        Optional<Contour> corrected = consents.notSent(occurrence, now);
        corrected.ifPresent(contour -> ledger.record(LedgerEvent.of(NOT_SENT_LEDGER_TYPE, 1, contour, "usage", occurrence, now)));
        return corrected.isPresent();
    }

    /** Disclosures whose messages should long have been kept, and were not: their node could not even say so. */
    public List<UUID> unsent() {
        Instant now = clock.instant();
        return store.unsent(now.minus(UNSENT_UNTIL), now.minus(UNSENT_AFTER), UNSENT_AT_ONCE);
    }

    /** How to speak to the member that a message claims to come from. */
    public Correspondent correspondentOf(XRoadClient claimed) {
        return store.correspondent(claimed).orElse(Correspondent.UNKNOWN);
    }

    /** A certificate for signatures that a caller names instead of sending it; whether it is good for the call is asked later, with everything else. */
    public Optional<byte[]> certificate(byte[] thumbprint) {
        return store.certificate(thumbprint);
    }

    /** Whether a TLS certificate is that of a Security Server that may bring unsigned messages. */
    public boolean isGateway(byte[] thumbprint) {
        return store.isGateway(thumbprint);
    }

    /** Forgets signed contents that are too old to be accepted anyway, and message ids that may be sent again; any node may do it, one at a time. */
    public int sweepReplays() {
        Instant now = clock.instant();
        return store.sweepReplays(now) + store.sweepHeardIds(now);
    }

    /**
     * Strangers' events are bounded per second and node, so that noise fills no disk; what is left out is counted in the log.
     *
     * @param inLedger whether the call's own entry is in the ledger already
     */
    private void record(SecurityEvent event, boolean inLedger) {
        if (!quota.admits(event.at())) {
            return;
        }
        store.add(event);
        if (!inLedger) {
            ledger.record(LedgerEvent.itself("exchange.stranger_refused", 1, Optional.empty(), "security_event", event.occurrence(), event.at())
                    .with("code", event.refusal().code().name()).with("thumbprint", event.thumbprint().map(HexFormat.of()::formatHex))
                    .personal("client", event.claimedClient()).personal("messageId", event.messageId()).personal("address", event.remoteAddress()));
        }
    }

    /** The day's ceiling first: a call that it stops takes nothing from the budget. */
    private void countDisclosure(Call call, Admission admission, Asked question, Instant now) {
        if (admission.ground(question) == ConsentKind.FORM) {
            admission.rule().callsPerDay().ifPresent(ceiling -> {
                if (!forms.countDisclosure(admission.form().orElseThrow().id(), call.service().code(), LocalDate.ofInstant(now, Installation.ZONE), ceiling)) {
                    throw Refusal.of(ConsentRefusal.FREQUENCY_EXCEEDED, "inn", ceiling);
                }
            });
        }
        if (admission.ground(question) != ConsentKind.TOKEN) {
            return;
        }
        Presented token = admission.rightfulToken().orElseThrow();
        admission.rule().callsPerDay().ifPresent(ceiling -> {
            if (!consents.countDisclosure(token.id(), call.service().code(), LocalDate.ofInstant(now, Installation.ZONE), ceiling)) {
                throw Refusal.of(ConsentRefusal.FREQUENCY_EXCEEDED, "securityToken", ceiling);
            }
        });
        if (token.left().isPresent() && !consents.spend(token.id(), now)) {
            throw Refusal.of(ConsentRefusal.CONSENT_EXHAUSTED, "securityToken");
        }
    }

    private <T> Answer.Refused<T> refused(Call call, Admission admission, boolean established, Optional<Asked> question, Refusal refusal, UUID occurrence, Instant now) {
        if (established) {
            log(call, admission, question, occurrence, now, refusal.code().name(), 0);
        }
        // Another's token, too: else the limit would tell a stranger which tokens are somebody's.
        if (refusal.code() == ConsentRefusal.TOKEN_NOT_ACCEPTED) {
            limits.sawUnknownToken(admission.contour(), admission.subsystem(), now);
        }
        // Of an unknown token nobody is told, by the same statements: no answer comes sooner for being about nobody.
        if (established && STRANGERS.contains(refusal.code())) {
            consents.presentedByStranger(occurrence, admission.tokenOfContour().map(Presented::id), admission.participant(), admission.subsystem(), now);
        }
        if (!established || refusal.code() == ConsentRefusal.TOKEN_NOT_ACCEPTED) {
            record(new SecurityEvent(occurrence, now, refusal, Optional.of(call.client().toString()), Optional.of(call.messageId()),
                    Optional.of(call.credential().thumbprint()), call.remoteAddress()), established);
        }
        Optional<Presented> rightful = refusal.code() instanceof ConsentRefusal ? admission.rightfulToken() : Optional.empty();
        Optional<PresentForm> form = refusal.code() instanceof ConsentRefusal ? admission.form() : Optional.empty();
        return new Answer.Refused<>(refusal, occurrence, admission.correspondent(), admission.warnsOfId(), established, rightful.map(Presented::id).or(() -> form.map(PresentForm::id)),
                rightful.flatMap(token -> token.endAt(now)).or(() -> form.flatMap(given -> given.endAt(now))));
    }

    private void log(Call call, Admission admission, Optional<Asked> question, UUID occurrence, Instant now, String outcome, int records) {
        Optional<ConsentKind> ground = question.filter(asked -> admission.isOfTheCatalogue()).map(admission::ground);
        boolean byToken = ground.orElse(ConsentKind.TOKEN) == ConsentKind.TOKEN;
        Optional<Presented> token = byToken ? admission.tokenOfContour() : Optional.empty();
        Optional<String> askedInn = question.map(asked -> asked.inn().digits());
        ConsentKind kind = token.isPresent() ? ConsentKind.TOKEN : admission.form().isPresent() ? ConsentKind.FORM
                : ground.filter(known -> known == ConsentKind.SELF).orElse(ConsentKind.NONE);
        UsageEntry entry = new UsageEntry(occurrence, now, admission.contour(), admission.participant(), admission.subsystem(),
                call.service().code(), admission.version(), TokenText.mask(call.messageId()), call.userId().map(TokenText::mask), call.issue().map(TokenText::mask), kind, token.map(Presented::id).or(() -> admission.form().map(PresentForm::id)),
                token.map(Presented::taxpayerInn).or(() -> outcome.equals(ConsentRefusal.TOKEN_NOT_ACCEPTED.name()) ? Optional.empty() : askedInn), askedInn,
                question.flatMap(Asked::period).map(Asked.Period::from), question.flatMap(Asked::period).map(Asked.Period::to),
                outcome, records);
        consents.log(entry);
        // The ledger is open to everybody, and a stranger reads the entries of its own calls: they look the same whether the token that it presented is somebody's or nobody's.
        boolean strange = byToken && call.consentToken().isPresent() && admission.rightfulToken().isEmpty();
        LedgerEvent event = LedgerEvent.itself(LEDGER_TYPE, 2, Optional.of(entry.contour()), "usage", occurrence, now)
                .with("outcome", outcome).with("service", entry.serviceCode()).with("serviceVersion", entry.serviceVersion()).with("participant", entry.participant()).with("subsystem", entry.subsystem())
                .with("consentKind", strange ? ConsentKind.NONE : entry.kind()).with("consent", entry.consentId().filter(id -> !strange)).with("records", records)
                .with("periodFrom", entry.periodFrom()).with("periodTo", entry.periodTo())
                .with("signedDigest", call.credential().signedDigest().map(HexFormat.of()::formatHex))
                .personal("asked", entry.askedInn()).personal("messageId", entry.messageId())
                .personal("userId", entry.userId()).personal("issue", entry.issue())
                .with("idRepeated", admission.warnsOfId() ? Optional.of(true) : Optional.empty())
                .personal("representedClass", call.representedParty().flatMap(RepresentedParty::partyClass))
                .personal("representedCode", call.representedParty().map(RepresentedParty::partyCode));
        if (strange) {
            event.personal("subject", entry.taxpayerInn().orElse("")).personal("presented", entry.consentId().map(UUID::toString).orElse(""));
        } else {
            event.personal("subject", entry.taxpayerInn());
        }
        ledger.record(event);
    }

    /** Where the data of a service come from; runs inside the call's transaction and returns, never throws, "unknown". */
    public interface DataSource<T> {
        Optional<T> read(Contour contour, Asked asked);
    }
}
