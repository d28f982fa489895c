package org.kopuro.consent.forms;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kopuro.access.Catalogue;
import org.kopuro.access.Connections;
import org.kopuro.access.ParticipantDisconnected;
import org.kopuro.access.ServiceView;
import org.kopuro.access.SubsystemDropped;
import org.kopuro.access.TokenRule;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.access.duties.IncidentSource;
import org.kopuro.access.duties.Incidents;
import org.kopuro.access.duties.NewIncident;
import org.kopuro.access.monitoring.Caller;
import org.kopuro.access.monitoring.Limits;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.TidingKind;
import org.kopuro.consent.Tidings;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.events.ConsentEventKind;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.documents.DocumentType;
import org.kopuro.documents.DocumentView;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SubsystemId;
import org.kopuro.registers.Registers;
import org.kopuro.registers.TaxpayerView;

/**
 * Transfers of consents by form, and their ends. When {@link #withdraw}, {@link #reportWithdrawal} or {@link #dispute} has returned and is committed, no call that begins later on any
 * node is answered on the consent (CON-73): the row is changed, and every call reads it.
 */
@Stateless
public class Forms {

    /** [data] CON-95. */
    static final int VALIDITY_DAYS = 365;
    private static final int PAGE_MAX = 1000;
    /** As many ids as surely fit into an entry. */
    private static final int FORMS_PER_ENTRY = 1000;

    @Inject
    private FormStore store;
    @Inject
    private FormChanges changes;
    @Inject
    private SignerTrust trust;
    @Inject
    private Registers registers;
    @Inject
    private Catalogue catalogue;
    @Inject
    private Connections connections;
    @Inject
    private Agreements agreements;
    @Inject
    private Incidents incidents;
    @Inject
    private Participants participants;
    @Inject
    private Documents documents;
    @Inject
    private ConsentEvents events;
    @Inject
    private Limits limits;
    @Inject
    private UsageLog usage;
    @Inject
    private Tidings tidings;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** What the checks gathered before the file is looked at. */
    private record Terms(UUID version, Instant expiresAt) {
    }

    /** What the checks came to: an acceptance, or why not. */
    private record Verdict(FormResult result, Optional<SignatureProblem> problem, Optional<Terms> terms, Optional<byte[]> signer) {

