package org.kopuro.notices;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

@Dependent
class NoticeStore {

    @Inject
    private Sql sql;
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
        return sql.update("""
                insert into notices.template (kind, procedure_code, language, valid_from, subject, body) values (?, ?, ?, ?, ?, ?)
                on conflict on constraint template_pk do nothing""", template.kind(), template.procedure(), template.language(), template.validFrom(), template.subject(), template.body()) == 1;
    }

    /** The text of the day: the procedure's own before the one for all. */
    Optional<Text> template(NoticeKind kind, String procedure, Language language, LocalDate day) {
        return sql.first("""
                select subject, body from notices.template
                 where kind = ? and procedure_code in (?, '*') and language = ? and valid_from <= ?
                 order by procedure_code = '*', valid_from desc limit 1""", row -> new Text(row.text("subject"), row.text("body")), kind, procedure, language, day);
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
        Set<UUID> added = new HashSet<>(sql.list("""
                with written as (
                    insert into notices.notice (id, dedup_key, kind, procedure_code, language, contour, participant_id, about_kind, about_id, subject, body, due_at, secret_key, written_at)
                    select n.*, ? from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::smallint[]) n
                     order by 2
                    on conflict on constraint notice_dedup_unique do nothing returning id),
                sent as (
                    insert into notices.delivery (id, notice_id, address, state, created_at, next_attempt_at, last_problem)
                    select gen_random_uuid(), d.notice_id, d.address, d.state, ?, ?, d.problem
                      from unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) d (notice_id, address, state, problem) join written w on w.id = d.notice_id)
                select id from written""", row -> row.uuid("id"),
                now, all(letters, Written::id), all(letters, letter -> letter.notice.dedupKey), all(letters, letter -> letter.notice.kind), all(letters, letter -> letter.notice.procedure),
                all(letters, letter -> letter.notice.language), all(letters, letter -> letter.notice.contour), all(letters, letter -> letter.notice.participant),
                all(letters, letter -> letter.notice.aboutKind), all(letters, letter -> letter.notice.aboutId), all(letters, Written::subject), all(letters, Written::body),
                all(letters, letter -> letter.notice.dueAt.map(Instant::toString)), all(letters, letter -> Optional.of(letter.notice).filter(one -> one.oneTime).map(one -> secrets.current())),
                now, now, all(ways, Way::notice), all(ways, Way::address), all(ways, way -> way.possible() ? DeliveryState.PENDING : DeliveryState.REJECTED),
                all(ways, way -> way.possible() ? Optional.empty() : Optional.of(Problem.ADDRESS_NOT_POSSIBLE))));
        Map<String, UUID> first = idsOf(letters.stream().filter(letter -> !added.contains(letter.id())).map(letter -> letter.notice.dedupKey).toList());
        return letters.stream().map(letter -> added.contains(letter.id()) ? letter.id() : first.get(letter.notice.dedupKey)).toList();
    }

    /** By dedup keys that were used before. */
    private Map<String, UUID> idsOf(List<String> dedupKeys) {
        return dedupKeys.isEmpty() ? Map.of() : sql.list("select dedup_key, id from notices.notice where dedup_key = any(?)", row -> Map.entry(row.text("dedup_key"), row.uuid("id")), dedupKeys)
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <T> List<Object> all(List<T> rows, Function<T, Object> column) {
        return rows.stream().map(column).toList();
    }

    /** Empty where the notice tells none. */
    Optional<Short> secretKey(UUID notice) {
        return sql.first("select secret_key from notices.notice where id = ? and secret_key is not null", row -> (short) row.number("secret_key"), notice);
    }

    Optional<NoticeView> find(UUID id) {
        return views("where n.id = ?", id).stream().findFirst();
    }

    List<NoticeView> ofParticipant(UUID participant, Contour contour, Optional<UUID> before, int limit) {
        String mine = "where n.participant_id = ? and (n.contour is null or n.contour = ?)";
        String newest = " order by n.written_at desc, n.id desc limit ?";
        return before.isEmpty() ? views(mine + newest, participant, contour, limit)
                : views(mine + " and (n.written_at, n.id) < (select written_at, id from notices.notice where id = ?)" + newest, participant, contour, before.get(), limit);
    }

    List<NoticeView> unread(UUID participant, Contour contour, int limit) {
        return views("where n.participant_id = ? and (n.contour is null or n.contour = ?) and n.read_at is null order by n.written_at, n.id limit ?", participant, contour, limit);
    }

    List<NoticeView> about(String kind, UUID id, int limit) {
        return views("where n.about_kind = ? and n.about_id = ? order by n.written_at, n.id limit ?", kind, id, limit);
    }

    /** False where the participant has no such notice. */
    boolean markRead(UUID participant, Contour contour, UUID notice, Instant now) {
        return sql.update("""
                update notices.notice set read_at = coalesce(read_at, greatest(?, written_at))
                 where id = ? and participant_id = ? and (contour is null or contour = ?)""", now, notice, participant, contour) == 1;
    }

    List<StuckDelivery> stuck(Contour contour, Instant now, int limit) {
        Instant warned = now.plus(Notices.WARNING);
        return sql.list("""
                select d.*, n.kind, n.subject, n.about_kind, n.about_id, n.due_at,
                       case when d.state in ('REJECTED', 'BOUNCED') then d.state when n.due_at <= ? then 'DUE_SOON' else 'FAILING' end reason
                  from notices.delivery d join notices.notice n on n.id = d.notice_id
                 where d.state <> 'SENT' and d.superseded_by is null and (n.contour is null or n.contour = ?)
                   and (d.state in ('REJECTED', 'BOUNCED') or d.created_at <= ? or n.due_at <= ? or n.due_at <= ? and d.created_at <= ?)
                 order by n.due_at nulls last, d.created_at, d.id limit ?""",
                row -> new StuckDelivery(row.uuid("id"), row.uuid("notice_id"), row.as(StuckDelivery.Reason.class, "reason"), row.as(NoticeKind.class, "kind"), row.text("subject"),
                        row.text("address"), row.text("about_kind"), row.uuid("about_id"), row.instant("created_at"), row.maybe("due_at", row::instant), row.number("attempts"),
                        row.maybe("last_problem", row::text)),
                warned, contour, now.minus(Notices.PATIENCE), now, warned, now.minus(Notices.ON_ITS_WAY), limit);
    }

    Optional<Sending> getForChange(UUID delivery, Contour contour) {
        return sql.first("""
                select d.*, d.superseded_by is not null superseded, n.secret_key is not null secret from notices.delivery d join notices.notice n on n.id = d.notice_id
                 where d.id = ? and (n.contour is null or n.contour = ?) for update of d""",
                row -> new Sending(row.uuid("notice_id"), row.text("address"), row.as(DeliveryState.class, "state"), row.flag("superseded"), row.flag("secret")), delivery, contour);
    }

    void hurry(UUID delivery, Instant now) {
        sql.update("update notices.delivery set next_attempt_at = ? where id = ?", now, delivery);
    }

    /** Puts another delivery into the old one's place: a new one, or the one that is on its way to that address already. */
    UUID replace(UUID old, UUID notice, String address, Instant now) {
        UUID instead = start(notice, address, now);
        sql.update("""
                update notices.delivery set superseded_by = ?, lease = null, leased_until = null,
                       last_problem = case state when 'PENDING' then 'REPLACED' else last_problem end,
                       state = case state when 'PENDING' then 'REJECTED' else state end
                 where id = ?""", instead, old);
        return instead;
    }

    MailState mailState(boolean configured) {
        return sql.one("""
                select s.*, w.waiting, w.oldest from notices.mail_state s
                 cross join (select count(*) waiting, min(created_at) oldest from notices.delivery where state = 'PENDING') w""",
                row -> new MailState(configured, row.maybe("failing_since", row::instant), row.maybe("last_problem", row::text), row.maybe("last_sent_at", row::instant),
                        row.large("waiting"), row.maybe("oldest", row::instant)));
    }

    private UUID start(UUID notice, String address, Instant now) {
        return sql.one("""
                insert into notices.delivery (id, notice_id, address, state, created_at, next_attempt_at) values (?, ?, ?, 'PENDING', ?, ?)
                on conflict (notice_id, lower(address)) where state = 'PENDING' do update set next_attempt_at = excluded.next_attempt_at
                returning id""", row -> row.uuid("id"), UUID.randomUUID(), notice, address, now, now);
    }

    private List<NoticeView> views(String where, Object... parameters) {
        List<NoticeView> notices = sql.list("select n.* from notices.notice n " + where, NoticeStore::view, parameters);
        Map<UUID, List<NoticeView.Delivery>> deliveries = new HashMap<>();
        sql.each("select * from notices.delivery where notice_id = any(?::uuid[]) order by created_at, address, id",
                row -> deliveries.computeIfAbsent(row.uuid("notice_id"), notice -> new ArrayList<>()).add(new NoticeView.Delivery(row.uuid("id"), row.text("address"),
                        row.as(DeliveryState.class, "state"), row.instant("created_at"), row.number("attempts"), row.maybe("last_problem", row::text),
                        row.maybe("sent_at", row::instant), row.maybe("delivered_at", row::instant), row.maybe("bounced_at", row::instant), row.maybe("superseded_by", row::uuid).isPresent())), notices.stream().map(NoticeView::id).toList());
        return notices.stream().map(view -> new NoticeView(view.id(), view.kind(), view.procedure(), view.language(), view.contour(), view.participant(), view.aboutKind(),
                view.aboutId(), view.subject(), view.body(), view.writtenAt(), view.dueAt(), view.readAt(), deliveries.getOrDefault(view.id(), List.of()))).toList();
    }

    private static NoticeView view(Row row) {
        return new NoticeView(row.uuid("id"), row.as(NoticeKind.class, "kind"), row.text("procedure_code"), row.as(Language.class, "language"), row.maybe(Contour.class, "contour"),
                row.maybe("participant_id", row::uuid), row.text("about_kind"), row.uuid("about_id"), row.text("subject"), NoticeSecrets.withheld(row.text("body")),
                row.instant("written_at"), row.maybe("due_at", row::instant), row.maybe("read_at", row::instant), List.of());
    }
}
