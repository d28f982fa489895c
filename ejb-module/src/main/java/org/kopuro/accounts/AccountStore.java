package org.kopuro.accounts;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

@Dependent
class AccountStore {

    @Inject
    private Sql sql;

    /** An account that can sign in, with the one hash to compare with: of the secret of this number, or of its password where none is given. */
    Optional<Account> find(String login, OptionalInt secret, Instant now) {
        return sql.first("""
                select a.id, a.login, a.contour, a.role, a.taxpayer_inn, a.participant_id, a.password_hash, s.hash secret_hash, a.demo, coalesce(a.locked_until > ?, false) locked,
                       array(select r.role from accounts.account_role r where r.account_id = a.id order by r.role) further
                  from accounts.account a
                  left join accounts.secret s on s.account_id = a.id and s.number = ? and (s.state = 'CURRENT' or s.state = 'FORMER' and s.valid_until > ?)
                 where a.login = ? and a.state = 'ACTIVE'""", row -> account(row, secret), now, secret.orElse(0), now, login);
    }

    /** Whom a certificate registered for TLS names, while it is valid and neither blocked nor ended. */
    Optional<SignedIn> subsystemOf(byte[] thumbprint, Instant now) {
        return sql.first("""
                select c.subsystem_id, c.contour, s.participant_id from participants.certificate c join participants.subsystem s on s.id = c.subsystem_id
                 where c.thumbprint = ? and c.purpose = 'TLS' and c.blocked_at is null and ?::timestamptz between c.not_before and c.not_after""",
                row -> SignedIn.bySubsystem(row.uuid("subsystem_id"), row.as(Contour.class, "contour"), row.uuid("participant_id")), thumbprint, now);
    }

    /** Counts in one statement, so that guesses on several nodes add up. */
    void countFailure(UUID account, int most, Instant lockUntil) {
        sql.update("""
                update accounts.account
                   set failed_attempts = case when failed_attempts + 1 >= ? then 0 else failed_attempts + 1 end,
                       locked_until = case when failed_attempts + 1 >= ? then ? else locked_until end
                 where id = ?""", most, most, lockUntil, account);
    }

    void forgetFailures(UUID account) {
        sql.update("update accounts.account set failed_attempts = 0, locked_until = null where id = ? and (failed_attempts > 0 or locked_until is not null)", account);
    }

    private static Account account(Row row, OptionalInt secret) {
        List<Role> roles = Stream.concat(Stream.of(row.text("role")), row.all(String.class, "further").stream()).map(Role::valueOf).toList();
        SignedIn person = new SignedIn(row.uuid("id"), row.text("login"), row.as(Contour.class, "contour"), roles.get(0), roles,
                row.maybe("taxpayer_inn", row::text).map(Inn::new), row.maybe("participant_id", row::uuid), secret.stream().boxed().findFirst());
        Optional<String> password = row.maybe("password_hash", row::text);
        return new Account(person, secret.isPresent() ? row.maybe("secret_hash", row::text) : password, password.isPresent(), row.flag("demo"), row.flag("locked"));
    }

    /** @param guessable it has a password, which somebody may guess */
    record Account(SignedIn person, Optional<String> hash, boolean guessable, boolean demo, boolean locked) {
    }
}
