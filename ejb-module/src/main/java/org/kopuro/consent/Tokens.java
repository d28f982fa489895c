package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kopuro.access.Catalogue;
import org.kopuro.access.Connections;
import org.kopuro.access.ParticipantDisconnected;
import org.kopuro.access.ServiceRule;
import org.kopuro.access.ServiceView;
import org.kopuro.access.SubsystemDropped;
import org.kopuro.access.TokenRule;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.access.duties.IncidentSource;
import org.kopuro.access.duties.Incidents;
import org.kopuro.access.duties.NewIncident;
import org.kopuro.consent.events.ConsentEventKind;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SubsystemId;
import org.kopuro.participants.SubsystemView;
import org.kopuro.representation.Acting;
import org.kopuro.representation.Authority;
import org.kopuro.representation.Link;
import org.kopuro.representation.MandateEnded;
import org.kopuro.representation.MandateId;
import org.kopuro.representation.MandateRight;
import org.kopuro.representation.MandateView;
import org.kopuro.representation.Mandates;

/**
 * Tokens of a taxpayer: issue, list, pause, deactivate. When {@link #deactivate}, {@link #freeze} or {@link #pauseAll} has returned and is committed, no call that
 * begins later on any node is answered on the token (CON-73): the row is changed, and every call reads it.
 */
@Stateless
public class Tokens {

    /** [data] CON-17. */
    static final int WORKING_MAX = 100;
    static final int ISSUES_PER_DAY_MAX = 20;
    private static final int PAGE_MAX = 1000;
    private static final int HOLDERS_MAX = 50;
    /** As many ids as surely fit into an entry. */
    private static final int TOKENS_PER_ENTRY = 1000;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    private TokenStore store;
    @Inject
    private TokenChanges changes;
    @Inject
    private ConsentEvents events;
    @Inject
    private Peppers peppers;
    @Inject
    private Participants participants;
    @Inject
    private Connections connections;
    @Inject
    private Catalogue catalogue;
    @Inject
    private Mandates mandates;
    @Inject
    private Incidents incidents;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Issues a token (CON-T01). The result holds its text, which nothing can show again. */
    public IssuedToken issue(Taxpayer taxpayer, NewToken wish, Actor by) {
        return issue(Authority.himself(taxpayer.contour(), taxpayer.inn()), wish, by);
    }

    /** As the taxpayer, or for him: within the mandate, with which the token will end. */
    public IssuedToken issue(Acting acting, NewToken wish, Actor by) {
        Authority authority = mandates.exercise(acting, MandateRight.ISSUE);
        authority.requireServices(wish.services());
        authority.requireTerm(LocalDate.ofInstant(clock.instant(), Installation.ZONE), wish.lastDay());
        wish.replaces().ifPresent(former -> {
            // Its end is the end of the former one.
            authority.require(MandateRight.REVOKE);
            authority.requireServices(get(taxpayer(authority), former).services());
        });
        return issue(authority, wish, authority.actor(by));
    }

    private IssuedToken issue(Authority authority, NewToken wish, Actor by) {
        Taxpayer taxpayer = taxpayer(authority);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Installation.ZONE);
        SubsystemView subsystem = participants.get(wish.subsystem());
        connections.requireConnected(subsystem.participant(), taxpayer.contour(), wish.services(), "subsystem");
        List<ServiceRule> rules = rules(taxpayer, wish);
        refuseExpiryBeyond(latestDay(rules, today), today, wish.lastDay());
        refuseBudgetBeyond(rules, wish.calls());

        store.lock(taxpayer);
        if (store.workingTokens(taxpayer, now) >= WORKING_MAX) {
            throw Refusal.of(ConsentRefusal.TOKENS_TOO_MANY, "services", WORKING_MAX);
        }
        if (store.issuedSince(taxpayer, today.atStartOfDay(Installation.ZONE).toInstant()) >= ISSUES_PER_DAY_MAX) {
            throw Refusal.of(ConsentRefusal.ISSUES_TOO_MANY, "services", ISSUES_PER_DAY_MAX);
        }

