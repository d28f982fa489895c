package org.kopuro.accounts;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

@Dependent
class AccountStore {

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    /** An account that can sign in, with the one hash to compare with: of the secret of this number, or of its password where none is given. */
    Optional<Account> find(String login, OptionalInt secret, Instant now) {
        return run("""
                select a.id, a.login, a.contour, a.role, a.taxpayer_inn, a.participant_id, a.password_hash, s.hash secret_hash, a.demo, coalesce(a.locked_until > ?, false) locked,
                       array(select r.role from accounts.account_role r where r.account_id = a.id order by r.role) further
                  from accounts.account a
                  left join accounts.secret s on s.account_id = a.id and s.number = ? and (s.state = 'CURRENT' or s.state = 'FORMER' and s.valid_until > ?)
                 where a.login = ? and a.state = 'ACTIVE'""", statement -> {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.setInt(2, secret.orElse(0));
            statement.setObject(3, now.atOffset(ZoneOffset.UTC));
            statement.setString(4, login);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(account(row, secret)) : Optional.empty();
            }
        });
    }

    /** Counts in one statement, so that guesses on several nodes add up. */
    void countFailure(UUID account, int most, Instant lockUntil) {
        run("""
                update accounts.account
                   set failed_attempts = case when failed_attempts + 1 >= ? then 0 else failed_attempts + 1 end,
                       locked_until = case when failed_attempts + 1 >= ? then ? else locked_until end
                 where id = ?""", statement -> {
            statement.setInt(1, most);
            statement.setInt(2, most);
            statement.setObject(3, lockUntil.atOffset(ZoneOffset.UTC));
            statement.setObject(4, account);
            return statement.executeUpdate();
        });
    }

    void forgetFailures(UUID account) {
        run("update accounts.account set failed_attempts = 0, locked_until = null where id = ? and (failed_attempts > 0 or locked_until is not null)",
                statement -> {
                    statement.setObject(1, account);
                    return statement.executeUpdate();
                });
    }

    private static Account account(ResultSet row, OptionalInt secret) throws SQLException {
        List<Role> roles = new ArrayList<>(List.of(Role.valueOf(row.getString("role"))));
        for (String further : (String[]) row.getArray("further").getArray()) {
            roles.add(Role.valueOf(further));
        }
        SignedIn person = new SignedIn(row.getObject("id", UUID.class), row.getString("login"), Contour.valueOf(row.getString("contour")),
                roles.get(0), roles, Optional.ofNullable(row.getString("taxpayer_inn")).map(Inn::new),
                Optional.ofNullable(row.getObject("participant_id", UUID.class)), secret.stream().boxed().findFirst());
        String password = row.getString("password_hash");
        return new Account(person, Optional.ofNullable(secret.isPresent() ? row.getString("secret_hash") : password), password != null, row.getBoolean("demo"), row.getBoolean("locked"));
    }

    private <T> T run(String sql, Work<T> work) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param guessable it has a password, which somebody may guess */
    record Account(SignedIn person, Optional<String> hash, boolean guessable, boolean demo, boolean locked) {
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
