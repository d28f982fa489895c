package org.kopuro.consent.forms;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ParticipantDisconnected;
import org.kopuro.access.SubsystemDropped;
import org.kopuro.consent.ReceiptWriter;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/** Form consents, their events and versions. The database changes a consent when an event of it is added, and in no other way. */
@Dependent
class FormStore {

    private static final String VIEW = """
            select f.*, p.full_name, s.code subsystem_code, consent.participant_keeps(f.participant_id, f.contour, f.declared_services) kept_months
              from consent.form_consent f
              join participants.participant p on p.id = f.participant_id
              join participants.subsystem s on s.id = f.subsystem_id
            """;
    private static final String HELD = "select f.id, f.contour, f.taxpayer_inn, f.participant_id, f.state, f.events, f.expires_at from consent.form_consent f ";
    /** The increment and the comparison with the ceiling are one statement: no second node can slip between them. */
    private static final String COUNT = """
            insert into consent.form_daily_use as d (form_id, service_code, day, disclosures) values (?, ?, ?, 1)
            on conflict on constraint form_daily_use_pk do update set disclosures = d.disclosures + 1 where d.disclosures < ?
            returning disclosures
            """;
    /** Of what one taxpayer gave one subsystem for one service; more than the living ones nobody needs to see. */
    private static final int CANDIDATES = 20;

    @Inject
    private Sql sql;

    /** What a registered consent has besides what was declared. */
    record Accepted(UUID version, UUID document, Optional<UUID> signature, Optional<byte[]> signer, Instant expiresAt) {
    }