        wish.replaces().ifPresent(former -> held(taxpayer, former).after(TokenEvent.REPLACE, now));
        TokenText text = TokenText.generate(taxpayer.contour(), RANDOM);
        ConsentText read = ConsentText.in(wish.language());
        UUID id = UUID.randomUUID();
        Instant expiresAt = wish.lastDay().plusDays(1).atStartOfDay(Installation.ZONE).toInstant();
        Peppers.Hashed hashed = peppers.hash(text);
        store.add(id, text, hashed.value(), hashed.pepper(), taxpayer, subsystem, wish, read, now, expiresAt, authority, by);
        ledger.record(LedgerEvent.of("consent.token_issued", 1, taxpayer.contour(), "token", id, now).personal("subject", taxpayer.inn().digits())
                .with("participant", subsystem.participant().value()).with("subsystem", subsystem.id().value()).with("services", new TreeSet<>(wish.services()))
                .with("expiresAt", expiresAt).with("periodFrom", wish.period().map(months -> months.first().toString())).with("periodTo", wish.period().map(months -> months.last().toString()))
                .with("calls", wish.calls().map(String::valueOf)).with("replaces", wish.replaces().map(TokenId::value)).with("textVersion", read.version())
                .with("textLanguage", read.language()).with("textSha256", HexFormat.of().formatHex(read.sha256())).with("mandate", authority.mandate().map(MandateId::value)).with("actor", by.account()).with("actorRole", by.role())
                .personal("chain", Optional.of(authority.chain()).filter(links -> !links.isEmpty()).map(Tokens::words)));
        if (authority.mandate().isPresent()) {
            changes.issuedFor(id, now);
        }
        return new IssuedToken(text.printed(), get(taxpayer, new TokenId(id)));
    }

    /** For whom a token may be made: by a part of a participant's name or of its product's, by INN or member code. Whoever is not connected is not among them (CON-11). */
    public List<PossibleHolder> holders(Taxpayer taxpayer, String sought, int limit) {
        String text = Input.text(sought, "sought", 100);
        return store.connected(taxpayer.contour(), text, Math.max(1, Math.min(limit, HOLDERS_MAX))).stream().map(found -> {
            List<String> services = catalogue.servicesOf(new SubsystemId(found.id()), taxpayer.contour()).stream()
                    .filter(service -> service.rule().tokenRule() != TokenRule.NOT_USED && found.procedures().contains(service.procedure())).map(ServiceView::code).toList();
            PossibleHolder one = found.holder();
            return new PossibleHolder(one.subsystem(), one.subsystemName(), one.participant(), one.participantName(), one.inn(), one.products(), services, one.ending());
        }).filter(one -> !one.services().isEmpty()).toList();
    }

    /** The taxpayer's tokens, newest first, one page after {@code before}. */
    public List<TokenView> list(Taxpayer taxpayer, Optional<UUID> before, int limit) {
        return store.list(taxpayer, Optional.empty(), before, Math.max(1, Math.min(limit, PAGE_MAX)), clock.instant());
    }

    /** As {@link #list(Taxpayer, Optional, int)}, by whom the taxpayer lets see them: those that list nothing but what the mandate covers. */
    public List<TokenView> list(Acting acting, Optional<UUID> before, int limit) {
        Authority authority = mandates.exercise(acting, MandateRight.VIEW);
        return store.list(taxpayer(authority), authority.services(), before, Math.max(1, Math.min(limit, PAGE_MAX)), clock.instant());
    }

    public TokenView get(Acting acting, TokenId id) {
        Authority authority = mandates.exercise(acting, MandateRight.VIEW);
        TokenView token = get(taxpayer(authority), id);
        authority.requireServices(token.services());
        return token;
    }

    /** What would end with the mandate now (CON-133), for its taxpayer and whoever passed it on. */
    public List<TokenView> standingOn(Acting acting, MandateId id) {
        MandateView mandate = mandates.get(acting, id);
        return store.standingOn(new Taxpayer(mandate.contour(), mandate.taxpayer()), id, clock.instant());
    }

    public TokenView get(Taxpayer taxpayer, TokenId id) {
        return store.find(taxpayer, id, clock.instant()).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "token"));
    }

    /** Ends the token for good, at once (CON-T04). */
    public TokenView deactivate(Taxpayer taxpayer, TokenId id, Actor by) {
        return apply(taxpayer, id, TokenEvent.DEACTIVATE, by);
    }

    /** Stops the token at once, until {@link #unfreeze} (CON-T07). */
    public TokenView freeze(Taxpayer taxpayer, TokenId id, Actor by) {
        return apply(taxpayer, id, TokenEvent.FREEZE, by);
    }

    /** It works again, with the same expiry (CON-T08); not while all is paused. */
    public TokenView unfreeze(Taxpayer taxpayer, TokenId id, Actor by) {
        return apply(taxpayer, id, TokenEvent.UNFREEZE, by);
    }

    /** The successor is in use: ends the one that it replaces before the overlap is over (CON-T13). Returns the ended one. */
    public TokenView confirmReplacement(Taxpayer taxpayer, TokenId successor, Actor by) {
        TokenId former = get(taxpayer, successor).replaces().orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "replaces"));
        return apply(taxpayer, former, TokenEvent.REPLACE, by);
    }

    /** As {@link #deactivate(Taxpayer, TokenId, Actor)}, by whom the taxpayer lets stop it. */
    public TokenView deactivate(Acting acting, TokenId id, Actor by) {
        return stop(acting, id, TokenEvent.DEACTIVATE, by);
    }

    /** As {@link #freeze(Taxpayer, TokenId, Actor)}, by whom the taxpayer lets stop it. To let it work again is the taxpayer's alone (CON-T08). */
    public TokenView freeze(Acting acting, TokenId id, Actor by) {
        return stop(acting, id, TokenEvent.FREEZE, by);
    }

    /** As {@link #confirmReplacement(Taxpayer, TokenId, Actor)}, by whom the taxpayer lets stop the former one. */
    public TokenView confirmReplacement(Acting acting, TokenId successor, Actor by) {
        Authority authority = mandates.exercise(acting, MandateRight.REVOKE);
        TokenId former = get(taxpayer(authority), successor).replaces().orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "replaces"));
        return stop(authority, former, TokenEvent.REPLACE, by);
    }

    private TokenView stop(Acting acting, TokenId id, TokenEvent event, Actor by) {
        return stop(mandates.exercise(acting, MandateRight.REVOKE), id, event, by);
    }

    private TokenView stop(Authority authority, TokenId id, TokenEvent event, Actor by) {
        Taxpayer taxpayer = taxpayer(authority);
        apply(covered(authority, held(taxpayer, id)), event, authority.actor(by), "");
        return get(taxpayer, id);
    }

    /** The taxpayer keeps what a representative made: it no longer ends with the mandate (CON-133). */
    public TokenView confirmAsOwn(Acting acting, TokenId id, Actor by) {
        Taxpayer taxpayer = taxpayer(mandates.himself(acting));
        get(taxpayer, id).mandate().ifPresent(mandates::keep);
        HeldToken token = held(taxpayer, id);
        token.after(TokenEvent.CONFIRM_AS_OWN, clock.instant());
        if (get(taxpayer, id).mandate().isEmpty()) {
            throw Refusal.of(ConsentRefusal.TOKEN_OWN_ALREADY, "token");
        }
        apply(token, TokenEvent.CONFIRM_AS_OWN, by, "");
        return get(taxpayer, id);
    }

    private HeldToken covered(Authority authority, HeldToken token) {
        authority.requireServices(store.servicesOf(token.id()));
        return token;
    }

    private static Taxpayer taxpayer(Authority authority) {
        return new Taxpayer(authority.contour(), authority.taxpayer());
    }

    private static String words(List<Link> chain) {
        return chain.stream().map(link -> link.capacity() + " " + link.inn().digits() + " " + link.name() + " (" + link.ground() + ")").collect(Collectors.joining("; "));
    }

    private TokenView apply(Taxpayer taxpayer, TokenId id, TokenEvent event, Actor by) {
        apply(held(taxpayer, id), event, by, "");
        return get(taxpayer, id);
    }

    private HeldToken held(Taxpayer taxpayer, TokenId id) {
        return store.hold(id).filter(token -> token.contour() == taxpayer.contour() && token.taxpayerInn().equals(taxpayer.inn().digits()))
                .orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "token"));
    }

    /** Ends a token on the authority's side, with a reason that its taxpayer is told; what led to it is looked into as an incident (CON-T11). */
    public void endByAuthority(TokenId id, Contour contour, String reason, Actor by) {
        HeldToken token = store.hold(id).filter(found -> found.contour() == contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "token"));
        String why = Input.text(reason, "reason", 1000);
        apply(token, TokenEvent.END_BY_AUTHORITY, by, why);
        incidents.open(new NewIncident(IncidentSource.OFFICER, IncidentSeverity.MEDIUM, "CONSENT_ENDED", Optional.of(new ParticipantId(token.participant())), id.value() + ": " + why), contour, by);
    }

    private void apply(HeldToken token, TokenEvent event, Actor by, String text) {
        Instant now = clock.instant();
        changes.apply(token, event, token.after(event, now), now, by, text);
    }

    /** Stops everything of the taxpayer at once; the tokens' own states stay as they are (CON-81). */
    public void pauseAll(Taxpayer taxpayer, Actor by) {
        store.lock(taxpayer);
        store.holdAll(taxpayer);
        Instant now = clock.instant();
        if (!store.pause(taxpayer, now)) {
            throw Refusal.of(ConsentRefusal.PAUSED_ALREADY, "pause");
        }
        tellPause(taxpayer, true, now, by);
    }

    /** What was ACTIVE works again; what expired meanwhile, or is frozen singly, does not. */
    public void resumeAll(Taxpayer taxpayer, Actor by) {
        store.lock(taxpayer);
        if (!store.resume(taxpayer)) {
            throw Refusal.of(ConsentRefusal.NOT_PAUSED, "pause");
        }
        tellPause(taxpayer, false, clock.instant(), by);
    }

    /** Since when everything of the taxpayer stands still. */
    public Optional<Instant> pausedSince(Taxpayer taxpayer) {
        return store.pausedSince(taxpayer);
    }

    private void tellPause(Taxpayer taxpayer, boolean paused, Instant at, Actor by) {
        events.tellPause(taxpayer.contour(), taxpayer.inn(), paused ? ConsentEventKind.FROZEN : ConsentEventKind.UNFROZEN, at);
        ledger.record(LedgerEvent.of("consent.pause_changed", 1, taxpayer.contour(), "pause", UUID.randomUUID(), at).personal("subject", taxpayer.inn().digits())
                .with("paused", String.valueOf(paused)).with("actor", by.account()).with("actorRole", by.role()));
    }

    /** CON-86: whatever the participant held in the contour is revoked in the transaction of its disconnection. */
    public void endTokensOf(@Observes ParticipantDisconnected news) {
        revoked(store.revokeAll(news), news.participant(), news.contour(), news.at());
    }

    /** The same of a subsystem that its participant gave up. */
    public void endTokensOf(@Observes SubsystemDropped news) {
        revoked(store.revokeAll(news), news.participant(), news.contour(), news.at());
    }

    private void revoked(List<UUID> revoked, ParticipantId participant, Contour contour, Instant at) {
        changes.revoked(revoked, TokenEvent.DISCONNECT_PARTICIPANT, at);
        for (int from = 0; from < revoked.size(); from += TOKENS_PER_ENTRY) {
            ledger.record(LedgerEvent.of("consent.tokens_revoked", 1, contour, "participant", participant.value(), at)
                    .with("cause", TokenEvent.DISCONNECT_PARTICIPANT.cause()).with("tokens", revoked.subList(from, Math.min(from + TOKENS_PER_ENTRY, revoked.size()))));
        }
    }

    /** CON-T10: whatever was made under the mandates is revoked in the transaction of their end, but for what its taxpayer has confirmed as his own. */
    public void endTokensOf(@Observes MandateEnded news) {
        Map<UUID, List<TokenStore.EndedToken>> byMandate = store.endAll(news).stream().collect(Collectors.groupingBy(TokenStore.EndedToken::mandate, TreeMap::new, Collectors.toList()));
        byMandate.forEach((mandate, tokens) -> {
            List<UUID> revoked = tokens.stream().filter(token -> token.event() == TokenEvent.END_MANDATE).map(TokenStore.EndedToken::id).toList();
            List<UUID> expired = tokens.stream().map(TokenStore.EndedToken::id).filter(id -> !revoked.contains(id)).toList();
            changes.revoked(revoked, TokenEvent.END_MANDATE, news.at());
            changes.expired(expired, news.at());
            if (!revoked.isEmpty()) {
                mandates.tellRevoked(new MandateId(mandate), revoked, news.at());
            }
            record(news, mandate, TokenEvent.END_MANDATE.cause(), revoked);
            record(news, mandate, TokenState.EXPIRED.name(), expired);
        });
    }

    private void record(MandateEnded news, UUID mandate, String cause, List<UUID> tokens) {
        for (int from = 0; from < tokens.size(); from += TOKENS_PER_ENTRY) {
            ledger.record(LedgerEvent.of("consent.tokens_revoked", 1, news.contour(), "mandate", mandate, news.at()).with("cause", cause)
                    .with("tokens", tokens.subList(from, Math.min(from + TOKENS_PER_ENTRY, tokens.size()))));
        }
    }

    /** Of the services listed, as they are today; every one must be one that can be listed (CON-12). */
    private List<ServiceRule> rules(Taxpayer taxpayer, NewToken wish) {
        Map<String, ServiceView> callable = catalogue.servicesOf(wish.subsystem(), taxpayer.contour()).stream()
                .collect(Collectors.toMap(ServiceView::code, Function.identity()));
        return wish.services().stream().map(code -> Optional.ofNullable(callable.get(code)).map(ServiceView::rule).filter(rule -> rule.tokenRule() != TokenRule.NOT_USED)
                .orElseThrow(() -> Refusal.of(ConsentRefusal.SERVICE_CANNOT_BE_LISTED, "services", code))).toList();
    }

    /** The minimum of the services' validity ceilings (CON-62). */
    private static LocalDate latestDay(List<ServiceRule> rules, LocalDate today) {
        return rules.stream().map(ServiceRule::validityDays).flatMap(Optional::stream).min(Comparator.naturalOrder()).map(today::plusDays).orElse(LocalDate.MAX);
    }

    /** The smallest of the services' ceilings (CON-61); where there is one, a token for any number of calls is over it. */
    private static void refuseBudgetBeyond(List<ServiceRule> rules, Optional<Integer> calls) {
        rules.stream().map(ServiceRule::callsPerToken).flatMap(Optional::stream).min(Comparator.naturalOrder())
                .filter(ceiling -> calls.filter(number -> number <= ceiling).isEmpty()).ifPresent(ceiling -> {
                    throw Refusal.of(ConsentRefusal.CALLS_TOO_MANY, "calls", ceiling);
                });
    }

    private static void refuseExpiryBeyond(LocalDate latest, LocalDate today, LocalDate lastDay) {
        if (lastDay.isBefore(today)) {
            throw Refusal.of(ConsentRefusal.EXPIRY_IN_THE_PAST, "lastDay");
        }
        if (lastDay.isAfter(latest)) {
            throw Refusal.of(ConsentRefusal.EXPIRY_TOO_LATE, "lastDay", latest.toString());
        }
    }
}
