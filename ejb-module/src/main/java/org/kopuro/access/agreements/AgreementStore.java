package org.kopuro.access.agreements;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.documents.DocumentView;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Agreements, their versions and events. The database changes an agreement when an event of it is added, and in no other way. */
@Dependent
class AgreementStore {

    private static final String SELECT = """
            select a.id, a.participant_id, a.contour, a.procedure_code, a.procedure_version, a.number, a.legacy, a.state, a.since, a.events, coalesce(v.version, 0) version, a.announced_for,
                   v.signed_on, v.first_day, v.last_day, v.data_format, v.consent_form, v.consent_kept_months, v.consent_transfer_format, v.authority_signatory,
                   v.participant_signatory, v.document_id, v.notice_email, v.suspension_basis,
                   array(select s.service_code from access.agreement_service s where (s.agreement_id, s.version) = (a.id, v.version) order by 1) services,
                   array(select n.duty from access.agreement_confirmation n where (n.agreement_id, n.version) = (a.id, v.version)) confirmations
              from access.agreement a left join access.agreement_version v on (v.agreement_id, v.version) = (a.id,\s""";
    private static final String NEWEST = SELECT + "a.version) ";
    private static final String COUNTING = "a.state in ('IN_FORCE', 'TERMINATION_ANNOUNCED') ";

    /** What does not wait after a failure. */
    private static final String TRIED = " and not installation.waits(? || a.id, ?) ";

    @Inject
    private Sql sql;

    /** A version of a procedure under which there are agreements. */
    record Under(String procedure, int version) {
    }

