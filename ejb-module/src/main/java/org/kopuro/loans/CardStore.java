package org.kopuro.loans;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** A loan's card, its versions, and what stands beside it: answers to keys, duplicates and their reviews, reports of errors. */
@Dependent
class CardStore {

    private static final String VERSION = "select (jsonb_populate_record(null::loans.loan, v.card)).* from loans.loan_version v ";
    private static final int VERSIONS_MAX = 10_000;

    @Inject
    private Sql sql;

    Optional<Loan> find(UUID loan, Contour contour) {
        return sql.first("select l.* from loans.loan l where l.id = ? and l.contour = ?", LoanStore::loan, loan, contour);
    }

    List<Loan> versions(UUID loan, Contour contour) {
        return sql.list(VERSION + "where v.loan_id = ? and v.contour = ? order by v.version limit ?", LoanStore::loan, loan, contour, VERSIONS_MAX);
    }

    Optional<Loan> version(UUID loan, int version) {
        return sql.first(VERSION + "where v.loan_id = ? and v.version = ?", LoanStore::loan, loan, version);
    }

    Optional<Loan> asOf(UUID loan, Contour contour, Instant moment) {
        return sql.first(VERSION + "where v.loan_id = ? and v.contour = ? and v.at <= ? order by v.version desc limit 1", LoanStore::loan, loan, contour, moment);
    }

    /** Whether another loan follows it. */
    boolean isReplaced(UUID loan, Contour contour) {
        return sql.exists("select from loans.loan l where l.replaces = ? and l.contour = ?", loan, contour);
    }

    String card(Loan loan) {
        return sql.one("select v.card::text card from loans.loan_version v where v.loan_id = ? and v.version = ?", row -> row.text("card"), loan.id(), loan.version());
    }

    /** One answer after another to a bank's key, on all nodes. */
    void holdKey(UUID bank, Contour contour, String key) {
        sql.call("select set_config('lock_timeout', '5s', true)");
        try {
            sql.call("select pg_advisory_xact_lock(hashtextextended(?, 0))", "loans.answered " + contour + " " + bank + " " + key);
        } catch (SqlFailure e) {
            throw e.state().equals("55P03") ? Refusal.of(LoanRefusal.BUSY) : e;
        }
    }

    /** The loan that the key's first request made, if its body was the same; refuses another body. */
    Optional<UUID> answered(UUID bank, Contour contour, String key, byte[] bodySha256) {
        return sql.first("select loan_id, body_sha256 = ? same from loans.answered where contour = ? and bank_id = ? and key = ?", row -> {
            if (!row.flag("same")) {
                throw Refusal.of(LoanRefusal.KEY_USED_OTHERWISE, "Idempotency-Key");
            }
            return row.uuid("loan_id");
        }, bodySha256, contour, bank, key);
    }

    void addAnswer(UUID bank, Contour contour, String key, byte[] bodySha256, UUID loan, Instant at) {
        sql.update("insert into loans.answered (contour, bank_id, key, body_sha256, loan_id, at) values (?, ?, ?, ?, ?, ?)", contour, bank, key, bodySha256, loan, at);
    }

    /** Active loans of a key, the oldest first; {@code part} is empty where stages are one key. */
    List<Loan> active(String programme, String inn, Optional<Integer> part, Contour contour, int limit) {
        return sql.list("""
                select l.* from loans.loan l
                 where l.contour = ? and l.inn = ? and l.programme = ? and l.status in ('FORMED', 'APPROVED') and (?::integer is null or l.stage = ?::integer)
                 order by l.created_at, l.id limit ?""", LoanStore::loan, contour, inn, programme, part, part, limit);
    }

    /** Loans with a contract and a headcount in it, as far as the viewer sees, by id. */
    List<Loan> contracted(Viewer viewer, Optional<UUID> after, int limit) {
        return sql.list("""
                select l.* from loans.loan l
                 where l.contour = ? and l.status = 'APPROVED' and l.contract_date is not null and l.contract_headcount > 0 and (?::uuid is null or l.bank_id = ?::uuid)
                   and (?::text[] is null or l.programme = any (?::text[])) and (?::uuid is null or l.id > ?::uuid)
                 order by l.id limit ?""", LoanStore::loan, viewer.contour(), viewer.bank(), viewer.bank(), programmes(viewer), programmes(viewer), after, after, limit);
    }

    /** By which rules an active loan was judged. */
    record RulesOfBorrower(String inn, String programme, int stage, int version) {
    }

