package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.Catalogue;
import org.kopuro.access.Connections;
import org.kopuro.access.ParticipantDisconnected;
import org.kopuro.access.ServiceView;
import org.kopuro.access.TokenRule;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SubsystemView;

/**
 * Tokens of a taxpayer: issue, list, deactivate. When {@link #deactivate} returns, no call that begins later on any node is
 * answered on the token (CON-73): the row is changed and committed, and every call reads it.
 */
@Stateless
public class Tokens {

    /** [data] CON-17. */
    static final int WORKING_MAX = 100;
    static final int ISSUES_PER_DAY_MAX = 20;
    private static final int PAGE_MAX = 1000;
    /** As many ids as surely fit into an entry. */
    private static final int TOKENS_PER_ENTRY = 1000;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    private TokenStore store;
    @Inject
    private Peppers peppers;
    @Inject
    private Participants participants;
    @Inject
    private Connections connections;
    @Inject
    private Catalogue catalogue;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Issues a token (CON-T01). The result holds its text, which nothing can show again. */
    public IssuedToken issue(Taxpayer taxpayer, NewToken wish) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Installation.ZONE);
        SubsystemView subsystem = participants.get(wish.subsystem());
        connections.requireConnected(subsystem.participant(), taxpayer.contour(), wish.services(), "subsystem");
        refuseExpiryBeyond(latestDay(taxpayer, wish, today), today, wish.lastDay());

        store.lock(taxpayer);
        if (store.workingTokens(taxpayer, now) >= WORKING_MAX) {
            throw Refusal.of(ConsentRefusal.TOKENS_TOO_MANY, "services", WORKING_MAX);
        }
        if (store.issuedSince(taxpayer, today.atStartOfDay(Installation.ZONE).toInstant()) >= ISSUES_PER_DAY_MAX) {
            throw Refusal.of(ConsentRefusal.ISSUES_TOO_MANY, "services", ISSUES_PER_DAY_MAX);
        }

        TokenText text = TokenText.generate(taxpayer.contour(), RANDOM);
        ConsentText read = ConsentText.in(wish.language());
        Token token = new Token();
        token.id = UUID.randomUUID();
        token.contour = taxpayer.contour();
        token.taxpayerInn = taxpayer.inn().digits();
        token.participantId = subsystem.participant().value();
        token.subsystemId = subsystem.id().value();
        token.lookup = peppers.hash(text);
        token.pepperNumber = peppers.currentNumber(taxpayer.contour());
        token.lastFour = text.lastFour();
        token.state = TokenState.ACTIVE;
        token.issuedAt = now;
        token.expiresAt = wish.lastDay().plusDays(1).atStartOfDay(Installation.ZONE).toInstant();
        token.textVersion = read.version();
        token.textLanguage = read.language();
        token.textSha256 = read.sha256();
        token.services = new TreeSet<>(wish.services());
        store.add(token);
        ledger.record(told("consent.token_issued", token, now).with("participant", token.participantId).with("subsystem", token.subsystemId)
                .with("services", token.services).with("expiresAt", token.expiresAt).with("textVersion", token.textVersion)
                .with("textLanguage", token.textLanguage).with("textSha256", HexFormat.of().formatHex(token.textSha256)));
        return new IssuedToken(text.printed(), get(taxpayer, new TokenId(token.id)));
    }

    /** The taxpayer's tokens, newest first, one page after {@code before}. */
    public List<TokenView> list(Taxpayer taxpayer, Optional<UUID> before, int limit) {
        return store.list(taxpayer, before, Math.max(1, Math.min(limit, PAGE_MAX)), clock.instant());
    }

    public TokenView get(Taxpayer taxpayer, TokenId id) {
        return store.find(taxpayer, id, clock.instant()).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "token"));
    }

    /** Ends the token for good, at once (CON-T04). */
    public TokenView deactivate(Taxpayer taxpayer, TokenId id) {
        Instant now = clock.instant();
        Token token = store.getForChange(id, taxpayer);
        token.apply(TokenEvent.DEACTIVATE, now);
        store.flush();
        ledger.record(told("consent.token_changed", token, now).with("event", TokenEvent.DEACTIVATE).with("state", token.state).with("cause", token.cause));
        return get(taxpayer, id);
    }

    /** CON-86: whatever the participant held in the contour is revoked in the transaction of its disconnection. */
    public void endTokensOf(@Observes ParticipantDisconnected news) {
        List<UUID> revoked = store.revokeAll(news);
        for (int from = 0; from < revoked.size(); from += TOKENS_PER_ENTRY) {
            ledger.record(LedgerEvent.of("consent.tokens_revoked", 1, news.contour(), "participant", news.participant().value(), news.at())
                    .with("cause", TokenEvent.DISCONNECT_PARTICIPANT.cause()).with("tokens", revoked.subList(from, Math.min(from + TOKENS_PER_ENTRY, revoked.size()))));
        }
    }

    private static LedgerEvent told(String type, Token token, Instant at) {
        return LedgerEvent.of(type, 1, token.contour, "token", token.id, at).personal("subject", token.taxpayerInn);
    }

    /** The minimum of the services' validity ceilings (CON-62); every service must be one that can be listed (CON-12). */
    private LocalDate latestDay(Taxpayer taxpayer, NewToken wish, LocalDate today) {
        Map<String, ServiceView> callable = catalogue.servicesOf(wish.subsystem(), taxpayer.contour()).stream()
                .collect(Collectors.toMap(ServiceView::code, Function.identity()));
        LocalDate latest = LocalDate.MAX;
        for (String code : wish.services()) {
            ServiceView service = callable.get(code);
            if (service == null || service.rule().tokenRule() == TokenRule.NOT_USED) {
                throw Refusal.of(ConsentRefusal.SERVICE_CANNOT_BE_LISTED, "services", code);
            }
            LocalDate end = service.rule().validityDays().map(today::plusDays).orElse(LocalDate.MAX);
            latest = end.isBefore(latest) ? end : latest;
        }
        return latest;
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
