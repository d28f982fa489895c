package org.kopuro.access.credentials;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.ParticipantDisconnected;
import org.kopuro.access.SubsystemDropped;
import org.kopuro.access.letters.Days;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.accounts.AccountKind;
import org.kopuro.accounts.AccountRefusal;
import org.kopuro.accounts.ApiAccounts;
import org.kopuro.accounts.IssuedAccount;
import org.kopuro.accounts.NewApiAccount;
import org.kopuro.accounts.Role;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.Notices;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;

/** One-time links to a node's first administrator, and the end of everything that a node signs in or signs with. */
@Stateless
public class Credentials {

    /** [data] */
    static final Duration VALIDITY = Duration.ofDays(7);
    static final int LINKS_A_DAY_MAX = 10;
    private static final int TOKEN_LENGTH_MAX = 64;
    /** What a node's accounts and certificates end with; the tokens of its taxpayers have the same cause. */
    static final String ENDED = "PARTICIPANT_DISCONNECTED";
    static final String SUBSYSTEM_DROPPED = "SUBSYSTEM_DROPPED";

    @Inject
    private LinkStore store;
    @Inject
    private ApiAccounts accounts;
    @Inject
    private Participants participants;
    @Inject
    private Connections connections;
    @Inject
    private Procedures procedures;
    @Inject
    private Letters letters;
    @Inject
    private Notices notices;
    @Inject
    private Installation installation;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Sends the letter of a granted CONNECT (N04, N05): with a one-time link, unless the node has an administrator already. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void send(NewNotice letter, ParticipantId participant, Contour contour, Days days, String address, Actor by) {
        ConnectionView connection = connections.hold(participant, contour, days.procedure().code()).orElseThrow();
        accounts.hold(participant.value(), contour);
        if (accounts.administered(participant.value(), contour)) {
            letters.send(letter);
        } else {
            issue(UUID.randomUUID(), letter, connection, days, address, by);
        }
    }

    /** Another link, by a letter of its own (N24), to where the former one went; the former one ends. The official who asks for it never sees it. */
    public LinkView reissue(ParticipantId participant, Contour contour, Actor by) {
        ParticipantView holder = participants.get(participant);
        ConnectionView connection = connections.of(participant, contour).stream().findFirst().flatMap(newest -> connections.hold(participant, contour, newest.procedure()))
                .orElseThrow(() -> Refusal.of(AccountRefusal.NODE_NOT_CONNECTED));
        accounts.hold(participant.value(), contour);
        Instant at = clock.instant();
        if (store.issuedSince(participant, contour, at.minus(Duration.ofDays(1))) >= LINKS_A_DAY_MAX) {
            throw Refusal.of(CredentialRefusal.LINKS_TOO_MANY, "participant", LINKS_A_DAY_MAX);
        }
        Days days = letters.days(procedures.inForce(connection.procedure(), at));
        UUID id = UUID.randomUUID();
        String address = store.lastAddress(participant, contour).orElse(holder.noticeEmail());
        NewNotice letter = letters.begin(NoticeKind.N24, new Letters.Subject("credential_link", id, id.toString().substring(0, 8), "credential_link:" + id), holder, days, contour)
                .to(address).with("howToAnswer", Letters.word(holder.language(), "answer"));
        return issue(id, letter, connection, days, address, by);
    }

    private LinkView issue(UUID id, NewNotice letter, ConnectionView connection, Days days, String address, Actor by) {
        Instant at = clock.instant();
        Instant expires = at.plus(VALIDITY);
        // Behind a #, which browsers keep to themselves: the token is in no log of a server or a proxy.
        UUID notice = letters.send(letter.withSecret("credentialsLink", letters.link("credentials") + "#").with("deadline", days.lastDay(expires)));
        store.close(connection.participant(), connection.contour(), LinkState.REPLACED, at).forEach(former -> tell(former, LinkState.REPLACED, by, at));
        store.add(id, connection, notice, address, sha256(notices.secretOf(notice)), at, expires, by);
        LinkView issued = store.find(id, at).orElseThrow();
        tell(issued, LinkState.OPEN, by, at);
        return issued;
    }

    /** The newest first. */
    public List<LinkView> links(ParticipantId participant, Contour contour) {
        return store.of(participant, contour, clock.instant());
    }

    /**
     * Uses a link: its holder becomes the node's administrator, with a secret that is told now and never again.
     *
     * @param name what the holder chooses of the login
     */
    public IssuedAccount redeem(String token, String name, String fullName) {
        // Judged before the link is: what is wrong with them says nothing of it.
        NewApiAccount wanted = new NewApiAccount(name, AccountKind.PERSONAL, Role.NODE_ADMINISTRATOR, fullName);
        LinkView found = open(token);
        accounts.hold(found.participant().value(), found.contour());
        // Another node may just have used it.
        LinkView link = open(token);
        IssuedAccount made = accounts.createAdministrator(wanted.name(), wanted.fullName(), link.participant().value(), link.contour());
        Instant at = clock.instant();
        if (!store.redeem(link.id(), made.account().id(), at)) {
            throw Refusal.of(CredentialRefusal.LINK_NOT_VALID);
        }
        tell(store.find(link.id(), at).orElseThrow(), LinkState.REDEEMED, Actor.of(made.account().id(), Role.NODE_ADMINISTRATOR.name()), at);
        return made;
    }

    private LinkView open(String token) {
        return token.length() > TOKEN_LENGTH_MAX ? refused() : store.open(sha256(token), clock.instant()).filter(link -> installation.serves(link.contour())).orElseGet(Credentials::refused);
    }

    private static LinkView refused() {
        throw Refusal.of(CredentialRefusal.LINK_NOT_VALID);
    }

    /** ACC-60, ACC-73: in the transaction of a disconnection, if it leaves the node without a connection. */
    public void endCredentialsOf(@Observes ParticipantDisconnected news) {
        if (accounts.hold(news.participant().value(), news.contour())) {
            return;
        }
        accounts.endAll(news.participant().value(), news.contour(), ENDED, news.at());
        participants.endCertificates(news.participant(), news.contour(), ENDED, news.at());
        store.close(news.participant(), news.contour(), LinkState.ENDED, news.at()).forEach(link -> tell(link, LinkState.ENDED, Actor.SYSTEM, news.at()));
    }

    /** The certificates of that subsystem, and the accounts that speak for it alone. */
    public void endCredentialsOf(@Observes SubsystemDropped news) {
        accounts.endAllOf(news.subsystem().value(), news.participant().value(), news.contour(), SUBSYSTEM_DROPPED, news.at());
        participants.endCertificates(news.subsystem(), news.participant(), news.contour(), SUBSYSTEM_DROPPED, news.at());
    }

    private void tell(LinkView link, LinkState state, Actor by, Instant at) {
        ledger.record(LedgerEvent.of("access.credential_link_changed", 1, link.contour(), "credential_link", link.id(), at).with("participant", link.participant().value())
                .with("connection", link.connection().value()).with("state", state).with("expiresAt", link.expiresAt()).with("account", link.account())
                .with("actor", by.account()).with("actorRole", by.role()).personal("address", link.address()));
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