    /** The rules of these borrowers' active loans, as far as the viewer sees them. */
    List<RulesOfBorrower> rulesOf(Set<String> inns, Viewer viewer) {
        return sql.list("""
                select distinct l.inn, l.programme, l.stage, l.rule_set_version from loans.loan l
                 where l.contour = ? and l.inn = any (?::text[]) and l.status in ('FORMED', 'APPROVED') and (?::text[] is null or l.programme = any (?::text[]))""",
                row -> new RulesOfBorrower(row.text("inn"), row.text("programme"), row.number("stage"), row.number("rule_set_version")), viewer.contour(), inns, programmes(viewer), programmes(viewer));
    }

    /** As PostgreSQL writes an array; codes of programmes have no character that would need quoting. */
    private static Optional<String> programmes(Viewer viewer) {
        return viewer.programmes().map(codes -> "{" + String.join(",", codes) + "}");
    }

    /** Active loans of a programme without a contract, by id. */
    List<Loan> open(String programme, Contour contour, Optional<UUID> after, int limit) {
        return sql.list("""
                select l.* from loans.loan l
                 where l.contour = ? and l.programme = ? and l.status in ('FORMED', 'APPROVED') and l.contract_date is null and (?::uuid is null or l.id > ?::uuid)
                 order by l.id limit ?""", LoanStore::loan, contour, programme, after, after, limit);
    }

    /** The newest month of an application among the active loans of a key; {@code part} is empty where stages are one key. */
    Optional<YearMonth> month(String programme, String inn, Optional<Integer> part, Contour contour) {
        return sql.first("""
                select to_char(max(l.applied_at) at time zone 'Europe/Moscow', 'YYYY-MM') of_month from loans.loan l
                 where l.contour = ? and l.inn = ? and l.programme = ? and l.status in ('FORMED', 'APPROVED') and (?::integer is null or l.stage = ?::integer)
                having count(*) > 0""", row -> YearMonth.parse(row.text("of_month")), contour, inn, programme, part, part);
    }

    /** The newest review of each pair that the loan is of. */
    List<DuplicateReview> reviews(UUID loan, Contour contour) {
        return sql.list("""
                select distinct on (r.first_id, r.second_id) r.id, case when r.first_id = ? then r.second_id else r.first_id end other_id, r.outcome, r.reason, r.at
                  from loans.duplicate_review r where (r.first_id = ? or r.second_id = ?) and r.contour = ? order by r.first_id, r.second_id, r.number desc""",
                row -> new DuplicateReview(row.uuid("id"), Optional.of(row.uuid("other_id")), row.as(DuplicateReview.Outcome.class, "outcome"), Optional.of(row.text("reason")), row.instant("at")), loan, loan, loan, contour);
    }

    void addReview(UUID id, UUID one, UUID other, Contour contour, DuplicateReview.Outcome outcome, String reason, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into loans.duplicate_review (id, contour, first_id, second_id, number, outcome, reason, at, actor, actor_role)
                    select ?, ?::kernel.contour, least(?::uuid, ?::uuid), greatest(?::uuid, ?::uuid), coalesce(max(r.number), 0) + 1, ?, ?, ?, ?::uuid, ?
                      from loans.duplicate_review r where r.first_id = least(?::uuid, ?::uuid) and r.second_id = greatest(?::uuid, ?::uuid)""", id, contour.name(), one, other, one, other, outcome, reason,
                    at, by.account(), by.role(), one, other, one, other);
        } catch (SqlFailure e) {
            throw e.constraint().equals("duplicate_review_pk") ? Refusal.of(LoanRefusal.BUSY) : e;
        }
    }

    /** Whether any version of it said that money was issued. */
    boolean everIssued(UUID loan) {
        return sql.exists("select from loans.loan_version v where v.loan_id = ? and (v.card ->> 'issued')::bigint > 0", loan);
    }

    void addErrorReport(Loan loan, String reason, Instant at, Actor by) {
        try {
            sql.update("insert into loans.error_report (loan_id, contour, version, reason, at, actor, actor_role) values (?, ?, ?, ?, ?, ?, ?)", loan.id(), loan.contour(), loan.version(), reason, at,
                    by.account(), by.role());
        } catch (SqlFailure e) {
            throw e.constraint().equals("error_report_pk") ? Refusal.of(LoanRefusal.VERSION_CONFLICT, "version", loan.version(), "") : e;
        }
    }

    /** Why the bank asks for this version to be withdrawn, if it does. */
    Optional<String> errorReport(Loan loan) {
        return sql.first("select reason from loans.error_report where loan_id = ? and version = ?", row -> row.text("reason"), loan.id(), loan.version());
    }
}
