package org.kopuro.accounts;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;

/**
 * Signs people in with a local account, and programs by the certificate of their connection. Runs outside a transaction: while a password is being hashed no connection is held, and
 * what is read and counted are short transactions of their own ({@link AccountRecords}).
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Accounts {

    static final int FAILURES_MAX = 5;
    static final Duration LOCK = Duration.ofMinutes(15);
    private static final int PASSWORD_LENGTH_MAX = 200;
    /** Hashing is expensive on purpose: no flood of guesses may take every processor, connection or thread from the calls. */
    private static final Semaphore HASHING = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Inject
    private AccountRecords records;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /**
     * Whoever is behind login and password, or secret. Empty for an unknown login, a wrong password, a locked, blocked or ended account, an account of a
     * contour not served here, and a demo account where PRODUCTION is served: the caller is not told which.
     */
    public Optional<SignedIn> signIn(String login, char[] password) {
        if (password.length > PASSWORD_LENGTH_MAX) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        OptionalInt secret = IssuedSecret.numberIn(password);
        Optional<AccountStore.Account> account = records.find(login, secret, now);
        Optional<String> hash = account.flatMap(AccountStore.Account::hash);
        // A secret is compared in microseconds and does not queue: guesses of passwords keep no program waiting.
        boolean matches = secret.isPresent() ? PasswordHash.verify(password, hash.orElse(PasswordHash.OF_NO_SECRET)) : verify(password, hash.orElse(PasswordHash.OF_NOBODY));
        if (account.isEmpty() || account.get().locked() || !mayWorkHere(account.get())) {
            return Optional.empty();
        }
        if (!matches) {
            // 256 random bits are not guessed, and counting would let strangers who know a login lock a bank's program out.
            if (account.get().guessable()) {
                records.countFailure(account.get().person().account(), FAILURES_MAX, now.plus(LOCK));
            }
            return Optional.empty();
        }
        records.forgetFailures(account.get().person().account());
        return Optional.of(account.get().person());
    }

    /**
     * The subsystem whose certificate, registered for TLS, opened the connection. Empty for one that is not registered so, is blocked, ended, not yet or no longer valid, or of a contour not served
     * here: the caller is not told which.
     *
     * @param thumbprint SHA-256 of the certificate
     */
    public Optional<SignedIn> signInBy(byte[] thumbprint) {
        return records.subsystemOf(thumbprint, clock.instant()).filter(who -> installation.serves(who.contour()));
    }

    private boolean mayWorkHere(AccountStore.Account account) {
        return installation.serves(account.person().contour()) && !(account.demo() && installation.serves(Contour.PRODUCTION));
    }

    /** False as well when too many are waiting already. */
    private static boolean verify(char[] password, String hash) {
        try {
            if (!HASHING.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return PasswordHash.verify(password, hash);
        } finally {
            HASHING.release();
        }
    }
}
