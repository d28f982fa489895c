package org.kopuro.accounts;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Participants' accounts, their events and secrets. The database changes an account when an event of it is added, and in no other way. */
@Dependent
class ApiAccountStore {

    private static final String SELECT = "select id, login, participant_id, contour, kind, role, full_name, state, created_at, events, subsystem_id from accounts.account ";

    @Inject
    private Sql sql;

    /** An event to be added. */
    record Step(UUID account, int number, Contour contour, UUID participant, String from, AccountEvent event, AccountState to, Instant at, Actor by, String reason, Optional<Integer> secret) {
    }

    boolean hold(UUID participant, Contour contour) {
        return sql.one("select accounts.hold_node(?, ?) held", row -> row.flag("held"), participant, contour);
    }

    void add(UUID id, NewApiAccount account, UUID participant, Contour contour, Instant at) {
        try {
            sql.update("""
                    insert into accounts.account (id, login, contour, role, full_name, participant_id, kind, demo, state, events, created_at, subsystem_id)
                    values (?, ?, ?, ?, ?, ?, ?, false, 'ACTIVE', 1, ?, ?)""", id, account.login(participant, contour), contour, account.role(), account.fullName(), participant,
                    account.kind(), at, account.subsystem());
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "account_login_unique" -> Refusal.of(AccountRefusal.LOGIN_TAKEN, "login");
                case "account_subsystem_fk" -> Refusal.of(InputRefusal.NOT_FOUND, "subsystem");
                case "account_connected" -> Refusal.of(AccountRefusal.NODE_NOT_CONNECTED);
                default -> e;
            };
        }
    }

    void addEvent(Step step) {
        sql.update("""
                insert into accounts.account_event (account_id, number, contour, participant_id, from_state, event, to_state, at, actor, actor_role, reason, secret_number)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", step.account(), step.number(), step.contour(), step.participant(), step.from(), step.event(), step.to(), step.at(),
                step.by().account(), step.by().role(), step.reason(), step.secret());
    }

    int lastSecret(UUID account) {
        return sql.one("select coalesce(max(number), 0) number from accounts.secret where account_id = ?", row -> row.number("number"), account);
    }

    /** The current one becomes the former one, good until then; what was former ends now. */
    void addSecret(ApiAccountView account, int number, String hash, Instant at, Instant formerUntil) {
        sql.update("update accounts.secret set state = 'ENDED', ended_at = ? where account_id = ? and state = 'FORMER'", at, account.id());
        if (formerUntil.isAfter(at)) {
            sql.update("update accounts.secret set state = 'FORMER', valid_until = ? where account_id = ? and state = 'CURRENT'", formerUntil, account.id());
        } else {
            endSecrets(account.id(), at);
        }
        sql.update("insert into accounts.secret (account_id, number, contour, participant_id, hash, state, issued_at) values (?, ?, ?, ?, ?, 'CURRENT', ?)",
                account.id(), number, account.contour(), account.participant(), hash, at);
    }

    void endSecrets(UUID account, Instant at) {
        sql.update("update accounts.secret set state = 'ENDED', ended_at = ? where account_id = ? and state <> 'ENDED'", at, account);
    }

    /** False where there is none of that number that has not ended. */
    boolean endSecret(UUID account, int number, Instant at) {
        return sql.update("update accounts.secret set state = 'ENDED', ended_at = ? where account_id = ? and number = ? and state <> 'ENDED'", at, account, number) == 1;
    }

    /** Those that have not ended. */
    int count(UUID participant, Contour contour, Optional<Role> role) {
        return sql.one("select count(*) accounts from accounts.account where participant_id = ? and contour = ? and state <> 'ENDED' and role = coalesce(?, role)",
                row -> row.number("accounts"), participant, contour, role);
    }

    boolean administered(UUID participant, Contour contour) {
        return sql.exists("select from accounts.account where participant_id = ? and contour = ? and role = 'NODE_ADMINISTRATOR' and state = 'ACTIVE' limit 1", participant, contour);
    }

    Optional<ApiAccountView> find(UUID account, UUID participant, Contour contour, Instant now) {
        return views("where id = ? and participant_id = ? and contour = ?", now, account, participant, contour).stream().findFirst();
    }

    /** For which an active account speaks. */
    Optional<UUID> subsystem(UUID account) {
        return sql.first("select subsystem_id from accounts.account where id = ? and state = 'ACTIVE'", row -> row.uuid("subsystem_id"), account);
    }

    List<ApiAccountView> of(UUID participant, Contour contour, Instant now, int limit) {
        return views("where participant_id = ? and contour = ? order by created_at desc, id limit ?", now, participant, contour, limit);
    }

    List<ApiAccountView> living(UUID participant, Contour contour, Instant now) {
        return views("where participant_id = ? and contour = ? and state <> 'ENDED' order by id for update", now, participant, contour);
    }

    List<AccountChange> history(UUID account, int limit) {
        return sql.list("select * from (select * from accounts.account_event where account_id = ? order by number desc limit ?) newest order by number",
                row -> new AccountChange(row.number("number"), row.as(AccountEvent.class, "event"), row.as(AccountState.class, "to_state"), row.instant("at"),
                        row.maybe("actor", row::uuid), row.text("actor_role"), row.text("reason"), row.maybe("secret_number", row::number)), account, limit);
    }

    private List<ApiAccountView> views(String where, Instant now, Object... parameters) {
        List<ApiAccountView> accounts = sql.list(SELECT + where, row -> new ApiAccountView(row.uuid("id"), row.text("login"), row.uuid("participant_id"),
                row.as(Contour.class, "contour"), row.as(AccountKind.class, "kind"), row.as(Role.class, "role"), row.text("full_name"), row.as(AccountState.class, "state"),
                row.instant("created_at"), row.number("events"), row.maybe("subsystem_id", row::uuid), List.of()), parameters);
        Map<UUID, List<ApiAccountView.Secret>> secrets = new HashMap<>();
        sql.each("""
                select account_id, number, issued_at, valid_until from accounts.secret
                 where account_id = any(?::uuid[]) and (state = 'CURRENT' or state = 'FORMER' and valid_until > ?) order by number desc""",
                row -> secrets.computeIfAbsent(row.uuid("account_id"), account -> new ArrayList<>())
                        .add(new ApiAccountView.Secret(row.number("number"), row.instant("issued_at"), row.maybe("valid_until", row::instant))),
                accounts.stream().map(ApiAccountView::id).toList(), now);
        return accounts.stream().map(one -> new ApiAccountView(one.id(), one.login(), one.participant(), one.contour(), one.kind(), one.role(), one.fullName(), one.state(),
                one.createdAt(), one.events(), one.subsystem(), secrets.getOrDefault(one.id(), List.of()))).toList();
    }
}
