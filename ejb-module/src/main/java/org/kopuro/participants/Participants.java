package org.kopuro.participants;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/**
 * The register of participants: registration, subsystems, certificates. Each method is one transaction.
 * A change of a certificate counts for the next call on every node, because every call reads it anew.
 */
@Stateless
public class Participants {

    private static final int PAGE_MAX = 200;

    @Inject
    private ParticipantStore store;
    @Inject
    private CertificateStore certificates;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Registers an organisation under its X-Road member identifier, which no other participant may have. */
    public ParticipantView register(NewParticipant registration, Actor by) {
        Participant participant = new Participant(registration, clock.instant());
        store.add(participant);
        store.addEvent(new ParticipantHistory(participant.events, ParticipantEvent.REGISTER, participant.registeredAt, by.account(), by.role(), Optional.empty(), "",
                registration.fullName(), registration.noticeEmail(), registration.ogrn(), registration.inn(), registration.russianInn(), registration.contacts()), participant);
        ledger.record(LedgerEvent.of("participants.registered", 2, "participant", participant.id, clock.instant())
                .with("kind", participant.kind).with("actor", by.account()).with("actorRole", by.role())
                .personal("member", String.join("/", participant.instance, participant.memberClass, participant.memberCode))
                .personal("name", participant.fullName).personal("ogrn", registration.ogrn().map(Ogrn::digits)).personal("inn", registration.inn().map(Inn::digits))
                .personal("russianInn", registration.russianInn().map(RussianInn::digits)));
        return ParticipantView.of(participant, List.of());
    }

    /**
     * What a granted request tells of its participant is so from now on (ACC-46); nothing happens where it is so already.
     *
     * @param contacts that replace those who were there; empty where they stay
     * @param request  the granted one: the database knows its grant, and refuses where there is none
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void change(ParticipantId id, Particulars told, List<NewContact> contacts, UUID request, String reason, Actor by) {
        Participant participant = store.getForChange(id);
        ParticipantView before = ParticipantView.of(participant, List.of());
        told.refuseOfAnotherKind(before.kind());
        told.refuseAnotherInn(before);
        ParticipantHistory now = new ParticipantHistory(participant.events + 1, ParticipantEvent.CHANGE, clock.instant(), by.account(), by.role(), Optional.of(request),
                Input.text(reason, "reason", 1000), told.fullName().orElse(before.fullName()), told.noticeEmail().orElse(before.noticeEmail()),
                told.ogrn().or(before::ogrn), before.inn().map(Inn::new).or(told::inn), before.russianInn().or(told::russianInn), contacts.isEmpty() ? before.contacts() : contacts);
        Set<String> changed = new TreeSet<>();
        changedTo(changed, "fullName", before.fullName(), now.fullName());
        changedTo(changed, "noticeEmail", before.noticeEmail(), now.noticeEmail());
        changedTo(changed, "ogrn", before.ogrn(), now.ogrn());
        changedTo(changed, "inn", before.inn().map(Inn::new), now.inn());
        changedTo(changed, "russianInn", before.russianInn(), now.russianInn());
        changedTo(changed, "contacts", before.contacts(), now.contacts());
        if (changed.isEmpty()) {
            return;
        }
        store.addEvent(now, participant);
        ledger.record(LedgerEvent.of("participants.changed", 1, "participant", participant.id, now.at()).with("number", now.number()).with("changed", changed)
                .with("request", request).with("actor", by.account()).with("actorRole", by.role()).personal("name", now.fullName()).personal("noticeEmail", now.noticeEmail())
                .personal("ogrn", now.ogrn().map(Ogrn::digits)).personal("inn", now.inn().map(Inn::digits)).personal("russianInn", now.russianInn().map(RussianInn::digits))
                .personal("contacts", ParticipantStore.json(now.contacts())).personal("reason", now.reason()));
    }

    public Speech speech(ParticipantId id) {
        Participant participant = store.get(id);
        return new Speech(participant.language, participant.faultDialect);
    }

    /** Counts from the next answer on. */
    public Speech speak(ParticipantId id, Speech speech, String reason, Actor by) {
        String why = Input.text(reason, "reason", 1000);
        store.getForChange(id);
        int number = store.addSpeech(id, speech, why, clock.instant(), by);
        ledger.record(LedgerEvent.of("participants.speech_changed", 1, "participant", id.value(), clock.instant()).with("number", number).with("language", speech.language())
                .with("faultDialect", speech.faultDialect()).with("actor", by.account()).with("actorRole", by.role()).personal("reason", why));
        return speech;
    }

