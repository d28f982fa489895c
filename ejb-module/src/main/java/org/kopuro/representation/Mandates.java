package org.kopuro.representation;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.kopuro.documents.DocumentContent;
import org.kopuro.documents.DocumentView;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.registers.Registers;
import org.kopuro.registers.TaxpayerView;

/**
 * Mandates: granted, passed on, exercised, ended. When {@link #revoke} or {@link #resign} has returned and is committed, nothing is done under the mandate any more on any node, and
 * what was made under it has ended with it.
 */
@Stateless
public class Mandates {

    /** [data] In force for one taxpayer, those passed on included. */
    static final int IN_FORCE_MAX = 100;
    /** [data] */
    static final int GROUNDS_PER_DAY_MAX = 20;
    private static final int DUE_AT_ONCE = 100;
    private static final int PAGE_MAX = 1000;

    @Inject
    private MandateStore store;
    @Inject
    private Registers registers;
    @Inject
    private Documents documents;
    @Inject
    private Ledger ledger;
    @Inject
    private Event<MandateEnded> ended;
    @Inject
    private Clock clock;

    /** By the taxpayer himself, or through his head. */
    public MandateView grant(Acting acting, NewMandate wish, Actor by) {
        Inn taxpayer = himself(acting).taxpayer();
        return add(acting.contour(), Optional.empty(), taxpayer, taxpayer, wish, by);
    }

    /** By the representative of the mandate that is acted under: to another one, at most what he has himself (CON-131). It ends with what it was passed on from. */
    public MandateView delegate(Acting acting, NewMandate wish, Actor by) {
        HeldMandate above = exercised(acting);
        if (above.parent().isPresent()) {
            throw Refusal.of(MandateRefusal.DELEGATION_TOO_DEEP, "mandate");
        }
        Authority authority = authority(acting, above);
        new TreeSet<>(wish.rights()).forEach(authority::require);
        authority.requireServices(wish.services());
        authority.requireTerm(wish.firstDay(), wish.lastDay());
        return add(acting.contour(), Optional.of(above.id()), above.taxpayer(), above.representative(), wish, by);
    }

    private MandateView add(Contour contour, Optional<MandateId> parent, Inn taxpayer, Inn grantor, NewMandate wish, Actor by) {
        Instant now = clock.instant();
        Instant beginsAt = wish.firstDay().atStartOfDay(Installation.ZONE).toInstant();
        Instant expiresAt = wish.lastDay().plusDays(1).atStartOfDay(Installation.ZONE).toInstant();
        if (!expiresAt.isAfter(now)) {
            throw Refusal.of(MandateRefusal.TERM_OVER, "lastDay");
        }
        if (wish.representative().equals(taxpayer) || wish.representative().equals(grantor)) {
            throw Refusal.of(MandateRefusal.REPRESENTATIVE_IS_PARTY, "representative");
        }
        LocalDate today = LocalDate.ofInstant(now, Installation.ZONE);
        if (registers.find(contour, wish.representative()).filter(person -> person.endedOn() == null || person.endedOn().isAfter(today)).isEmpty()) {
            throw Refusal.of(MandateRefusal.REPRESENTATIVE_UNKNOWN, "representative");
        }
        store.unknownService(wish.services()).ifPresent(code -> {
            throw Refusal.of(MandateRefusal.SERVICE_UNKNOWN, "services", code);
        });
        store.lock(contour, taxpayer);
        if (store.inForce(contour, taxpayer, now) >= IN_FORCE_MAX) {
            throw Refusal.of(MandateRefusal.MANDATES_TOO_MANY, "mandate", IN_FORCE_MAX);
        }
        MandateId id = new MandateId(UUID.randomUUID());
        store.add(id, contour, parent, taxpayer, grantor, wish, beginsAt, expiresAt, now, by);
        MandateView granted = store.find(id, now).orElseThrow();
        ledger.record(entry(id, contour, taxpayer, MandateEvent.GRANT, MandateState.IN_FORCE, now, by).with("parent", parent.map(MandateId::value)).with("rights", new TreeSet<>(wish.rights()))
                .with("services", wish.services()).with("beginsAt", beginsAt).with("expiresAt", expiresAt).with("documentSha256", granted.groundSha256())
                .personal("grantor", grantor.digits()).personal("representative", wish.representative().digits()).personal("ground", wish.ground().words()));
        store.addTiding(id, contour, Stream.of(taxpayer, wish.representative()).filter(told -> !told.equals(grantor)).toList(), MandateTidingKind.GRANTED, now, List.of());
        return granted;
    }