    void add(UUID id, NewAgreement agreement, Procedure procedure, Instant at, Actor by) {
        change("""
                insert into access.agreement (id, participant_id, contour, procedure_code, procedure_version, number, legacy, state, since, events, version)
                values (?, ?, ?, ?, ?, ?, ?, 'DRAFT', ?, 1, 0)""", id, agreement.participant(), Contour.PRODUCTION, procedure.code(), procedure.version(),
                agreement.number(), agreement.legacy(), at);
        addEvent(id, 1, "NONE", AgreementEvent.DRAFT, AgreementState.DRAFT, at, by, agreement.number(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The terms of the next version, which its event puts into force. */
    void addVersion(AgreementView agreement, AgreementTerms terms) {
        int version = agreement.version() + 1;
        AgreementId id = agreement.id();
        change("""
                insert into access.agreement_version (agreement_id, version, signed_on, first_day, last_day, data_format, consent_form, consent_kept_months,
                       consent_transfer_format, authority_signatory, participant_signatory, document_id, notice_email, suspension_basis)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                id, version, terms.signedOn(), terms.firstDay(), terms.lastDay(), terms.dataFormat(), terms.consentForm(), terms.consentKeptMonths(),
                terms.consentTransferFormat(), terms.authoritySignatory(), terms.participantSignatory(), terms.document(), terms.noticeEmail(), terms.suspensionBasis());
        change("insert into access.agreement_service (agreement_id, version, procedure_code, service_code) select ?, ?, ?, unnest(?::text[])",
                id, version, agreement.procedure(), terms.services());
        change("insert into access.agreement_confirmation (agreement_id, version, duty) select ?, ?, unnest(?::text[])", id, version, terms.confirmations());
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(AgreementView from, AgreementEvent event, Instant at, Actor by, String reason, Optional<Integer> version) {
        addEvent(from.id().value(), from.events() + 1, from.state().name(), event, from.state().on(event).orElseThrow(), at, by, reason, version, Optional.empty(), Optional.empty());
    }

    /** What comes with its connection's newest event. An announcement remembers which one, because there its letters are. */
    void follow(AgreementView from, AgreementEvent event, Instant at, Actor by, ConnectionView connection) {
        addEvent(from.id().value(), from.events() + 1, from.state().name(), event, from.state().on(event).orElseThrow(), at, by, connection.reason(), Optional.empty(),
                connection.announcedFor().filter(moment -> event == AgreementEvent.ANNOUNCE_TERMINATION || event == AgreementEvent.DATE_MOVED),
                Optional.of(connection).filter(announced -> event == AgreementEvent.ANNOUNCE_TERMINATION));
    }

    void move(AgreementView from, Instant at, Instant announcedFor) {
        addEvent(from.id().value(), from.events() + 1, from.state().name(), AgreementEvent.DATE_MOVED, from.state(), at, Actor.SYSTEM, "№ " + from.number(), Optional.empty(),
                Optional.of(announcedFor), Optional.empty());
    }

    /** By which event of which connection its termination was announced last. */
    record Announced(ConnectionId connection, int number) {
    }

    Announced announcement(AgreementView agreement) {
        return sql.one("""
                select connection_id, announcement from access.agreement_event where agreement_id = ? and event = 'ANNOUNCE_TERMINATION' order by number desc limit 1""",
                row -> new Announced(new ConnectionId(row.uuid("connection_id")), row.number("announcement")), agreement.id());
    }

    private void addEvent(UUID id, int number, String from, AgreementEvent event, AgreementState to, Instant at, Actor by, String reason, Optional<Integer> version,
            Optional<Instant> announcedFor, Optional<ConnectionView> announced) {
        change("""
                insert into access.agreement_event (agreement_id, number, from_state, event, to_state, at, actor, actor_role, reason, version, announced_for, connection_id, announcement)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, number, from, event, to, at, by.account(), by.role(), reason, version, announcedFor,
                announced.map(ConnectionView::id), announced.map(ConnectionView::events));
    }

    /** What the database refuses, in the words of agreements. */
    private void change(String statement, Object... parameters) {
        try {
            sql.update(statement, parameters);
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "agreement_number_unique" -> Refusal.of(AgreementRefusal.AGREEMENT_NUMBER_TAKEN, "number");
                case "agreement_in_force_once" -> Refusal.of(AgreementRefusal.AGREEMENT_OVERLAPS, "firstDay");
                case "agreement_version_document_fk" -> Refusal.of(AgreementRefusal.AGREEMENT_DOCUMENT_UNKNOWN, "document");
                case "agreement_service_offered_fk" -> Refusal.of(AgreementRefusal.SERVICE_NOT_UNDER_THE_PROCEDURE, "services");
                default -> e;
            };
        }
    }

    void addDocument(AgreementView agreement, DocumentView document, Instant at) {
        sql.update("insert into access.agreement_document (agreement_id, document_id, sha256, attached_at) values (?, ?, ?, ?)", agreement.id(), document.id(), document.sha256(), at);
    }

    /** In the order of their attachment. */
    List<AgreementDocument> documents(UUID agreement) {
        return sql.list("""
                select a.document_id, d.file_name, a.sha256, a.attached_at,
                       exists (select from access.agreement_version v where (v.agreement_id, v.document_id) = (a.agreement_id, a.document_id)) signed
                  from access.agreement_document a join documents.document d on d.id = a.document_id where a.agreement_id = ? order by a.attached_at, a.document_id""",
                row -> new AgreementDocument(row.uuid("document_id"), row.text("file_name"), row.text("sha256"), row.instant("attached_at"), row.flag("signed")), agreement);
    }

    Optional<AgreementView> find(UUID id) {
        return agreements(NEWEST + "where a.id = ?", id).stream().findFirst();
    }

    /** Locked until the end of the transaction: two events on one agreement follow one another. Read after that, as a locking join would show older terms. */
    Optional<AgreementView> findForChange(UUID id) {
        return ids("where a.id = ? for update", id).stream().findFirst().flatMap(locked -> find(locked.value()));
    }

    /** All versions that were signed, the newest first. */
    List<AgreementView> versions(UUID id) {
        return agreements(SELECT + "v.version) where a.id = ? and v.version is not null order by v.version desc", id);
    }

    List<AgreementView> of(ParticipantId participant, Contour contour) {
        return agreements(NEWEST + "where a.participant_id = ? and a.contour = ? order by a.first_day desc nulls first, a.number limit 500", participant, contour);
    }

    List<AgreementView> ofStateForChange(ParticipantId participant, String procedure, AgreementState state) {
        return ids("where a.participant_id = ? and a.procedure_code = ? order by a.first_day, a.id for update", participant, procedure).stream()
                .map(locked -> find(locked.value()).orElseThrow()).filter(found -> found.state() == state).toList();
    }

    /** In force on the day, or from a later one. */
    List<AgreementView> inForceFrom(ParticipantId participant, String procedure, LocalDate day) {
        return agreements(NEWEST + "where a.participant_id = ? and a.procedure_code = ? and " + COUNTING + "and coalesce(a.last_day, 'infinity') >= ? order by a.first_day",
                participant, procedure, day);
    }

    List<Under> procedures() {
        return sql.list("select distinct procedure_code, procedure_version from access.agreement order by 1, 2",
                row -> new Under(row.text("procedure_code"), row.number("procedure_version")));
    }

    List<AgreementId> ended(Under under, LocalDate today, Instant now, int limit) {
        return ids("where procedure_code = ? and procedure_version = ? and " + COUNTING + "and last_day < ?" + TRIED + "order by last_day, id limit ?", under.procedure(), under.version(), today,
                waiting(AgreementDue.Kind.END), now, limit);
    }

    /** Announced for a moment that has come, while no connection announces anything. */
    List<AgreementId> terminated(Instant now, int limit) {
        return ids("""
                where a.announced_for <= ? and not exists (select from access.connection c where c.participant_id = a.participant_id and c.contour = a.contour
                      and c.procedure_code = a.procedure_code and c.state like '%TERMINATION_ANNOUNCED')
                """ + TRIED + "order by announced_for, id limit ?", now, waiting(AgreementDue.Kind.END), now, limit);
    }

    /** In force today, while the connection is suspended because none was. */
    List<AgreementId> restoring(Under under, LocalDate today, Instant now, int limit) {
        return ids("where a.procedure_code = ? and a.procedure_version = ? and " + COUNTING + """
                and ? between a.first_day and coalesce(a.last_day, 'infinity') and exists (
                    select from access.connection c
                     where c.participant_id = a.participant_id and c.contour = a.contour and c.procedure_code = a.procedure_code and c.state = 'SUSPENDED'
                       and (select event from access.connection_event e where e.connection_id = c.id and e.event in ('SUSPEND', 'SUSPENSION_DUE', 'AGREEMENT_EXPIRED')
                             order by number desc limit 1) = 'AGREEMENT_EXPIRED')
                """ + TRIED + "order by a.id limit ?", under.procedure(), under.version(), today, waiting(AgreementDue.Kind.RESTORE), now, limit);
    }

    /** Whose time for a renewal is over. */
    List<AgreementId> notRenewed(Instant now, int limit) {
        return ids("where a.id in (select about_id from access.obligation where rule = 'RENEW_AGREEMENT' and closed_at is null and due_at <= ?)" + TRIED + "order by a.id limit ?", now,
                waiting(AgreementDue.Kind.DISCONNECT), now, limit);
    }

    /** That end by the day, and of which nobody was told so shortly before. */
    List<AgreementId> unwarned(Under under, LocalDate today, LocalDate until, int workingDays, Instant now, int limit) {
        return ids("where a.procedure_code = ? and a.procedure_version = ? and " + COUNTING + """
                and a.last_day between ? and ? and not exists (
                    select from access.agreement_warning w where (w.agreement_id, w.last_day) = (a.id, a.last_day) and w.working_days <= ?)
                """ + TRIED + "order by a.last_day, a.id limit ?", under.procedure(), under.version(), today, until, workingDays, waiting(AgreementDue.Kind.WARN), now, limit);
    }

    /** Whether it is the first of its kind. */
    boolean warn(AgreementId agreement, LocalDate lastDay, int workingDays, Instant at) {
        return sql.update("insert into access.agreement_warning (agreement_id, last_day, working_days, at) values (?, ?, ?, ?) on conflict do nothing", agreement, lastDay,
                workingDays, at) == 1;
    }

    /** Who signed the version in force. */
    Actor signedBy(AgreementView agreement) {
        return sql.one("select actor, actor_role from access.agreement_event where agreement_id = ? and version = ?",
                row -> Actor.of(row.uuid("actor"), row.text("actor_role")), agreement.id(), agreement.version());
    }

    Optional<Instant> signedAt(ParticipantId participant, String procedure, LocalDate today) {
        return sql.first("""
                select e.at from access.agreement a join access.agreement_event e on e.agreement_id = a.id and e.event = 'SIGN'
                 where a.participant_id = ? and a.procedure_code = ? and\s""" + COUNTING + "and coalesce(a.last_day, 'infinity') >= ? order by e.at limit 1",
                row -> row.instant("at"), participant, procedure, today);
    }
    /** Before the id, in the name of what waits after a failure. */
    private static String waiting(AgreementDue.Kind kind) {
        return AgreementDue.matter(kind, "");
    }

    private List<AgreementId> ids(String where, Object... parameters) {
        return sql.list("select a.id from access.agreement a " + where, row -> new AgreementId(row.uuid("id")), parameters);
    }

    private List<AgreementView> agreements(String question, Object... parameters) {
        return sql.list(question, AgreementStore::agreement, parameters);
    }

    private static AgreementView agreement(Row row) {
        Optional<AgreementTerms> terms = row.maybe("first_day", row::day).map(firstDay -> new AgreementTerms(row.day("signed_on"), firstDay, row.maybe("last_day", row::day),
                row.text("data_format"), row.text("consent_form"), row.number("consent_kept_months"), row.text("consent_transfer_format"), row.text("authority_signatory"),
                row.text("participant_signatory"), new TreeSet<>(row.all(String.class, "services")), row.uuid("document_id"),
                row.all(String.class, "confirmations").stream().map(ConfirmedDuty::valueOf).collect(Collectors.toSet()), row.maybe("notice_email", row::text),
                row.maybe("suspension_basis", row::text)));
        return new AgreementView(new AgreementId(row.uuid("id")), new ParticipantId(row.uuid("participant_id")), row.as(Contour.class, "contour"), row.text("procedure_code"),
                row.number("procedure_version"), row.text("number"), row.flag("legacy"), row.as(AgreementState.class, "state"), row.instant("since"), row.number("events"),
                row.number("version"), row.maybe("announced_for", row::instant), terms);
    }
}