    private static void changedTo(Set<String> changed, String field, Object before, Object now) {
        if (!before.equals(now)) {
            changed.add(field);
        }
    }

    /** All that a participant's record ever said, and who made it say so, the newest first. */
    public List<ParticipantHistory> history(ParticipantId id) {
        store.get(id);
        return store.history(id);
    }

    public ParticipantView get(ParticipantId id) {
        return ParticipantView.of(store.get(id), store.subsystems(id));
    }

    /**
     * Whom a question is about: a participant's people ask of their own, officials of whomever they name, or of all.
     *
     * @param own whose people ask; empty: officials
     * @throws Refusal NOT_FOUND for whom nobody knows, and in the same words for another's own (ACC-61)
     */
    public Optional<ParticipantId> asked(Optional<ParticipantId> own, Optional<ParticipantId> named) {
        if (own.isPresent() && named.isPresent() && !own.equals(named)) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "participant");
        }
        return own.or(() -> named.map(store::get).map(participant -> new ParticipantId(participant.id)));
    }

    /** One page in the order of ids, after the given one. */
    public List<ParticipantView> list(Optional<UUID> after, int limit) {
        return store.participants(after, Math.min(limit, PAGE_MAX)).stream()
                .map(participant -> ParticipantView.of(participant, store.subsystems(new ParticipantId(participant.id))))
                .toList();
    }

    /** Adds a subsystem; the empty code registers the member itself as a caller. */
    public SubsystemView addSubsystem(ParticipantId participant, String code, String name, Actor by) {
        store.get(participant);
        String identifier = code == null || code.isEmpty() ? "" : Input.text(code, "code", 64);
        Subsystem subsystem = new Subsystem(participant.value(), identifier, Input.text(name, "name", 200), clock.instant(), by);
        store.add(subsystem);
        ledger.record(LedgerEvent.of("participants.subsystem_added", 1, "subsystem", subsystem.id, clock.instant())
                .with("participant", participant.value()).with("code", subsystem.code).with("actor", by.account()).with("actorRole", by.role()));
        return SubsystemView.of(subsystem);
    }

    public SubsystemView get(SubsystemId id) {
        return SubsystemView.of(store.get(id));
    }

    /** The subsystem with the X-Road identifier {@code instance/class/code[/subsystem]}. */
    public SubsystemView find(String identifier) {
        String[] parts = Input.text(identifier, "subsystem", 250).split("/", -1);
        if (parts.length < 3 || parts.length > 4) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "subsystem");
        }
        return SubsystemView.of(store.subsystem(parts[0], parts[1], parts[2], parts.length == 4 ? parts[3] : ""));
    }

    /** Binds a certificate to a subsystem in a contour for a purpose; calls signed with it count for that contour alone. */
    public CertificateView registerCertificate(NewCertificate registration, Actor by) {
        store.get(registration.subsystem());
        SigningCertificate certificate = registration.certificate();
        Instant at = clock.instant();
        if (!certificate.notAfter().isAfter(at)) {
            throw Refusal.of(ParticipantRefusal.CERTIFICATE_EXPIRED_ALREADY, "pem");
        }
        certificates.add(registration, at, by);
        CertificateView registered = certificate(certificate.toString(), registration.contour());
        ledger.record(told("participants.certificate_registered", registered, at, by).with("notBefore", registered.notBefore()).with("notAfter", registered.notAfter())
                .with("purpose", registered.purpose()).with("proof", registered.proof()).with("challenge", registration.challenge()).personal("reason", registration.reason()));
        return registered;
    }

    public CertificateView certificate(String thumbprint, Contour contour) {
        return certificates.find(thumbprint(thumbprint), contour).orElseThrow(Participants::unknownCertificate).view();
    }

    /** What happened to a certificate, the oldest first. */
    public List<CertificateChange> certificateHistory(String thumbprint, Contour contour) {
        return certificates.history(HexFormat.of().parseHex(certificate(thumbprint, contour).thumbprint()));
    }

    /** As {@link #certificates}, those of one purpose, with their keys. */
    public List<RegisteredCertificate> registeredCertificates(ParticipantId participant, Contour contour, CertificatePurpose purpose) {
        return certificates.of(participant, contour).stream().filter(one -> one.view().purpose() == purpose)
                .map(one -> new RegisteredCertificate(one.view(), SigningCertificate.read(one.der(), "certificate").certificate())).toList();
    }

    /** Blocks or unblocks a certificate of the given contour. */
    public CertificateView apply(CertificateEvent event, String thumbprint, Contour contour, String reason, Actor by) {
        if (event != CertificateEvent.BLOCK && event != CertificateEvent.UNBLOCK) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        }
        CertificateView before = certificates.findForChange(thumbprint(thumbprint), contour).orElseThrow(Participants::unknownCertificate).view();
        change(before, event, clock.instant(), by, Input.text(reason, "reason", 1000));
        return certificate(thumbprint, contour);
    }

    private void change(CertificateView before, CertificateEvent event, Instant at, Actor by, String reason) {
        CertificateState next = before.state().on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", before.state(), event));
        certificates.addEvent(before, event, next, at, by, reason);
        ledger.record(told("participants.certificate_changed", before, at, by).with("event", event).with("state", next).personal("reason", reason));
    }

    private static Refusal unknownCertificate() {
        return Refusal.of(InputRefusal.NOT_FOUND, "thumbprint");
    }

    /** A participant's certificates in a contour, the soonest to expire first, blocked and ended ones among them. */
    public List<CertificateView> certificates(ParticipantId participant, Contour contour) {
        return certificates.of(participant, contour).stream().map(CertificateStore.Held::view).toList();
    }

    /** Which certificates of any participant are good now and soon are not, the soonest first. */
    public List<CertificateView> expiringUntil(Instant moment, Contour contour, int limit) {
        return certificates.expiring(contour, clock.instant(), moment, Math.max(1, Math.min(limit, PAGE_MAX))).stream().map(CertificateStore.Held::view).toList();
    }

    /** Ends all certificates of the participant in the contour, for ever; how many. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public int endCertificates(ParticipantId participant, Contour contour, String reason, Instant at) {
        return end(certificates.livingForChange(participant, contour), reason, at);
    }

    /** Ends the certificates of one subsystem in the contour; how many. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public int endCertificates(SubsystemId subsystem, ParticipantId participant, Contour contour, String reason, Instant at) {
        return end(certificates.livingForChange(participant, contour).stream().filter(certificate -> certificate.view().subsystem().equals(subsystem)).toList(), reason, at);
    }

    private int end(List<CertificateStore.Held> living, String reason, Instant at) {
        living.forEach(certificate -> change(certificate.view(), CertificateEvent.END, at, Actor.SYSTEM, reason));
        return living.size();
    }

    private static LedgerEvent told(String type, CertificateView certificate, Instant at, Actor by) {
        return LedgerEvent.of(type, 1, certificate.contour(), "subsystem", certificate.subsystem().value(), at).with("thumbprint", certificate.thumbprint())
                .with("actor", by.account()).with("actorRole", by.role());
    }

    private static byte[] thumbprint(String hexadecimal) {
        try {
            return HexFormat.of().parseHex(Input.text(hexadecimal, "thumbprint", 64));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "thumbprint");
        }
    }
}
