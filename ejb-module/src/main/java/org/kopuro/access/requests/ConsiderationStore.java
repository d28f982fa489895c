package org.kopuro.access.requests;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.companies.CompanySource;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Refusal;

/** What is found while a request is considered: what it lacks, what was ticked, what registers said, which files it has, and why it was refused. */
@Dependent
class ConsiderationStore {

    @Inject
    private Sql sql;

    /** What it lacks to be taken up. */
    List<Shortcoming> shortcomings(UUID id) {
        return sql.list("select code from access.shortcomings(?) code", row -> row.as(Shortcoming.class, "code"), id).stream().sorted().toList();
    }

    void addCauses(UUID id, List<Cause> causes) {
        List<Object[]> rows = new ArrayList<>();
        causes.forEach(cause -> rows.add(new Object[] {id, rows.size() + 1, cause.code(), cause.text()}));
        sql.batch("insert into access.request_cause (request_id, position, code, text) values (?, ?, ?, ?)", rows);
    }

    void check(UUID id, String item, boolean ticked, String note, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into access.request_check (request_id, item_code, number, ticked, note, checked_at, actor, actor_role)
                    select ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? from access.request_check where request_id = ? and item_code = ?""", id, item, ticked, note, at,
                    by.account().orElseThrow(), by.role(), id, item);
        } catch (SqlFailure e) {
            throw e.constraint().equals("check_against_finding") ? Refusal.of(RequestRefusal.COMPANY_NOT_FOUND, "note") : e;
        }
    }

    /** False where it is considered no more. */
    boolean add(UUID id, CompanyFinding finding, Actor by) {
        if (!sql.exists("select from access.request where id = ? and state = 'ACCEPTED' for no key update", id)) {
            return false;
        }
        sql.update("""
                insert into access.request_finding (request_id, number, outcome, source, check_id, reason, found_at, actor, actor_role)
                select ?, coalesce(max(number), 0) + 1, ?, ?::text, ?::uuid, ?::text, ?, ?, ? from access.request_finding where request_id = ?""", id, finding.outcome(),
                finding.source(), finding.check(), finding.reason(), finding.at(), by.account().orElseThrow(), by.role(), id);
        return true;
    }

    /** The newest one. */
    Optional<CompanyFinding> finding(UUID id) {
        return sql.first("select outcome, source, check_id, reason, found_at from access.request_finding where request_id = ? order by number desc limit 1",
                row -> new CompanyFinding(row.as(CompanyFinding.Outcome.class, "outcome"), row.maybe(CompanySource.class, "source"), row.maybe("check_id", row::uuid),
                        row.maybe("reason", row::text), row.instant("found_at")), id);
    }

    void addDocument(UUID id, AttachedDocument attached) {
        Attachment told = attached.attachment();
        sql.update("""
                insert into access.request_document (request_id, document_id, kind, number, issued_on, issuer, valid_to, sha256, attached_at)
                values (?, ?, ?, ?::text, ?::date, ?::text, ?::date, ?, ?)""", id, attached.document(), told.kind(), told.number(), told.issuedOn(), told.issuer(), told.validTo(),
                attached.sha256(), attached.attachedAt());
    }

    List<AttachedDocument> documents(UUID request) {
        return sql.list("""
                select a.document_id, a.kind, a.number, a.issued_on, a.issuer, a.valid_to, a.sha256, a.attached_at, d.file_name
                  from access.request_document a join documents.document d on d.id = a.document_id where a.request_id = ? order by a.attached_at, a.document_id""",
                row -> new AttachedDocument(row.uuid("document_id"), new Attachment(row.as(Attachment.Kind.class, "kind"), row.maybe("number", row::text), row.maybe("issued_on", row::day),
                        row.maybe("issuer", row::text), row.maybe("valid_to", row::day)), row.text("file_name"), row.text("sha256"), row.instant("attached_at")), request);
    }
}
