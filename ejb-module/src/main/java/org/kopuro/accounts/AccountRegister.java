package org.kopuro.accounts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

/**
 * Makes accounts, over a connection of the schema's owner: the application's role has no right to, so that no flaw in a page
 * can create or promote an account. Used by the operator's command and the demo.
 */
public final class AccountRegister {

    private final Connection connection;
    private final Clock clock;

    public AccountRegister(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * Creates the account, or gives an existing one of that login the new password and unlocks it. Login, contour and first role of an
     * existing account stay as they are; false when they differ from what is asked, or when it is blocked, ended, or has secrets of its own.
     */
    public boolean put(String login, char[] password, Contour contour, Role role, String fullName, Optional<Inn> taxpayer, boolean demo)
            throws SQLException {
        return put(login, password, contour, role, fullName, taxpayer, Optional.empty(), demo);
    }

    /** @param participant whom an account of a participant acts for */
    public boolean put(String login, char[] password, Contour contour, Role role, String fullName, Optional<Inn> taxpayer, Optional<UUID> participant, boolean demo)
            throws SQLException {
        return put(login, password, contour, List.of(role), fullName, taxpayer, participant, demo);
    }

    /**
     * @param roles       the first stays for ever; those after it are what the account has from now on. Of one side, and none beside AUDITOR: the database refuses others
     * @param participant whom an account of a participant acts for
     */
    public boolean put(String login, char[] password, Contour contour, List<Role> roles, String fullName, Optional<Inn> taxpayer, Optional<UUID> participant, boolean demo)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with put as (
                    insert into accounts.account as a (id, login, contour, role, full_name, taxpayer_inn, participant_id, password_hash, demo, created_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict on constraint account_login_unique do update
                       set password_hash = excluded.password_hash, failed_attempts = 0, locked_until = null
                     where a.contour = excluded.contour and a.role = excluded.role and a.taxpayer_inn is not distinct from excluded.taxpayer_inn
                       and a.participant_id is not distinct from excluded.participant_id and a.demo = excluded.demo
                       and a.state = 'ACTIVE' and a.password_hash is not null
                    returning id, side, role, ?::text[] further, ?::timestamptz since),
                taken as (delete from accounts.account_role r using put where r.account_id = put.id and r.role <> all (put.further)),
                given as (insert into accounts.account_role (account_id, side, first_role, role, since)
                          select id, side, role, unnest(further), since from put on conflict on constraint account_role_pk do nothing)
                select count(*) from put""")) {
            statement.setObject(1, UUID.randomUUID());
            statement.setString(2, login);
            statement.setString(3, contour.name());
            statement.setString(4, roles.get(0).name());
            statement.setString(5, fullName);
            statement.setString(6, taxpayer.map(Inn::digits).orElse(null));
            statement.setObject(7, participant.orElse(null));
            statement.setString(8, PasswordHash.of(password));
            statement.setBoolean(9, demo);
            statement.setObject(10, clock.instant().atOffset(ZoneOffset.UTC));
            statement.setArray(11, connection.createArrayOf("text", roles.stream().skip(1).map(Role::name).toArray()));
            statement.setObject(12, clock.instant().atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == 1;
            }
        }
    }
}
