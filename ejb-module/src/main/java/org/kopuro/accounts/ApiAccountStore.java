package org.kopuro.accounts;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Participants' accounts, their events and secrets. The database changes an account when an event of it is added, and in no other way. */
@Dependent
class ApiAccountStore {

    private static final String SELECT = "select id, login, participant_id, contour, kind, role, full_name, state, created_at, events, subsystem_id from accounts.account ";

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    /** An event to be added. */
    record Step(UUID account, int number, Contour contour, UUID participant, String from, AccountEvent event, AccountState to, Instant at, Actor by, String reason, Optional<Integer> secret) {
    }

    boolean hold(UUID participant, Contour contour) {
        return run("select accounts.hold_node(?, ?)", statement -> {
            bind(statement, participant, contour.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        });
    }

    void add(UUID id, NewApiAccount account, UUID participant, Contour contour, Instant at) {
        try {
            run("""
                    insert into accounts.account (id, login, contour, role, full_name, participant_id, kind, demo, state, events, created_at, subsystem_id)
                    values (?, ?, ?, ?, ?, ?, ?, false, 'ACTIVE', 1, ?, ?)""", statement -> {
                bind(statement, id, account.login(participant, contour), contour.name(), account.role().name(), account.fullName(), participant, account.kind().name(), at,
                        account.subsystem().orElse(null));
                return statement.executeUpdate();
            });
        } catch (IllegalStateException e) {
            throw switch (BrokenConstraint.in(e).orElse("")) {
                case "account_login_unique" -> Refusal.of(AccountRefusal.LOGIN_TAKEN, "login");
                case "account_subsystem_fk" -> Refusal.of(InputRefusal.NOT_FOUND, "subsystem");
                case "account_connected" -> Refusal.of(AccountRefusal.NODE_NOT_CONNECTED);
                default -> e;
            };
        }
    }

    void addEvent(Step step) {
        run("""
                insert into accounts.account_event (account_id, number, contour, participant_id, from_state, event, to_state, at, actor, actor_role, reason, secret_number)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", statement -> {
            bind(statement, step.account(), step.number(), step.contour().name(), step.participant(), step.from(), step.event().name(), step.to().name(), step.at(),
                    step.by().account().orElse(null), step.by().role(), step.reason(), step.secret().orElse(null));
            return statement.executeUpdate();
        });
    }

    int lastSecret(UUID account) {
        return run("select coalesce(max(number), 0) from accounts.secret where account_id = ?", statement -> {
            bind(statement, account);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    /** The current one becomes the former one, good until then; what was former ends now. */
    void addSecret(ApiAccountView account, int number, String hash, Instant at, Instant formerUntil) {
        run("update accounts.secret set state = 'ENDED', ended_at = ? where account_id = ? and state = 'FORMER'", statement -> {
            bind(statement, at, account.id());
            return statement.executeUpdate();
        });
        if (formerUntil.isAfter(at)) {
            run("update accounts.secret set state = 'FORMER', valid_until = ? where account_id = ? and state = 'CURRENT'", statement -> {
                bind(statement, formerUntil, account.id());
                return statement.executeUpdate();
            });
        } else {
            endSecrets(account.id(), at);
        }
        run("insert into accounts.secret (account_id, number, contour, participant_id, hash, state, issued_at) values (?, ?, ?, ?, ?, 'CURRENT', ?)", statement -> {
            bind(statement, account.id(), number, account.contour().name(), account.participant(), hash, at);
            return statement.executeUpdate();
        });
    }

    void endSecrets(UUID account, Instant at) {
        run("update accounts.secret set state = 'ENDED', ended_at = ? where account_id = ? and state <> 'ENDED'", statement -> {
            bind(statement, at, account);
            return statement.executeUpdate();
        });
    }

    /** False where there is none of that number that has not ended. */
    boolean endSecret(UUID account, int number, Instant at) {
        return run("update accounts.secret set state = 'ENDED', ended_at = ? where account_id = ? and number = ? and state <> 'ENDED'", statement -> {
            bind(statement, at, account, number);
            return statement.executeUpdate() == 1;
        });
    }

    /** Those that have not ended. */
    int count(UUID participant, Contour contour, Optional<Role> role) {
        return run("select count(*) from accounts.account where participant_id = ? and contour = ? and state <> 'ENDED' and role = coalesce(?, role)", statement -> {
            bind(statement, participant, contour.name(), role.map(Role::name).orElse(null));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    boolean administered(UUID participant, Contour contour) {
        return run("select exists (select 1 from accounts.account where participant_id = ? and contour = ? and role = 'NODE_ADMINISTRATOR' and state = 'ACTIVE')", statement -> {
            bind(statement, participant, contour.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        });
    }

    Optional<ApiAccountView> find(UUID account, UUID participant, Contour contour, Instant now) {
        return views("where id = ? and participant_id = ? and contour = ?", now, account, participant, contour.name()).stream().findFirst();
    }

    /** For which an active account speaks. */
    Optional<UUID> subsystem(UUID account) {
        return run("select subsystem_id from accounts.account where id = ? and state = 'ACTIVE'", statement -> {
            bind(statement, account);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getObject(1, UUID.class)) : Optional.empty();
            }
        });
    }

    List<ApiAccountView> of(UUID participant, Contour contour, Instant now, int limit) {
        return views("where participant_id = ? and contour = ? order by created_at desc, id limit " + limit, now, participant, contour.name());
    }

    List<ApiAccountView> living(UUID participant, Contour contour, Instant now) {
        return views("where participant_id = ? and contour = ? and state <> 'ENDED' order by id for update", now, participant, contour.name());
    }

    List<AccountChange> history(UUID account, int limit) {
        return run("select * from (select * from accounts.account_event where account_id = ? order by number desc limit " + limit + ") newest order by number", statement -> {
            bind(statement, account);
            List<AccountChange> changes = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    changes.add(new AccountChange(row.getInt("number"), AccountEvent.valueOf(row.getString("event")), AccountState.valueOf(row.getString("to_state")),
                            instant(row, "at").orElseThrow(), Optional.ofNullable(row.getObject("actor", UUID.class)), row.getString("actor_role"), row.getString("reason"),
                            Optional.ofNullable(row.getObject("secret_number", Integer.class))));
                }
            }
            return changes;
        });
    }

    private List<ApiAccountView> views(String where, Instant now, Object... parameters) {
        return run(SELECT + where, statement -> {
            bind(statement, parameters);
            Map<UUID, ApiAccountView> accounts = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject("id", UUID.class);
                    accounts.put(id, new ApiAccountView(id, row.getString("login"), row.getObject("participant_id", UUID.class), Contour.valueOf(row.getString("contour")),
                            AccountKind.valueOf(row.getString("kind")), Role.valueOf(row.getString("role")), row.getString("full_name"), AccountState.valueOf(row.getString("state")),
                            instant(row, "created_at").orElseThrow(), row.getInt("events"), Optional.ofNullable(row.getObject("subsystem_id", UUID.class)), List.of()));
                }
            }
            return withSecrets(accounts, now);
        });
    }

    private List<ApiAccountView> withSecrets(Map<UUID, ApiAccountView> accounts, Instant now) throws SQLException {
        Map<UUID, List<ApiAccountView.Secret>> secrets = new LinkedHashMap<>();
        accounts.keySet().forEach(id -> secrets.put(id, new ArrayList<>()));
        Connection connection = entities.unwrap(Connection.class);
        try (PreparedStatement statement = connection.prepareStatement("""
                select account_id, number, issued_at, valid_until from accounts.secret
                 where account_id = any(?) and (state = 'CURRENT' or state = 'FORMER' and valid_until > ?) order by number desc""")) {
            statement.setArray(1, connection.createArrayOf("uuid", accounts.keySet().toArray()));
            statement.setObject(2, now.atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    secrets.get(row.getObject("account_id", UUID.class)).add(new ApiAccountView.Secret(row.getInt("number"), instant(row, "issued_at").orElseThrow(), instant(row, "valid_until")));
                }
            }
        }
        return accounts.values().stream().map(one -> new ApiAccountView(one.id(), one.login(), one.participant(), one.contour(), one.kind(), one.role(), one.fullName(), one.state(),
                one.createdAt(), one.events(), one.subsystem(), secrets.get(one.id()))).toList();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private <T> T run(String sql, Work<T> work) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object parameter = parameters[i];
            statement.setObject(i + 1, parameter instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameter);
        }
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
