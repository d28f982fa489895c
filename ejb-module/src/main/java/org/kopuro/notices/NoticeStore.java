package org.kopuro.notices;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

@Dependent
class NoticeStore {

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;
    @Inject
    private NoticeSecrets secrets;

    /** A text as published. */
    record Text(String subject, String body) {
    }

    /** What an officer acts upon. */
    record Sending(UUID notice, String address, DeliveryState state, boolean superseded, boolean secret) {
    }

    /** False where one of that day is there. */
    boolean add(NewTemplate template) {
        return run("""
                insert into notices.template (kind, procedure_code, language, valid_from, subject, body) values (?, ?, ?, ?, ?, ?)
                on conflict on constraint template_pk do nothing""", statement -> {
            bind(statement, template.kind().name(), template.procedure(), template.language().name(), template.validFrom(), template.subject(), template.body());
            return statement.executeUpdate() == 1;
        });
    }

    /** The text of the day: the procedure's own before the one for all. */
    Optional<Text> template(NoticeKind kind, String procedure, Language language, LocalDate day) {
        return run("""
                select subject, body from notices.template
                 where kind = ? and procedure_code in (?, '*') and language = ? and valid_from <= ?
                 order by procedure_code = '*', valid_from desc limit 1""", statement -> {
            bind(statement, kind.name(), procedure, language.name(), day);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Text(row.getString(1), row.getString(2))) : Optional.empty();
            }
        });
    }

    /** A notice in its words, and the addresses that it goes to. */
    record Written(UUID id, NewNotice notice, String subject, String body, List<String> addresses) {
    }

    /**
     * Adds all whose dedup keys were not used, with their deliveries, in one statement; waits for a transaction that is just using one. An address that cannot
     * be one is rejected here already: no decision fails for it, and the officer sees it at once.
     *
     * @return the ids of all, those of the first ones where keys were used before
     */
    List<UUID> add(List<Written> letters, Instant now) {
        record Way(UUID notice, String address, boolean possible) {
        }
        List<Way> ways = letters.stream().flatMap(letter -> letter.addresses().stream()
                .map(address -> new Way(letter.id(), address.substring(0, Math.min(address.length(), MailAddress.LENGTH_MAX)), MailAddress.of(address).isPresent()))).toList();
        // In the order of the keys, so that two transactions with the same ones wait for each other rather than block each other.
        Set<UUID> added = run("""
                with written as (
                    insert into notices.notice (id, dedup_key, kind, procedure_code, language, contour, participant_id, about_kind, about_id, subject, body, due_at, secret_key, written_at)
                    select n.*, ? from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::smallint[]) n
                     order by 2
                    on conflict on constraint notice_dedup_unique do nothing returning id),
                sent as (
                    insert into notices.delivery (id, notice_id, address, state, created_at, next_attempt_at, last_problem)
                    select gen_random_uuid(), d.notice_id, d.address, d.state, ?, ?, d.problem
                      from unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) d (notice_id, address, state, problem) join written w on w.id = d.notice_id)
                select id from written""", statement -> {
            bind(statement, now, array("uuid", letters, Written::id), array("text", letters, letter -> letter.notice.dedupKey),
                    array("text", letters, letter -> letter.notice.kind.name()), array("text", letters, letter -> letter.notice.procedure),
                    array("text", letters, letter -> letter.notice.language.name()), array("text", letters, letter -> letter.notice.contour.map(Enum::name).orElse(null)),
                    array("uuid", letters, letter -> letter.notice.participant.orElse(null)), array("text", letters, letter -> letter.notice.aboutKind),
                    array("uuid", letters, letter -> letter.notice.aboutId), array("text", letters, Written::subject), array("text", letters, Written::body),
                    array("text", letters, letter -> letter.notice.dueAt.map(Instant::toString).orElse(null)),
                    array("int2", letters, letter -> letter.notice.oneTime ? secrets.current() : null),
                    now, now, array("uuid", ways, Way::notice), array("text", ways, Way::address),
                    array("text", ways, way -> (way.possible() ? DeliveryState.PENDING : DeliveryState.REJECTED).name()),
                    array("text", ways, way -> way.possible() ? null : Problem.ADDRESS_NOT_POSSIBLE.name()));
            Set<UUID> ids = new HashSet<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getObject(1, UUID.class));
                }
            }
            return ids;
        });
        Map<String, UUID> first = idsOf(letters.stream().filter(letter -> !added.contains(letter.id())).map(letter -> letter.notice.dedupKey).toList());
        return letters.stream().map(letter -> added.contains(letter.id()) ? letter.id() : first.get(letter.notice.dedupKey)).toList();
    }

    /** By dedup keys that were used before. */
    private Map<String, UUID> idsOf(List<String> dedupKeys) {
        if (dedupKeys.isEmpty()) {
            return Map.of();
        }
        return run("select dedup_key, id from notices.notice where dedup_key = any (?)", statement -> {
            bind(statement, connection().createArrayOf("text", dedupKeys.toArray()));
            Map<String, UUID> ids = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.put(row.getString(1), row.getObject(2, UUID.class));
                }
            }
            return ids;
        });
    }

    /** Empty where the notice tells none. */
    Optional<Short> secretKey(UUID notice) {
        return run("select secret_key from notices.notice where id = ? and secret_key is not null", statement -> {
            bind(statement, notice);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getShort(1)) : Optional.empty();
            }
        });
    }

    private <T> Array array(String type, List<T> rows, Function<T, Object> column) throws SQLException {
        return connection().createArrayOf(type, rows.stream().map(column).toArray());
    }

    Optional<NoticeView> find(UUID id) {
        return views("where n.id = ?", id).stream().findFirst();
    }

    List<NoticeView> ofParticipant(UUID participant, Contour contour, Optional<UUID> before, int limit) {
        String mine = "where n.participant_id = ? and (n.contour is null or n.contour = ?)";
        String newest = " order by n.written_at desc, n.id desc limit " + limit;
        return before.isEmpty() ? views(mine + newest, participant, contour.name())
                : views(mine + " and (n.written_at, n.id) < (select written_at, id from notices.notice where id = ?)" + newest,
                        participant, contour.name(), before.get());
    }

    List<NoticeView> unread(UUID participant, Contour contour, int limit) {
        return views("where n.participant_id = ? and (n.contour is null or n.contour = ?) and n.read_at is null order by n.written_at, n.id limit " + limit,
                participant, contour.name());
    }

    List<NoticeView> about(String kind, UUID id, int limit) {
        return views("where n.about_kind = ? and n.about_id = ? order by n.written_at, n.id limit " + limit, kind, id);
    }

    /** False where the participant has no such notice. */
    boolean markRead(UUID participant, Contour contour, UUID notice, Instant now) {
        return run("""
                update notices.notice set read_at = coalesce(read_at, greatest(?, written_at))
                 where id = ? and participant_id = ? and (contour is null or contour = ?)""", statement -> {
            bind(statement, now, notice, participant, contour.name());
            return statement.executeUpdate() == 1;
        });
    }

    List<StuckDelivery> stuck(Contour contour, Instant now, int limit) {
        return run("""
                select d.*, n.kind, n.subject, n.about_kind, n.about_id, n.due_at,
                       case when d.state = 'REJECTED' then 'REJECTED' when n.due_at <= ? then 'DUE_SOON' else 'FAILING' end reason
                  from notices.delivery d join notices.notice n on n.id = d.notice_id
                 where d.state <> 'SENT' and d.superseded_by is null and (n.contour is null or n.contour = ?)
                   and (d.state = 'REJECTED' or d.created_at <= ? or n.due_at <= ? or n.due_at <= ? and d.created_at <= ?)
                 order by n.due_at nulls last, d.created_at, d.id limit ?""", statement -> {
            Instant warned = now.plus(Notices.WARNING);
            bind(statement, warned, contour.name(), now.minus(Notices.PATIENCE), now, warned, now.minus(Notices.ON_ITS_WAY), limit);
            List<StuckDelivery> stuck = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    stuck.add(new StuckDelivery(row.getObject("id", UUID.class), row.getObject("notice_id", UUID.class),
                            StuckDelivery.Reason.valueOf(row.getString("reason")), NoticeKind.valueOf(row.getString("kind")), row.getString("subject"),
                            row.getString("address"), row.getString("about_kind"), row.getObject("about_id", UUID.class),
                            instant(row, "created_at").orElseThrow(), instant(row, "due_at"), row.getInt("attempts"),
                            Optional.ofNullable(row.getString("last_problem"))));
                }
            }
            return stuck;
        });
    }

    Optional<Sending> getForChange(UUID delivery, Contour contour) {
        return run("""
                select d.*, n.secret_key is not null secret from notices.delivery d join notices.notice n on n.id = d.notice_id
                 where d.id = ? and (n.contour is null or n.contour = ?) for update of d""", statement -> {
            bind(statement, delivery, contour.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Sending(row.getObject("notice_id", UUID.class), row.getString("address"),
                        DeliveryState.valueOf(row.getString("state")), row.getObject("superseded_by") != null, row.getBoolean("secret"))) : Optional.empty();
            }
        });
    }

    void hurry(UUID delivery, Instant now) {
        run("update notices.delivery set next_attempt_at = ? where id = ?", statement -> {
            bind(statement, now, delivery);
            return statement.executeUpdate();
        });
    }

    /** Puts another delivery into the old one's place: a new one, or the one that is on its way to that address already. */
    UUID replace(UUID old, UUID notice, String address, Instant now) {
        UUID instead = start(notice, address, now);
        run("""
                update notices.delivery set superseded_by = ?, lease = null, leased_until = null,
                       last_problem = case state when 'PENDING' then 'REPLACED' else last_problem end,
                       state = case state when 'PENDING' then 'REJECTED' else state end
                 where id = ?""", statement -> {
            bind(statement, instead, old);
            return statement.executeUpdate();
        });
        return instead;
    }

    MailState mailState(boolean configured) {
        return run("""
                select s.*, w.waiting, w.oldest from notices.mail_state s
                 cross join (select count(*) waiting, min(created_at) oldest from notices.delivery where state = 'PENDING') w""", statement -> {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new MailState(configured, instant(row, "failing_since"), Optional.ofNullable(row.getString("last_problem")), instant(row, "last_sent_at"),
                        row.getLong("waiting"), instant(row, "oldest"));
            }
        });
    }

    private UUID start(UUID notice, String address, Instant now) {
        return run("""
                insert into notices.delivery (id, notice_id, address, state, created_at, next_attempt_at) values (?, ?, ?, 'PENDING', ?, ?)
                on conflict (notice_id, lower(address)) where state = 'PENDING' do update set next_attempt_at = excluded.next_attempt_at
                returning id""", statement -> {
            bind(statement, UUID.randomUUID(), notice, address, now, now);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, UUID.class);
            }
        });
    }

    private List<NoticeView> views(String where, Object... parameters) {
        return run("select n.* from notices.notice n " + where, statement -> {
            bind(statement, parameters);
            Map<UUID, NoticeView> views = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    NoticeView view = view(row);
                    views.put(view.id(), view);
                }
            }
            return withDeliveries(views);
        });
    }

    private List<NoticeView> withDeliveries(Map<UUID, NoticeView> views) throws SQLException {
        Map<UUID, List<NoticeView.Delivery>> deliveries = new LinkedHashMap<>();
        views.keySet().forEach(id -> deliveries.put(id, new ArrayList<>()));
        try (PreparedStatement statement = connection().prepareStatement("select * from notices.delivery where notice_id = any(?) order by created_at, address, id")) {
            statement.setArray(1, connection().createArrayOf("uuid", views.keySet().toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    deliveries.get(row.getObject("notice_id", UUID.class)).add(new NoticeView.Delivery(row.getObject("id", UUID.class), row.getString("address"),
                            DeliveryState.valueOf(row.getString("state")), instant(row, "created_at").orElseThrow(), row.getInt("attempts"),
                            Optional.ofNullable(row.getString("last_problem")), instant(row, "sent_at"), row.getObject("superseded_by") != null));
                }
            }
        }
        return views.values().stream().map(view -> new NoticeView(view.id(), view.kind(), view.procedure(), view.language(), view.contour(), view.participant(),
                view.aboutKind(), view.aboutId(), view.subject(), view.body(), view.writtenAt(), view.dueAt(), view.readAt(), deliveries.get(view.id()))).toList();
    }

    private static NoticeView view(ResultSet row) throws SQLException {
        return new NoticeView(row.getObject("id", UUID.class), NoticeKind.valueOf(row.getString("kind")), row.getString("procedure_code"),
                Language.valueOf(row.getString("language")), Optional.ofNullable(row.getString("contour")).map(Contour::valueOf),
                Optional.ofNullable(row.getObject("participant_id", UUID.class)), row.getString("about_kind"), row.getObject("about_id", UUID.class),
                row.getString("subject"), NoticeSecrets.withheld(row.getString("body")), instant(row, "written_at").orElseThrow(), instant(row, "due_at"), instant(row, "read_at"), List.of());
    }

    private Connection connection() {
        return entities.unwrap(Connection.class);
    }

    private <T> T run(String sql, Work<T> work) {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
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

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
