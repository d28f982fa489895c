package org.kopuro.loans;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** A loan's card, its versions, and what stands beside it: answers to keys, reports of errors. */
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

    /** Loans with a contract and a headcount in it, as far as the viewer sees, by id. */
    List<Loan> contracted(Viewer viewer, Optional<UUID> after, int limit) {
        return sql.list("""
                select l.* from loans.loan l
                 where l.contour = ? and l.status = 'APPROVED' and l.contract_date is not null and l.contract_headcount > 0 and (?::uuid is null or l.bank_id = ?::uuid)
                   and (?::text[] is null or l.programme = any (?::text[])) and (?::uuid is null or l.id > ?::uuid)
                 order by l.id limit ?""", LoanStore::loan, viewer.contour(), viewer.bank(), viewer.bank(), programmes(viewer), programmes(viewer), after, after, limit);
    }

    /** As PostgreSQL writes an array; codes of programmes have no character that would need quoting. */
    private static Optional<String> programmes(Viewer viewer) {
        return viewer.programmes().map(codes -> "{" + String.join(",", codes) + "}");
    }

    /** Active loans of a stage without a contract, by id. */
    List<Loan> open(String programme, int stage, Contour contour, Optional<UUID> after, int limit) {
        return sql.list("""
                select l.* from loans.loan l
                 where l.contour = ? and l.programme = ? and l.stage = ? and l.status in ('FORMED', 'APPROVED') and l.contract_date is null and (?::uuid is null or l.id > ?::uuid)
                 order by l.id limit ?""", LoanStore::loan, contour, programme, stage, after, after, limit);
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