        static Verdict rejected(FormResult result) {
            return new Verdict(result, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * Takes a form over from a participant (CON-T20 to CON-T22). The same transfer sent again has the answer that it had; a rejected one is checked anew. Why it is rejected
     * tells whose number and name are right: so rejections are limited, and while a subsystem has no room for one more, nothing is taken from it.
     *
     * @param subsystem to which the taxpayer's consent will be bound, the participant's
     * @param file      received and inspected; empty where none came
     * @param signature that lies beside the file
     */
    public TransferResult transfer(ParticipantId participant, SubsystemId subsystem, Contour contour, NewForm form, Optional<Upload> file, Optional<Upload> signature, Actor by) {
        if (!participants.get(subsystem).participant().equals(participant)) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "subsystem");
        }
        Instant now = clock.instant();
        if (form.signedOn().isAfter(LocalDate.ofInstant(now, Installation.ZONE))) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "signedOn");
        }
        Caller caller = new Caller(contour, subsystem.value(), Limits.REFUSED_TRANSFERS);
        limits.requireRoom(caller, now);
        store.lockTransfers(participant, contour);
        byte[] declaration = form.digest(subsystem.value());
        Optional<FormId> known = store.registered(participant, contour, form, declaration);
        if (known.isPresent()) {
            return result(store.isOf(known.get(), declaration) ? FormResult.REGISTERED : FormResult.ALREADY_REGISTERED, Optional.empty(), known.get(), now);
        }
        Verdict verdict = check(participant, subsystem, contour, form, file, signature, now);
        if (verdict.terms().isEmpty()) {
            limits.count(caller, now);
            Optional<FormId> before = store.rejected(participant, contour, declaration, verdict.result(), verdict.problem());
            if (before.isPresent()) {
                return result(verdict.result(), verdict.problem(), before.get(), now);
            }
        } else {
            store.lockTaxpayer(contour, form.taxpayer());
        }
        FormId id = add(participant, subsystem, contour, form, verdict, file, signature, now, by);
        return result(verdict.result(), verdict.problem(), id, now);
    }

    private TransferResult result(FormResult result, Optional<SignatureProblem> problem, FormId id, Instant now) {
        return new TransferResult(result, problem, store.find(id, now).orElseThrow());
    }

    private FormId add(ParticipantId participant, SubsystemId subsystem, Contour contour, NewForm form, Verdict verdict, Optional<Upload> file, Optional<Upload> signature, Instant now, Actor by) {
        UUID id = UUID.randomUUID();
        String uploader = by.account().map(UUID::toString).orElse(by.role());
        Optional<FormStore.Accepted> accepted = verdict.terms().map(terms -> new FormStore.Accepted(terms.version(), documents.store(file.orElseThrow(), uploader).id(),
                signature.map(beside -> documents.store(beside, uploader)).map(DocumentView::id), verdict.signer(), terms.expiresAt()));
        store.add(id, participant, subsystem, contour, form, verdict.result(), verdict.problem(), accepted, now, by);
        ledger.record(LedgerEvent.of("consent.form_transferred", 1, contour, "form", id, now).with("result", verdict.result()).with("problem", verdict.problem())
                .with("participant", participant.value()).with("subsystem", subsystem.value()).with("services", form.services()).with("signedOn", form.signedOn())
                .with("expiresAt", accepted.map(FormStore.Accepted::expiresAt)).with("formVersion", accepted.map(FormStore.Accepted::version)).with("signing", form.signing())
                .with("fileSha256", form.fileSha256()).with("document", accepted.map(FormStore.Accepted::document)).with("signature", accepted.flatMap(FormStore.Accepted::signature))
                .with("actor", by.account()).with("actorRole", by.role()).personal("subject", form.taxpayer().digits()).personal("number", form.number()));
        if (accepted.isPresent()) {
            tidings.ofForms(List.of(id), TidingKind.REGISTERED, now, Optional.empty(), "");
        }
        return new FormId(id);
    }

    /** The order of CON-94; the first failure is the result. */
    private Verdict check(ParticipantId participant, SubsystemId subsystem, Contour contour, NewForm form, Optional<Upload> file, Optional<Upload> signature, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, Installation.ZONE);
        Optional<TaxpayerView> taxpayer = registers.find(contour, form.taxpayer()).filter(found -> found.endedOn() == null || found.endedOn().isAfter(today));
        if (taxpayer.isEmpty()) {
            return Verdict.rejected(FormResult.TAXPAYER_NOT_FOUND);
        }
        if (!comparable(form.taxpayerName()).equals(comparable(taxpayer.get().fullName()))) {
            return Verdict.rejected(FormResult.NAME_MISMATCH);
        }
        Map<String, ServiceView> callable = catalogue.servicesOf(subsystem, contour).stream().collect(Collectors.toMap(ServiceView::code, Function.identity()));
        if (!form.services().stream().allMatch(code -> callable.containsKey(code) && takesForms(callable.get(code)))) {
            return Verdict.rejected(FormResult.SERVICE_NOT_IN_AGREEMENT);
        }
        connections.requireConnected(participant, contour, form.services(), "services");
        List<AgreementView> inForce = contour != Agreements.CONTOUR ? List.of() : agreements.of(participant, contour).stream()
                .filter(one -> one.inForceOn(today) && one.terms().orElseThrow().services().containsAll(form.services())).toList();
        if (contour == Agreements.CONTOUR && inForce.isEmpty()) {
            return Verdict.rejected(FormResult.SERVICE_NOT_IN_AGREEMENT);
        }
        Optional<UUID> version = store.version(participant, contour, inForce.stream().map(one -> one.id().value()).toList(), form.version());
        if (version.isEmpty()) {
            return Verdict.rejected(FormResult.FORM_VERSION_UNKNOWN);
        }
        LocalDate lastDay = lastDay(form, inForce, form.services().stream().map(callable::get).toList());
        if (lastDay.isBefore(today)) {
            return Verdict.rejected(FormResult.EXPIRED);
        }
        if (file.isEmpty()) {
            return Verdict.rejected(FormResult.DOCUMENT_MISSING);
        }
        if (!file.get().sha256().equals(form.fileSha256())) {
            return Verdict.rejected(FormResult.HASH_MISMATCH);
        }
        try {
            Optional<byte[]> signer = signer(form, file.get(), signature, now);
            return new Verdict(FormResult.REGISTERED, Optional.empty(), Optional.of(new Terms(version.get(), lastDay.plusDays(1).atStartOfDay(Installation.ZONE).toInstant())), signer);
        } catch (InvalidSignature e) {
            return new Verdict(FormResult.SIGNATURE_INVALID, Optional.of(e.problem()), Optional.empty(), Optional.empty());
        }
    }

    /** CON-2: what discloses no tax secret needs no form, and what demands a token takes none instead. */
    private static boolean takesForms(ServiceView service) {
        return service.rule().disclosesTaxSecret() && service.rule().tokenRule() != TokenRule.REQUIRED;
    }

    /** CON-95: as the form says, else as long as the agreement, else as usual; never beyond the services' ceilings, which count from the signature. */
    private static LocalDate lastDay(NewForm form, List<AgreementView> agreements, List<ServiceView> services) {
        LocalDate usual = form.signedOn().plusDays(VALIDITY_DAYS);
        LocalDate last = form.lastDay().orElseGet(() -> agreements.stream().flatMap(one -> one.terms().orElseThrow().lastDay().stream()).max(LocalDate::compareTo).orElse(usual));
        for (ServiceView service : services) {
            LocalDate ceiling = service.rule().validityDays().map(form.signedOn()::plusDays).orElse(LocalDate.MAX);
            last = ceiling.isBefore(last) ? ceiling : last;
        }
        return last;
    }

    /** The thumbprint of the certificate whose key signed; empty where somebody signed by hand. */
    private Optional<byte[]> signer(NewForm form, Upload file, Optional<Upload> signature, Instant now) throws InvalidSignature {
        if (signature.isPresent() != (form.signing() == Signing.CMS_DETACHED)) {
            if (signature.isPresent()) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, "signing");
            }
            throw new InvalidSignature(SignatureProblem.SIGNATURE_MISSING);
        }
        if (form.signing() == Signing.HANDWRITTEN) {
            return Optional.empty();
        }
        boolean inside = form.signing() == Signing.CMS_EMBEDDED;
        if (inside != (file.type() == DocumentType.SIGNED_DOCUMENT)) {
            throw new InvalidSignature(SignatureProblem.SIGNATURE_MISSING);
        }
        try {
            FormSignature verified = inside ? FormSignature.verified(file.octets(), Optional.empty()) : FormSignature.verified(signature.get().octets(), Optional.of(file::content));
            if (!verified.names(form.taxpayer()) && form.representative().filter(person -> verified.names(person.inn())).isEmpty()) {
                throw new InvalidSignature(SignatureProblem.SIGNER_NOT_THE_TAXPAYER);
            }
            trust.require(verified.certificate(), verified.sent(), now);
            return Optional.of(MessageDigest.getInstance("SHA-256").digest(verified.certificate().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new InvalidSignature(SignatureProblem.SIGNATURE_UNREADABLE);
        }
    }

    /** Case, quotation marks, dashes, ё and blanks are written in many ways. */
    private static String comparable(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).replace('ё', 'е').replaceAll("[\\p{Pi}\\p{Pf}\"'“”„]", "").replaceAll("\\p{Pd}", "-")
                .replaceAll("[\\s\\p{Z}]+", " ").strip();
    }

    /** Withdrawn by the taxpayer in the cabinet, at once (CON-T23). */
    public FormView withdraw(Taxpayer taxpayer, FormId id, Actor by) {
        return apply(own(taxpayer, id), FormEvent.WITHDRAW, by, "", Optional.empty(), Optional.empty());
    }

    /**
     * The taxpayer withdrew it with the participant (CON-101). It is effective now, on receipt.
     *
     * @param withdrawnAt when, as the participant says
     */
    public FormView reportWithdrawal(ParticipantId participant, Contour contour, FormId id, Instant withdrawnAt, Actor by) {
        if (withdrawnAt.isAfter(clock.instant())) {
            throw Refusal.of(FormRefusal.WITHDRAWN_IN_THE_FUTURE, "withdrawnAt");
        }
        HeldForm form = store.hold(id).filter(found -> found.contour() == contour && found.participant().equals(participant.value()))
                .orElseThrow(Forms::notFound);
        return apply(form, FormEvent.REPORT_WITHDRAWAL, by, "", Optional.of(withdrawnAt), Optional.empty());
    }

    /** “I did not give this” (CON-T25): it stops at once, and officers learn of it as an incident. */
    public FormView dispute(Taxpayer taxpayer, FormId id, String reason, Actor by) {
        HeldForm form = own(taxpayer, id);
        String why = Input.lines(reason, "reason", 1000);
        FormView disputed = apply(form, FormEvent.DISPUTE, by, why, Optional.empty(), Optional.empty());
        incidents.open(new NewIncident(IncidentSource.TAXPAYER, IncidentSeverity.HIGH, "CONSENT_DISPUTED", Optional.of(disputed.participant()), id.value() + ": " + why),
                form.contour(), by);
        return disputed;
    }

    /** Takes in what a settlement may rest on; of what is not disputed there is nothing to settle. */
    public DocumentView addEvidence(FormId id, Contour contour, Upload evidence, Actor by) {
        HeldForm form = store.hold(id).filter(found -> found.contour() == contour).orElseThrow(Forms::notFound);
        Instant now = clock.instant();
        form.after(FormEvent.SETTLE_AS_GIVEN, now);
        DocumentView document = documents.store(evidence, by.account().map(UUID::toString).orElse(by.role()));
        store.addEvidence(id, document.id(), now);
        return document;
    }

    /**
     * An officer has found out (CON-T26, CON-T27). A disconnection, or the end of its subsystem, leaves what is disputed as it is, so that it can be found out whether it was given; what was,
     * ends for that then (CON-T28): nothing later brings it back.
     *
     * @param evidence on which that rests, added before
     */
    public FormView settle(FormId id, Contour contour, boolean given, String reason, UUID evidence, Actor by) {
        HeldForm form = store.hold(id).filter(found -> found.contour() == contour).orElseThrow(Forms::notFound);
        FormEvent event = given ? FormEvent.SETTLE_AS_GIVEN : FormEvent.SETTLE_AS_NOT_GIVEN;
        String why = Input.lines(reason, "reason", 1000);
        form.after(event, clock.instant());
        if (!store.isEvidence(id, evidence)) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "evidence");
        }
        FormView settled = apply(form, event, by, why, Optional.empty(), Optional.of(evidence));
        if (settled.state() == FormState.REGISTERED && store.holderEndedMeanwhile(id)) {
            return apply(store.hold(id).orElseThrow(), FormEvent.DISCONNECT_PARTICIPANT, Actor.SYSTEM, "", Optional.empty(), Optional.empty());
        }
        return settled;
    }

    private HeldForm own(Taxpayer taxpayer, FormId id) {
        return store.hold(id).filter(form -> form.contour() == taxpayer.contour() && form.taxpayerInn().equals(taxpayer.inn().digits()))
                .orElseThrow(Forms::notFound);
    }

    private FormView apply(HeldForm form, FormEvent event, Actor by, String text, Optional<Instant> declaredAt, Optional<UUID> evidence) {
        Instant now = clock.instant();
        changes.apply(form, event, form.after(event, now), now, by, text, declaredAt, evidence);
        return store.find(form.id(), now).orElseThrow();
    }

    /** Of the taxpayer; what was rejected is nothing of his. */
    public FormView get(Taxpayer taxpayer, FormId id) {
        return found(taxpayer.contour(), id).filter(form -> form.taxpayerInn().equals(taxpayer.inn().digits()) && form.result() == FormResult.REGISTERED).orElseThrow(Forms::notFound);
    }

    /** Of the participant. */
    public FormView get(ParticipantId participant, Contour contour, FormId id) {
        return found(contour, id).filter(form -> form.participant().equals(participant)).orElseThrow(Forms::notFound);
    }

    /** For the authority's staff: what is or was disputed is theirs to look into, and its taxpayer is told that they did (CON-115). */
    public FormView get(Contour contour, FormId id, Actor by) {
        FormView form = found(contour, id).filter(disputed -> !disputed.erased() && store.wasDisputed(disputed.id())).orElseThrow(Forms::notFound);
        usage.formRead(form.id().value(), new Taxpayer(form.contour(), new Inn(form.taxpayerInn())), by);
        return form;
    }

    private Optional<FormView> found(Contour contour, FormId id) {
        return store.find(id, clock.instant()).filter(form -> form.contour() == contour);
    }

    static Refusal notFound() {
        return Refusal.of(InputRefusal.NOT_FOUND, "form");
    }

    /** What is or was registered about the taxpayer, the newest first, one page after {@code before} (CON-96). */
    public List<FormView> about(Taxpayer taxpayer, Optional<UUID> before, int limit) {
        return store.about(taxpayer.contour(), taxpayer.inn(), before, page(limit), clock.instant());
    }

    /** What the participant has transferred, rejected ones included. */
    public List<FormView> of(ParticipantId participant, Contour contour, Optional<UUID> before, int limit) {
        return store.of(participant, contour, before, page(limit), clock.instant());
    }

    /** What waits for an officer. The list is about nobody: whoever opens one of these reads about a taxpayer, and he is told. */
    public List<DisputedForm> disputed(Contour contour, Optional<UUID> before, int limit) {
        return store.disputed(contour, before, page(limit));
    }

    /** The participant's own, by the number that it gave; of several transfers the registered one. */
    public FormView ofNumber(ParticipantId participant, Contour contour, String number) {
        return store.ofNumber(participant, contour, Input.text(number, "number", 100)).flatMap(id -> store.find(id, clock.instant()))
                .orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "number"));
    }

    /** CON-T28: whatever the participant held in the contour under the procedure is withdrawn in the transaction of its disconnection; what is disputed keeps the fact until it is settled. */
    public void endFormsOf(@Observes ParticipantDisconnected news) {
        withdrawn(store.withdrawAll(news), news.participant(), news.contour(), news.at());
    }

    /** The same of a subsystem that its participant gave up. */
    public void endFormsOf(@Observes SubsystemDropped news) {
        withdrawn(store.withdrawAll(news), news.participant(), news.contour(), news.at());
    }

    private void withdrawn(List<UUID> withdrawn, ParticipantId participant, Contour contour, Instant at) {
        events.tellForms(withdrawn, ConsentEventKind.WITHDRAWN, Optional.of(FormEvent.DISCONNECT_PARTICIPANT.cause()), at);
        tidings.ofForms(withdrawn, TidingKind.WITHDRAWN, at, Optional.of(FormEvent.DISCONNECT_PARTICIPANT.cause()), "");
        for (int from = 0; from < withdrawn.size(); from += FORMS_PER_ENTRY) {
            ledger.record(LedgerEvent.of("consent.forms_withdrawn", 1, contour, "participant", participant.value(), at)
                    .with("cause", FormEvent.DISCONNECT_PARTICIPANT.cause()).with("forms", withdrawn.subList(from, Math.min(from + FORMS_PER_ENTRY, withdrawn.size()))));
        }
    }

    private static int page(int limit) {
        return Math.max(1, Math.min(limit, PAGE_MAX));
    }
}