    /** One transfer of a participant after another: numbers and files are compared with what is there. */
    void lockTransfers(ParticipantId participant, Contour contour) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(?, 0))", "consent.form " + contour + " " + participant.value());
    }

    /** The lock at which issuing tokens and pausing follow one another: no new consent escapes a pause. */
    void lockTaxpayer(Contour contour, Inn taxpayer) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(?, 0))", "consent.token " + contour + " " + taxpayer.digits());
    }

    /** A registered one with this number or this file, the same declaration first. */
    Optional<FormId> registered(ParticipantId participant, Contour contour, NewForm form, byte[] declaration) {
        return sql.first("""
                select id from consent.form_consent
                 where contour = ? and participant_id = ? and result = 'REGISTERED' and (own_number = ? or file_sha256 = ?)
                 order by declaration_sha256 = ? desc, received_at limit 1""", row -> new FormId(row.uuid("id")), contour, participant, form.number(),
                HexFormat.of().parseHex(form.fileSha256()), declaration);
    }

    boolean isOf(FormId id, byte[] declaration) {
        return sql.exists("select from consent.form_consent where id = ? and declaration_sha256 = ?", id, declaration);
    }

    Optional<FormId> rejected(ParticipantId participant, Contour contour, byte[] declaration, FormResult result, Optional<SignatureProblem> problem) {
        return sql.first("""
                select id from consent.form_consent
                 where contour = ? and participant_id = ? and declaration_sha256 = ? and result = ? and problem is not distinct from ?::text""",
                row -> new FormId(row.uuid("id")), contour, participant, declaration, result, problem.map(Enum::name));
    }

    /** @param accepted empty where the result is a rejection */
    void add(UUID id, ParticipantId participant, SubsystemId subsystem, Contour contour, NewForm form, FormResult result, Optional<SignatureProblem> problem,
            Optional<Accepted> accepted, Instant at, Actor by) {
        sql.update("""
                insert into consent.form_consent (id, contour, participant_id, subsystem_id, own_number, taxpayer_inn, taxpayer_name, representative_inn, representative_name,
                       representative_ground, declared_services, signed_on, stated_until, declared_version, signing, file_name, file_sha256, declaration_sha256, result, problem,
                       form_version_id, document_id, signature_id, signer_thumbprint, state, events, received_at, expires_at, paused)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'RECEIVED', 1, ?, ?, false)""",
                id, contour, participant, subsystem, form.number(), form.taxpayer().digits(), form.taxpayerName(), form.representative().map(person -> person.inn().digits()),
                form.representative().map(Representative::name), form.representative().map(Representative::ground), form.services(), form.signedOn(), form.lastDay(), form.version(),
                form.signing(), form.fileName(), HexFormat.of().parseHex(form.fileSha256()), form.digest(subsystem.value()), result, problem,
                accepted.map(Accepted::version), accepted.map(Accepted::document), accepted.flatMap(Accepted::signature), accepted.flatMap(Accepted::signer), at,
                accepted.map(Accepted::expiresAt));
        addEvent(id, 1, "NONE", FormEvent.RECEIVE, FormState.RECEIVED, at, by, "", Optional.empty(), Optional.empty());
        if (accepted.isPresent()) {
            sql.update("insert into consent.form_service (form_id, service_code) select ?, code from unnest(?) code", id, form.services());
        }
        FormEvent event = accepted.isPresent() ? FormEvent.REGISTER : FormEvent.REJECT;
        try {
            addEvent(id, 2, FormState.RECEIVED.name(), event, FormState.RECEIVED.on(event).orElseThrow(), at, Actor.SYSTEM, "", Optional.empty(), Optional.empty());
        } catch (SqlFailure e) {
            // It ended since it was looked at.
            throw e.constraint().equals("agreement_in_force") ? Refusal.of(AccessRefusal.AGREEMENT_MISSING, "services", String.join(", ", form.services())) : e;
        }
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(HeldForm from, FormEvent event, FormState to, Instant at, Actor by, String text, Optional<Instant> declaredAt, Optional<UUID> evidence) {
        addEvent(from.id().value(), from.events() + 1, from.stored().name(), event, to, at, by, text, declaredAt, evidence);
    }

    private void addEvent(UUID id, int number, String from, FormEvent event, FormState to, Instant at, Actor by, String text, Optional<Instant> declaredAt, Optional<UUID> evidence) {
        sql.update("""
                insert into consent.form_event (form_id, number, from_state, event, to_state, at, actor, actor_role, text, declared_at, evidence_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, number, from, event, to, at, by.account(), by.role(), text, declaredAt, evidence);
    }

    void addEvidence(FormId id, UUID document, Instant at) {
        sql.update("insert into consent.form_evidence (form_id, document_id, at) values (?, ?, ?)", id, document, at);
    }

    boolean isEvidence(FormId id, UUID document) {
        return sql.first("select 1 as one from consent.form_evidence where form_id = ? and document_id = ?", row -> true, id, document).isPresent();
    }

    /** Locked until the end of the transaction; waits for every call that is being answered on this consent. New calls wait behind it. */
    Optional<HeldForm> hold(FormId id) {
        sql.call("select pg_advisory_xact_lock(hashtextextended(id::text, 0)) from consent.form_consent where id = ?", id);
        return sql.first(HELD + "where f.id = ? and f.result = 'REGISTERED' and f.erased_at is null for update of f", FormStore::held, id);
    }

    /** Shared with other calls, before the rows are read: as of tokens, an advisory lock is the queue, because row locks are not fair (CON-74). */
    List<PresentForm> present(Contour contour, UUID participant, UUID subsystem, Inn taxpayer, String service) {
        return sql.list("""
                with candidate as materialized (
                    select f.id from consent.form_consent f join consent.form_service l on l.form_id = f.id and l.service_code = ?
                     where f.contour = ? and f.taxpayer_inn = ? and f.participant_id = ? and f.subsystem_id = ? and f.result = 'REGISTERED'
                     order by f.state in ('REGISTERED', 'DISPUTED') desc, f.expires_at desc limit ?),
                gate as materialized (
                    select id, pg_advisory_xact_lock_shared(hashtextextended(id::text, 0)) from (select id from candidate order by id offset 0) c)
                select f.* from gate join consent.form_consent f on f.id = gate.id for share of f""",
                row -> new PresentForm(row.uuid("id"), row.text("taxpayer_inn"), row.as(FormState.class, "state"), row.instant("received_at"), row.instant("expires_at"),
                        row.maybe("ended_at", row::instant), row.flag("paused")), service, contour, taxpayer.digits(), participant, subsystem, CANDIDATES);
    }

    boolean countDisclosure(UUID form, String serviceCode, LocalDate day, int ceiling) {
        return sql.exists(COUNT, form, serviceCode, day, ceiling);
    }

    Optional<FormView> find(FormId id, Instant now) {
        return sql.first(VIEW + " where f.id = ?", row -> view(row, now), id);
    }

    boolean wasDisputed(FormId id) {
        return sql.exists("select from consent.form_event where form_id = ? and event = 'DISPUTE' limit 1", id);
    }

    Optional<FormId> ofNumber(ParticipantId participant, Contour contour, String number) {
        return sql.first("""
                select id from consent.form_consent where contour = ? and participant_id = ? and own_number = ?
                 order by result = 'REGISTERED' desc, received_at desc, id limit 1""", row -> new FormId(row.uuid("id")), contour, participant, number);
    }

    /** Registered ones, the newest first; {@code before} is the id of the last of the page before. */
    List<FormView> about(Contour contour, Inn taxpayer, Optional<UUID> before, int limit, Instant now) {
        return page(" where f.contour = ? and f.taxpayer_inn = ? and f.result = 'REGISTERED'", List.of(contour, taxpayer.digits()), before, limit, now);
    }

    /** Rejected ones, too. */
    List<FormView> of(ParticipantId participant, Contour contour, Optional<UUID> before, int limit, Instant now) {
        return page(" where f.contour = ? and f.participant_id = ?", List.of(contour, participant), before, limit, now);
    }

    List<DisputedForm> disputed(Contour contour, Optional<UUID> before, int limit) {
        return sql.list("""
                select f.id, f.participant_id, p.full_name, s.code subsystem_code, f.own_number, f.declared_services, f.received_at, e.at disputed_at
                  from consent.form_consent f
                  join participants.participant p on p.id = f.participant_id
                  join participants.subsystem s on s.id = f.subsystem_id
                  join consent.form_event e on (e.form_id, e.number) = (f.id, f.events)
                 where f.contour = ? and f.state = 'DISPUTED'""" + after(before),
                row -> new DisputedForm(new FormId(row.uuid("id")), new ParticipantId(row.uuid("participant_id")), row.text("full_name"), row.text("subsystem_code"), row.text("own_number"),
                        row.all(String.class, "declared_services"), row.instant("received_at"), row.instant("disputed_at")),
                Stream.concat(Stream.of(contour), Stream.concat(before.stream(), Stream.of(limit))).toArray());
    }

    private List<FormView> page(String where, List<Object> parameters, Optional<UUID> before, int limit, Instant now) {
        return sql.list(VIEW + where + after(before), row -> view(row, now), Stream.concat(parameters.stream(), Stream.concat(before.stream(), Stream.of(limit))).toArray());
    }

    private static String after(Optional<UUID> before) {
        return (before.isPresent() ? " and (f.received_at, f.id) < (select received_at, id from consent.form_consent where id = ?)" : "") + " order by f.received_at desc, f.id desc limit ?";
    }

    /** Both are held by one statement: whichever way a dispute or its settlement goes at the same instant, the form is withdrawn or marked. */
    private static final String WITHDRAW = """
            with held as materialized (
                select id, contour, events, state from consent.form_consent f
                 where participant_id = ? and contour = ? and (state = 'DISPUTED' or state = 'REGISTERED' and expires_at > ?) and %s
                 order by id for update),
            marked as (
                insert into consent.form_holder_ended (form_id, contour, at) select id, contour, ? from held where state = 'DISPUTED' on conflict on constraint form_holder_ended_pk do nothing)
            insert into consent.form_event (form_id, number, from_state, event, to_state, at, actor_role, text)
            select id, events + 1, state, ?, 'WITHDRAWN', ?, ?, '' from held where state = 'REGISTERED'
            returning form_id""";

    /** What is registered for services of the procedure, all at once; the ids. */
    List<UUID> withdrawAll(ParticipantDisconnected news) {
        return sql.list(WITHDRAW.formatted("exists (select from consent.form_service l join access.service s on s.code = l.service_code where l.form_id = f.id and s.procedure_code = ?)"),
                row -> row.uuid("form_id"), news.participant(), news.contour(), news.at(), news.procedure(), news.at(), FormEvent.DISCONNECT_PARTICIPANT, news.at(), Actor.SYSTEM.role());
    }

    /** What is registered for that subsystem, all at once; the ids. */
    List<UUID> withdrawAll(SubsystemDropped news) {
        return sql.list(WITHDRAW.formatted("subsystem_id = ?"), row -> row.uuid("form_id"), news.participant(), news.contour(), news.at(), news.subsystem(), news.at(),
                FormEvent.DISCONNECT_PARTICIPANT, news.at(), Actor.SYSTEM.role());
    }

    /** Whether what it was given to ended while it was disputed. */
    boolean holderEndedMeanwhile(FormId id) {
        return sql.exists("select from consent.form_holder_ended where form_id = ?", id);
    }

    /** What has reached its expiry and is not yet written down; what another node works on is left to it. */
    List<HeldForm> expired(Instant now, int most) {
        return sql.list(HELD + "where f.state = 'REGISTERED' and f.expires_at <= ? order by f.expires_at limit ? for update of f skip locked", FormStore::held, now, most);
    }

    List<HeldForm> ofEndedTaxpayers(LocalDate today, Instant now, int most) {
        return sql.list(HELD + """
                  join registers.taxpayer x on (x.contour, x.inn) = (f.contour, f.registered_inn) and x.ended_on <= ?
                 where f.state = 'REGISTERED' and f.expires_at > ? order by f.id limit ? for update of f skip locked""", FormStore::held, today, now, most);
    }

    /** In their order. */
    List<ReceiptWriter.Happened> happened(FormId id) {
        return sql.list("select event, to_state, at, actor_role from consent.form_event where form_id = ? order by number",
                row -> new ReceiptWriter.Happened(row.text("event"), row.text("to_state"), row.instant("at"), row.text("actor_role"), Optional.empty()), id);
    }

    /** Digests of the wording that was signed, by language. */
    Map<Language, byte[]> textsOf(FormId id) {
        Map<Language, byte[]> texts = new EnumMap<>(Language.class);
        sql.each("select v.* from consent.form_version v join consent.form_consent f on f.form_version_id = v.id where f.id = ?", row -> {
            for (Language language : Language.values()) {
                row.maybe(language.tag() + "_sha256", row::octets).ifPresent(digest -> texts.put(language, digest));
            }
        }, id);
        return texts;
    }

    /** False where the name is taken. */
    boolean addVersion(UUID id, ParticipantId participant, Contour contour, Optional<UUID> agreement, String version, Map<Language, byte[]> texts, Instant at, Actor by) {
        return sql.update("""
                insert into consent.form_version (id, contour, participant_id, agreement_id, version, ru_sha256, ky_sha256, en_sha256, named_at, actor, actor_role)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict on constraint form_version_name_unique do nothing""", id, contour, participant, agreement, version,
                Optional.ofNullable(texts.get(Language.RU)), Optional.ofNullable(texts.get(Language.KY)), Optional.ofNullable(texts.get(Language.EN)), at, by.account(), by.role()) == 1;
    }

    /** @param agreements the ones that may name it; none in TEST */
    Optional<UUID> version(ParticipantId participant, Contour contour, Collection<UUID> agreements, String version) {
        return sql.first("""
                select id from consent.form_version where contour = ? and participant_id = ? and version = ? and (agreement_id = any(?::uuid[]) or agreement_id is null)
                 order by named_at desc limit 1""", row -> row.uuid("id"), contour, participant, version, agreements);
    }

    List<FormVersionView> versions(ParticipantId participant, Contour contour, int limit) {
        return sql.list("select * from consent.form_version where contour = ? and participant_id = ? order by named_at desc, id limit " + limit, row -> {
            Map<Language, String> texts = new EnumMap<>(Language.class);
            for (Language language : Language.values()) {
                row.maybe(language.tag() + "_sha256", row::octets).ifPresent(digest -> texts.put(language, HexFormat.of().formatHex(digest)));
            }
            return new FormVersionView(row.uuid("id"), row.text("version"), row.maybe("agreement_id", row::uuid), texts, row.instant("named_at"));
        }, contour, participant);
    }

    private static HeldForm held(Row row) {
        return new HeldForm(new FormId(row.uuid("id")), row.as(Contour.class, "contour"), row.text("taxpayer_inn"), row.uuid("participant_id"), row.as(FormState.class, "state"),
                row.number("events"), row.instant("expires_at"));
    }

    private static FormView view(Row row, Instant now) {
        FormState stored = row.as(FormState.class, "state");
        Optional<Instant> expiresAt = row.maybe("expires_at", row::instant);
        FormState state = expiresAt.map(expiry -> stored.at(expiry, now)).orElse(stored);
        return new FormView(new FormId(row.uuid("id")), row.as(Contour.class, "contour"), new ParticipantId(row.uuid("participant_id")), row.text("full_name"),
                new SubsystemId(row.uuid("subsystem_id")), row.text("subsystem_code"), text(row, "own_number"), text(row, "taxpayer_inn"), text(row, "taxpayer_name"),
                row.maybe("representative_inn", row::text).map(inn -> new Representative(new Inn(inn), row.text("representative_name"), row.text("representative_ground"))),
                row.all(String.class, "declared_services"), row.day("signed_on"), expiresAt, row.text("declared_version"), row.as(Signing.class, "signing"), text(row, "file_name"),
                row.maybe("file_sha256", row::octets).map(HexFormat.of()::formatHex).orElse(""), row.as(FormResult.class, "result"), row.maybe(SignatureProblem.class, "problem"), state, row.maybe("cause", row::text),
                row.instant("received_at"), state != stored ? expiresAt : row.maybe("ended_at", row::instant), state == FormState.REGISTERED && row.flag("paused"),
                row.maybe("document_id", row::uuid), row.maybe("signature_id", row::uuid), row.maybe("kept_months", row::number), row.maybe("erased_at", row::instant));
    }

    /** Nothing where it was erased. */
    private static String text(Row row, String column) {
        return row.maybe(column, row::text).orElse("");
    }
}
