package org.kopuro.loans;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** A loan's card, its versions, and what stands beside it: answers to keys, reports of errors. */
@Dependent
class CardStore {

    private static final String VERSION = "select (jsonb_populate_record(null::loans.loan, v.card)).* from loans.loan_version v ";
    private static final String REPORT = """
            e.loan_id, e.version, e.reason, e.at, d.reason as decline_reason, d.at as declined_at
              from loans.error_report e join loans.loan l on l.id = e.loan_id left join loans.error_decline d on d.loan_id = e.loan_id and d.version = e.version""";
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

    /** What the key's first request was answered, if its body was the same; refuses another body. */
    Optional<FirstAnswer> answered(UUID bank, Contour contour, String key, byte[] bodySha256) {
        return sql.first("select loan_id, sayings, duplicate, newer_report, body_sha256 = ? same from loans.answered where contour = ? and bank_id = ? and key = ?", row -> {
            if (!row.flag("same")) {
                throw Refusal.of(LoanRefusal.KEY_USED_OTHERWISE, "Idempotency-Key");
            }
            return new FirstAnswer(row.uuid("loan_id"), FirstAnswer.sayings(row.text("sayings")), row.maybe("duplicate", row::flag), row.maybe("newer_report", row::flag));
        }, bodySha256, contour, bank, key);
    }

    void addAnswer(UUID bank, Contour contour, String key, byte[] bodySha256, LoanView answer, Instant at) {
        sql.update("insert into loans.answered (contour, bank_id, key, body_sha256, loan_id, sayings, duplicate, newer_report, at) values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)", contour, bank, key, bodySha256,
                answer.loan().id(), FirstAnswer.json(answer.sayings()), answer.duplicate(), answer.newerReport(), at);
    }

    /** The refusal, and of a stale version in what it differs (LOAN-31). */
    Refusal refusal(Saying saying, Wish wish, Contour contour) {
        return saying.refusal().code() == LoanRefusal.VERSION_CONFLICT && wish.loan().isPresent() ? stale(wish, contour) : saying.refusal();
    }

    Refusal stale(Wish wish, Contour contour) {
        Loan now = find(wish.loan().orElseThrow(), contour).orElseThrow();
        String fields = wish.version().flatMap(version -> version(now.id(), version)).map(read -> LoanArchive.changes(Optional.of(read), now).stream().map(FieldChange::field)
                .collect(Collectors.joining(", "))).orElse("");
        return Refusal.of(LoanRefusal.VERSION_CONFLICT, "version", String.valueOf(now.version()), fields);
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
    static Optional<String> programmes(Viewer viewer) {
        return viewer.programmes().map(codes -> "{" + String.join(",", codes) + "}");
    }

    /** Active loans of a programme without a contract, by id. */
    List<Loan> open(String programme, Contour contour, Optional<UUID> after, int limit) {
        return sql.list("""
                select l.* from loans.loan l
                 where l.contour = ? and l.programme = ? and l.status in ('FORMED', 'APPROVED') and l.contract_date is null and (?::uuid is null or l.id > ?::uuid)
                 order by l.id limit ?""", LoanStore::loan, contour, programme, after, after, limit);
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
            throw e.constraint().equals("error_report_pk") ? Refusal.of(LoanRefusal.ERROR_REPORTED, "loan") : e;
        }
    }

    /** What the bank says of this version, and what the regulator said to that. */
    Optional<ErrorReport> errorReport(Loan loan) {
        return sql.first("select l.bank_id, l.programme, " + REPORT + " where e.loan_id = ? and e.version = ?", CardStore::report, loan.id(), loan.version());
    }

    /** Those that wait for the regulator, as far as the viewer sees; the oldest first. */
    List<ErrorReport> errorReports(Viewer viewer, Optional<ErrorReport.Place> after, int limit) {
        return sql.list("select l.bank_id, l.programme, " + REPORT + " " + """
                where e.contour = ? and l.version = e.version and l.status = 'APPROVED' and d.loan_id is null and (?::uuid is null or l.bank_id = ?::uuid)
                   and (?::text[] is null or l.programme = any (?::text[]))
                   and (?::uuid is null or (e.at, e.loan_id) > (?::timestamptz, ?::uuid))
                 order by e.at, e.loan_id limit ?""", CardStore::report, viewer.contour(), viewer.bank(), viewer.bank(), programmes(viewer), programmes(viewer), after.map(ErrorReport.Place::loan),
                after.map(ErrorReport.Place::at), after.map(ErrorReport.Place::loan), limit);
    }

    private static ErrorReport report(Row row) {
        return new ErrorReport(row.uuid("loan_id"), row.number("version"), row.uuid("bank_id"), row.text("programme"), row.text("reason"), row.instant("at"),
                row.maybe("decline_reason", row::text).map(reason -> new ErrorReport.Declined(reason, row.instant("declined_at"))));
    }

    void decline(Loan loan, String reason, Instant at, Actor by) {
        sql.update("insert into loans.error_decline (loan_id, contour, version, reason, at, actor, actor_role) values (?, ?, ?, ?, ?, ?, ?)", loan.id(), loan.contour(), loan.version(), reason, at,
                by.account(), by.role());
    }
}
