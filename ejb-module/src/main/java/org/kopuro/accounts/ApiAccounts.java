package org.kopuro.accounts;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/**
 * The API accounts of participants: made, blocked and deleted by their own node administrators, in the administrator's own contour, and ended with the last connection
 * to it (ACC-60). A change counts for the next sign-in on every node.
 */
@Stateless
public class ApiAccounts {

    /** [data] Of one participant in one contour, those that have ended not counted. */
    static final int ACCOUNTS_MAX = 50;
    static final int ADMINISTRATORS_MAX = 5;
    static final Duration OVERLAP_MAX = Duration.ofDays(7);
    private static final int PAGE_MAX = 200;

    @Inject
    private ApiAccountStore store;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Makes an account of the administrator's own participant and contour. */
    public IssuedAccount create(NewApiAccount account, SignedIn by) {
        requireAdministering(by);
        return create(UUID.randomUUID(), account, by.participant().orElseThrow(), by.contour(), by.actor());
    }

    /** The account that a one-time link brings: its own maker, as nobody of the node can have made it. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public IssuedAccount createAdministrator(String name, String fullName, UUID participant, Contour contour) {
        UUID id = UUID.randomUUID();
        return create(id, new NewApiAccount(name, AccountKind.PERSONAL, Role.NODE_ADMINISTRATOR, fullName), participant, contour, Actor.of(id, Role.NODE_ADMINISTRATOR.name()));
    }

    private IssuedAccount create(UUID id, NewApiAccount account, UUID participant, Contour contour, Actor by) {
        if (!store.hold(participant, contour)) {
            throw Refusal.of(AccountRefusal.NODE_NOT_CONNECTED);
        }
        refuseTooMany(account.role(), participant, contour);
        Instant at = clock.instant();
        store.add(id, account, participant, contour, at);
        store.addEvent(new ApiAccountStore.Step(id, 1, contour, participant, "NONE", AccountEvent.CREATE, AccountState.ACTIVE, at, by, "made", Optional.empty()));
        ApiAccountView made = store.find(id, participant, contour, at).orElseThrow();
        tell(made, AccountEvent.CREATE, AccountState.ACTIVE, at, by, "made", Optional.empty());
        IssuedSecret secret = IssuedSecret.generate(1);
        addSecret(made, secret, Duration.ZERO, at, by, "the first");
        return new IssuedAccount(store.find(id, participant, contour, at).orElseThrow(), secret);
    }

    private void refuseTooMany(Role role, UUID participant, Contour contour) {
        if (store.count(participant, contour, Optional.empty()) >= ACCOUNTS_MAX) {
            throw Refusal.of(AccountRefusal.ACCOUNTS_TOO_MANY, "account", ACCOUNTS_MAX);
        }
        if (role == Role.NODE_ADMINISTRATOR && store.count(participant, contour, Optional.of(role)) >= ADMINISTRATORS_MAX) {
            throw Refusal.of(AccountRefusal.ACCOUNTS_TOO_MANY, "role", ADMINISTRATORS_MAX);
        }
    }

    /** Blocks, unblocks or deletes an account of the node, but not the administrator's own. */
    public ApiAccountView apply(AccountEvent event, UUID account, String reason, SignedIn by) {
        if (event != AccountEvent.BLOCK && event != AccountEvent.UNBLOCK && event != AccountEvent.DELETE) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        }
        String grounds = Input.text(reason, "reason", 1000);
        requireAdministering(by);
        ApiAccountView before = own(account, by);
        if (account.equals(by.account())) {
            throw Refusal.of(AccountRefusal.OWN_ACCOUNT, "account");
        }
        Instant at = clock.instant();
        change(before, event, at, by.actor(), grounds, Optional.empty());
        if (event == AccountEvent.DELETE) {
            store.endSecrets(account, at);
        }
        return own(account, by);
    }

    /**
     * A new secret for an account of the node; everybody may have one for the own account, by its newest secret. The one before stays good for the overlap, any older one ends now.
     *
     * @param overlap at most seven days; zero ends the one before at once
     */
    public IssuedAccount issueSecret(UUID account, Duration overlap, String reason, SignedIn by) {
        if (overlap.isNegative() || overlap.compareTo(OVERLAP_MAX) > 0) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "overlapHours");
        }
        String grounds = Input.text(reason, "reason", 1000);
        requireActing(by);
        if (!account.equals(by.account())) {
            requireAdministrator(by);
        }
        ApiAccountView before = own(account, by);
        IssuedSecret secret = IssuedSecret.generate(store.lastSecret(account) + 1);
        addSecret(before, secret, overlap, clock.instant(), by.actor(), grounds);
        return new IssuedAccount(own(account, by), secret);
    }

    private void addSecret(ApiAccountView account, IssuedSecret secret, Duration overlap, Instant at, Actor by, String reason) {
        change(account, AccountEvent.ISSUE_SECRET, at, by, reason, Optional.of(secret.number()));
        store.addSecret(account, secret.number(), secret.hash(), at, at.plus(overlap));
    }

    /** Ends one of an account's secrets at once. */
    public ApiAccountView revokeSecret(UUID account, int number, String reason, SignedIn by) {
        String grounds = Input.text(reason, "reason", 1000);
        requireAdministering(by);
        ApiAccountView before = own(account, by);
        Instant at = clock.instant();
        change(before, AccountEvent.REVOKE_SECRET, at, by.actor(), grounds, Optional.of(number));
        if (!store.endSecret(account, number, at)) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "secret");
        }
        return own(account, by);
    }

    /** The newest first, ended ones among them. */
    public List<ApiAccountView> of(UUID participant, Contour contour) {
        return store.of(participant, contour, clock.instant(), PAGE_MAX);
    }

    public ApiAccountView get(UUID account, UUID participant, Contour contour) {
        return store.find(account, participant, contour, clock.instant()).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "account"));
    }

    /** The subsystem for which a participant's account speaks; accounts of the participant as a whole are refused (CON-50). */
    public UUID subsystemOf(SignedIn who) {
        return store.subsystem(who.account()).orElseThrow(() -> Refusal.of(AccountRefusal.ACCOUNT_OF_NO_SUBSYSTEM));
    }

    /** What happened to an account, the oldest first. */
    public List<AccountChange> history(UUID account, UUID participant, Contour contour) {
        get(account, participant, contour);
        return store.history(account, PAGE_MAX);
    }

    /** Whether somebody can administer the node. */
    public boolean administered(UUID participant, Contour contour) {
        return store.administered(participant, contour);
    }

    /** Keeps every other change of the participant's credentials in the contour waiting until the transaction ends; whether a connection lives there. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public boolean hold(UUID participant, Contour contour) {
        return store.hold(participant, contour);
    }

    /**
     * As {@link #hold}; refuses whoever is no administrator, or no longer one, or has signed in with a secret that another has followed: a request may have been under
     * way while its account was changed on another node.
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void requireAdministering(SignedIn by) {
        requireAdministrator(by);
        requireActing(by);
    }

    private static void requireAdministrator(SignedIn by) {
        if (by.role() != Role.NODE_ADMINISTRATOR) {
            throw Refusal.of(AccountRefusal.ADMINISTRATOR_ONLY);
        }
    }

    private void requireActing(SignedIn by) {
        UUID participant = by.participant().filter(own -> by.role().ofParticipant()).orElseThrow(() -> Refusal.of(AccountRefusal.ADMINISTRATOR_ONLY));
        boolean connected = store.hold(participant, by.contour());
        ApiAccountView own = store.find(by.account(), participant, by.contour(), clock.instant()).filter(found -> found.state() == AccountState.ACTIVE)
                .orElseThrow(() -> Refusal.of(AccountRefusal.ACCOUNT_NO_LONGER_ACTIVE));
        // Else whoever has stolen a secret would outlive its replacement, by issuing the next one.
        if (!own.currentSecret().equals(by.secret())) {
            throw Refusal.of(AccountRefusal.SECRET_REPLACED);
        }
        if (!connected) {
            throw Refusal.of(AccountRefusal.NODE_NOT_CONNECTED);
        }
    }

    /** Ends all accounts of the participant in the contour, for ever; how many. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public int endAll(UUID participant, Contour contour, String reason, Instant at) {
        return end(store.living(participant, contour, at), reason, at);
    }

    /** Ends the accounts that speak for the subsystem alone; how many. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public int endAllOf(UUID subsystem, UUID participant, Contour contour, String reason, Instant at) {
        return end(store.living(participant, contour, at).stream().filter(account -> account.subsystem().filter(subsystem::equals).isPresent()).toList(), reason, at);
    }

    private int end(List<ApiAccountView> living, String reason, Instant at) {
        for (ApiAccountView account : living) {
            change(account, AccountEvent.END, at, Actor.SYSTEM, reason, Optional.empty());
            store.endSecrets(account.id(), at);
        }
        return living.size();
    }

    private void change(ApiAccountView before, AccountEvent event, Instant at, Actor by, String reason, Optional<Integer> secret) {
        AccountState next = before.state().on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", before.state(), event));
        store.addEvent(new ApiAccountStore.Step(before.id(), before.events() + 1, before.contour(), before.participant(), before.state().name(), event, next, at, by, reason, secret));
        tell(before, event, next, at, by, reason, secret);
    }

    private void tell(ApiAccountView account, AccountEvent event, AccountState state, Instant at, Actor by, String reason, Optional<Integer> secret) {
        ledger.record(LedgerEvent.of("accounts.account_changed", 1, account.contour(), "account", account.id(), at).with("participant", account.participant())
                .with("kind", account.kind()).with("role", account.role()).with("event", event).with("state", state).with("secret", secret).with("subsystem", account.subsystem())
                .with("actor", by.account()).with("actorRole", by.role()).personal("login", account.login()).personal("reason", reason));
    }

    private ApiAccountView own(UUID account, SignedIn by) {
        return get(account, by.participant().orElseThrow(), by.contour());
    }
}