    /** A paper that mandates of this taxpayer, as their grantor, may rest on. */
    public DocumentView fileGround(Acting acting, Upload upload, Actor by) {
        Instant now = clock.instant();
        Inn party = party(acting);
        store.lock(acting.contour(), party);
        if (store.groundsSince(acting.contour(), party, LocalDate.ofInstant(now, Installation.ZONE).atStartOfDay(Installation.ZONE).toInstant()) >= GROUNDS_PER_DAY_MAX) {
            throw Refusal.of(MandateRefusal.GROUNDS_TOO_MANY, "file", GROUNDS_PER_DAY_MAX);
        }
        DocumentView document = documents.store(upload, by.account().orElseThrow().toString());
        store.addGround(document.id(), acting.contour(), party, now, by);
        return document;
    }

    /** By the grantor, or by the taxpayer at the beginning of the chain (CON-134). Whatever hangs on it ends at the same instant. */
    public MandateView revoke(Acting acting, MandateId id, Actor by) {
        return end(acting, id, MandateEvent.REVOKE, by);
    }

    /** By the representative. */
    public MandateView resign(Acting acting, MandateId id, Actor by) {
        return end(acting, id, MandateEvent.RESIGN, by);
    }

    private MandateView end(Acting acting, MandateId id, MandateEvent event, Actor by) {
        Inn party = party(acting);
        get(acting, id);
        HeldMandate mandate = store.hold(id).orElseThrow();
        if (event == MandateEvent.RESIGN ? !mandate.representative().equals(party) : !party.equals(mandate.grantor()) && !party.equals(mandate.taxpayer())) {
            throw Refusal.of(event == MandateEvent.RESIGN ? MandateRefusal.ONLY_REPRESENTATIVE : MandateRefusal.ONLY_GRANTOR, "mandate");
        }
        Instant now = clock.instant();
        end(mandate, event, mandate.after(event, now), now, by, Optional.of(party));
        return get(acting, id);
    }

    private void end(HeldMandate mandate, MandateEvent event, MandateState to, Instant at, Actor by, Optional<Inn> party) {
        List<HeldMandate> beneath = store.holdChildren(mandate.id());
        for (HeldMandate child : beneath) {
            // Its own term may be over as well, and from then on it only expires.
            MandateEvent own = child.stored().at(child.expiresAt(), at) == MandateState.EXPIRED ? MandateEvent.REACH_EXPIRY : MandateEvent.END_PARENT;
            write(child, own, child.after(own, at), at, Actor.SYSTEM, Optional.empty());
        }
        write(mandate, event, to, at, by, party);
        List<MandateId> ids = new ArrayList<>(beneath.stream().map(HeldMandate::id).toList());
        ids.add(mandate.id());
        ended.fire(new MandateEnded(mandate.contour(), ids, at));
    }

    private void write(HeldMandate mandate, MandateEvent event, MandateState to, Instant at, Actor by, Optional<Inn> party) {
        store.addEvent(mandate, event, to, at, by, party);
        ledger.record(entry(mandate.id(), mandate.contour(), mandate.taxpayer(), event, to, at, by));
        store.addTiding(mandate.id(), mandate.contour(), mandate.parties().stream().filter(told -> !party.equals(Optional.of(told))).toList(), MandateTidingKind.valueOf(to.name()), at, List.of());
    }

    private static LedgerEvent entry(MandateId id, Contour contour, Inn taxpayer, MandateEvent event, MandateState to, Instant at, Actor by) {
        return LedgerEvent.of("representation.mandate_changed", 1, contour, "mandate", id.value(), at).personal("subject", taxpayer.digits()).with("event", event).with("state", to)
                .with("cause", Optional.ofNullable(event.cause())).with("actor", by.account()).with("actorRole", by.role());
    }

    /** What time has brought to an end and is not yet written down; some of it. */
    public List<MandateId> due() {
        return store.due(today(), clock.instant(), DUE_AT_ONCE);
    }

    /** Writes it down, each in a transaction of its own; false where somebody else did, or the register was put right meanwhile. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean fallDue(MandateId id) {
        Instant now = clock.instant();
        Optional<HeldMandate> held = store.hold(id).filter(mandate -> mandate.stored() == MandateState.IN_FORCE);
        Optional<MandateEvent> due = held.flatMap(mandate -> !now.isBefore(mandate.expiresAt()) ? Optional.of(MandateEvent.REACH_EXPIRY)
                : store.partyHasEnded(mandate, today()) ? Optional.of(MandateEvent.END_PARTY) : Optional.empty());
        due.ifPresent(event -> end(held.get(), event, held.get().after(event, now), now, Actor.SYSTEM, Optional.empty()));
        return due.isPresent();
    }

    /**
     * What the person may do for the taxpayer, as of now and until the transaction ends: a mandate that is exercised here is ended after it only. Refuses whoever is not the head or the
     * representative that he says to be, and a mandate without the right.
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public Authority exercise(Acting acting, MandateRight right) {
        if (acting.mandate().isEmpty()) {
            return himself(acting);
        }
        Authority authority = authority(acting, exercised(acting));
        authority.require(right);
        return authority;
    }

    /** For what nobody does under a mandate: the taxpayer himself, or an organisation through its head. */
    public Authority himself(Acting acting) {
        if (acting.mandate().isPresent()) {
            throw Refusal.of(MandateRefusal.ONLY_TAXPAYER, "mandate");
        }
        Inn party = party(acting);
        Authority own = Authority.himself(acting.contour(), party);
        return new Authority(own.contour(), party, own.mandate(), own.rights(), own.services(), own.from(), own.until(), head(acting).stream().toList());
    }

