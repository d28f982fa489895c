package org.kopuro.accounts;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** The short transactions of a sign-in: read before the password is hashed, count after it. */
@Stateless
public class AccountRecords {

    @Inject
    private AccountStore store;

    public Optional<AccountStore.Account> find(String login, OptionalInt secret, Instant now) {
        return store.find(login, secret, now);
    }

    public Optional<SignedIn> subsystemOf(byte[] thumbprint, Instant now) {
        return store.subsystemOf(thumbprint, now);
    }

    public void countFailure(UUID account, int most, Instant lockUntil) {
        store.countFailure(account, most, lockUntil);
    }

    public void forgetFailures(UUID account) {
        store.forgetFailures(account);
    }
}