    /** Leaves a mandate as it is until the transaction ends, for whoever is about to hold what stands on it: mandates are held before tokens. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void keep(MandateId id) {
        store.share(id);
    }

    private HeldMandate exercised(Acting acting) {
        Inn party = party(acting);
        MandateId id = acting.mandate().orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "mandate"));
        HeldMandate mandate = store.share(id).filter(found -> found.contour() == acting.contour() && found.representative().equals(party))
                .orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "mandate"));
        if (!mandate.inForce(clock.instant()) || store.partyHasEnded(mandate, today())) {
            throw Refusal.of(MandateRefusal.MANDATE_NOT_IN_FORCE, "mandate");
        }
        return mandate;
    }

    /** What is above a mandate in force is in force. */
    private Authority authority(Acting acting, HeldMandate mandate) {
        Instant now = clock.instant();
        List<Link> chain = new ArrayList<>();
        mandate.parent().flatMap(above -> store.find(above, now)).ifPresent(above -> chain.add(link(above)));
        MandateView view = store.find(mandate.id(), now).orElseThrow();
        chain.add(link(view));
        head(acting).ifPresent(chain::add);
        return new Authority(acting.contour(), mandate.taxpayer(), Optional.of(mandate.id()), mandate.rights(), Optional.of(Set.copyOf(view.services())), Optional.of(mandate.beginsAt()),
                Optional.of(mandate.expiresAt()), List.copyOf(chain));
    }

    private static Link link(MandateView mandate) {
        return new Link(Capacity.MANDATE, mandate.representative(), mandate.representativeName(), Optional.of(mandate.id()), mandate.ground().words());
    }

    private Optional<Link> head(Acting acting) {
        return acting.headOf().map(organisation -> new Link(Capacity.HEAD, acting.person(), registers.find(acting.contour(), acting.person()).orElseThrow().fullName(), Optional.empty(),
                "registers.head"));
    }

    /** As whom he acts: as himself, or as the organisation that the register says he is a head of. */
    private Inn party(Acting acting) {
        acting.headOf().ifPresent(organisation -> {
            if (!registers.isHead(acting.contour(), organisation, acting.person(), today())) {
                throw Refusal.of(MandateRefusal.NOT_THE_HEAD, "headOf");
            }
        });
        return acting.party();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Installation.ZONE);
    }

    /** Granted, held or passed on, and passed on for him, the newest first. */
    public List<MandateView> list(Acting acting, Optional<UUID> before, int limit) {
        return store.of(acting.contour(), party(acting), before, page(limit), clock.instant());
    }

    public MandateView get(Acting acting, MandateId id) {
        Inn party = party(acting);
        return store.find(id, clock.instant()).filter(mandate -> mandate.concerns(acting.contour(), party)).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "mandate"));
    }

    /** The paper that it rests on. */
    public DocumentContent ground(Acting acting, MandateId id) {
        return documents.open(get(acting, id).ground().document().orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "document")));
    }

    /** The organisations that the signed-in person may act for as a head. */
    public List<TaxpayerView> headedBy(Acting acting) {
        return registers.headedBy(acting.contour(), acting.person(), today());
    }

    public List<MandateTiding> tidings(Acting acting, Optional<UUID> before, int limit) {
        return store.tidings(acting.contour(), party(acting), before, page(limit), clock.instant());
    }

    /** What ended with a mandate, for its representative and whoever passed it on; the taxpayer is told of each. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void tellRevoked(MandateId id, Collection<UUID> tokens, Instant at) {
        MandateView mandate = store.find(id, at).orElseThrow();
        store.addTiding(id, mandate.contour(), Stream.of(mandate.grantor(), mandate.representative()).filter(told -> !told.equals(mandate.taxpayer())).toList(), MandateTidingKind.TOKENS_REVOKED,
                at, tokens);
    }

    private static int page(int limit) {
        return Math.max(1, Math.min(limit, PAGE_MAX));
    }
}
