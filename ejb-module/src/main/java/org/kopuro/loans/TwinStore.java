package org.kopuro.loans;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.kopuro.installation.Installation;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** Loans with one key, and what regulators found of them (LOAN-40 to LOAN-46). A pair's review counts as long as both have the key under which it was made; the newest does. */
@Dependent
class TwinStore {

    /** Of a loan {@code o} and another one, by that one's id, twice. */
    private static final String REVIEW = """
            select r.id as review_id, r.outcome as review_outcome, r.reason as review_reason, r.at as review_at from loans.duplicate_review r
             where r.first_id = least(o.id, ?::uuid) and r.second_id = greatest(o.id, ?::uuid) and r.programme = o.programme and r.inn = o.inn order by r.number desc limit 1""";
    /** The others with the key of a loan; rejected ones among them where they are looked for. */
    private static final String OTHERS = " from loans.loan o left join lateral (" + REVIEW + """
            ) r on true
             where o.contour = ? and o.inn = ? and o.programme = ? and (?::integer is null or o.stage = ?::integer) and o.id <> ? and o.status = any (?::text[])""";
    private static final List<String> COUNTED = List.of("FORMED", "APPROVED");
    private static final List<String> SHOWN = List.of("FORMED", "APPROVED", "REJECTED");

    @Inject
    private Sql sql;

    /** Whether there is another active one that nobody has found to be a different loan. */
    boolean flagged(Loan loan, Optional<Integer> part) {
        return sql.exists("select" + OTHERS + " and r.review_outcome is distinct from 'DIFFERENT_LOAN'", loan.id(), loan.id(), loan.contour(), loan.inn(), loan.programme(), part, part, loan.id(), COUNTED);
    }

    boolean pair(Loan loan, UUID other, Optional<Integer> part) {
        return sql.exists("select" + OTHERS + " and o.id = ?", loan.id(), loan.id(), loan.contour(), loan.inn(), loan.programme(), part, part, loan.id(), COUNTED, other);
    }

    /** The oldest first; where a bank is named, its own. */
    List<Twin> list(Loan loan, Optional<Integer> part, Optional<UUID> bank, int limit) {
        return sql.list("select o.*, r.*" + OTHERS + " and (?::uuid is null or o.bank_id = ?::uuid) order by o.created_at, o.id limit ?", TwinStore::twin, loan.id(), loan.id(), loan.contour(), loan.inn(),
                loan.programme(), part, part, loan.id(), SHOWN, bank, bank, limit);
    }

    /** All active ones of other banks as one: the newest month, and what stands longest of what was found. */
    Optional<Twin> ofOthers(Loan loan, Optional<Integer> part) {
        return sql.first("""
                select to_char(max(o.applied_at) at time zone 'Europe/Moscow', 'YYYY-MM') as of_month, max(r.review_at) as review_at,
                       case when count(*) > count(r.review_id) then 'OPEN' when bool_or(r.review_outcome = 'CONFIRMED') then 'CONFIRMED' else 'DIFFERENT_LOAN' end as review""" + OTHERS + """
                 and o.bank_id <> ? having count(*) > 0""", row -> new Twin(YearMonth.parse(row.text("of_month")), Optional.empty(), true, row.text("review").equals("OPEN") ? Optional.empty()
                        : Optional.of(DuplicateReview.withoutTheOther(row.as(DuplicateReview.Outcome.class, "review"), row.instant("review_at")))),
                loan.id(), loan.id(), loan.contour(), loan.inn(), loan.programme(), part, part, loan.id(), COUNTED, loan.bank());
    }

    /** By programme and borrower, behind a pair where one is named. */
    List<Pair> pairs(Viewer viewer, Optional<String> programme, Optional<Pair.State> state, Optional<UUID> first, Optional<UUID> second, int limit) {
        Optional<String> codes = CardStore.programmes(viewer);
        List<Found> found = sql.list("""
                select f.id as first_id, s.id as second_id, r.id as review_id, r.outcome as review_outcome, r.reason as review_reason, r.at as review_at
                  from loans.applicant a
                  join loans.loan f on f.contour = a.contour and f.programme = a.programme and f.inn = a.inn and f.status in ('FORMED', 'APPROVED') and (a.part = 0 or f.stage = a.part)
                  join loans.loan s on s.contour = a.contour and s.programme = a.programme and s.inn = a.inn and s.status in ('FORMED', 'APPROVED') and (a.part = 0 or s.stage = a.part) and s.id > f.id
                  left join lateral (select r.id, r.outcome, r.reason, r.at from loans.duplicate_review r
                                      where r.first_id = f.id and r.second_id = s.id and r.programme = f.programme and r.inn = f.inn order by r.number desc limit 1) r on true
                 where a.contour = ? and a.active > 1 and (?::text[] is null or a.programme = any (?::text[])) and (?::text is null or a.programme = ?::text)
                   and (?::text is null or coalesce(r.outcome, 'OPEN') = ?::text)
                   and (?::uuid is null or (a.programme, a.inn, f.id, s.id) > (select x.programme, x.inn, x.id, ?::uuid from loans.loan x where x.id = ?::uuid and x.contour = a.contour and (?::text[] is null or x.programme = any (?::text[]))))
                 order by a.programme, a.inn, f.id, s.id limit ?""", row -> new Found(row.uuid("first_id"), row.uuid("second_id"), row.maybe("review_id", row::uuid)
                        .map(id -> new DuplicateReview(Optional.of(id), Optional.of(row.uuid("second_id")), row.as(DuplicateReview.Outcome.class, "review_outcome"), Optional.of(row.text("review_reason")),
                                row.instant("review_at")))),
                viewer.contour(), codes, codes, programme, programme, state.map(Enum::name), state.map(Enum::name), first, second, first, codes, codes, limit);
        Map<UUID, Loan> loans = new HashMap<>();
        if (!found.isEmpty()) {
            sql.list("select l.* from loans.loan l where l.id = any (?::uuid[])", LoanStore::loan, found.stream().flatMap(one -> Stream.of(one.first(), one.second())).distinct().toList())
                    .forEach(loan -> loans.put(loan.id(), loan));
        }
        return found.stream().map(one -> new Pair(loans.get(one.first()), loans.get(one.second()), one.review())).toList();
    }

    private record Found(UUID first, UUID second, Optional<DuplicateReview> review) {
    }

    private static Twin twin(Row row) {
        Loan other = LoanStore.loan(row);
        return new Twin(YearMonth.from(LocalDate.ofInstant(other.appliedAt(), Installation.MOSCOW)), Optional.of(other), other.status().counted(),
                row.maybe("review_id", row::uuid).map(id -> new DuplicateReview(Optional.of(id), Optional.of(other.id()), row.as(DuplicateReview.Outcome.class, "review_outcome"),
                        Optional.of(row.text("review_reason")), row.instant("review_at"))));
    }

    /** The newest month of an application among the active loans of a key; {@code part} is empty where stages are one key. */
    Optional<YearMonth> month(String programme, String inn, Optional<Integer> part, Contour contour) {
        return sql.first("""
                select to_char(max(l.applied_at) at time zone 'Europe/Moscow', 'YYYY-MM') of_month from loans.loan l
                 where l.contour = ? and l.inn = ? and l.programme = ? and l.status in ('FORMED', 'APPROVED') and (?::integer is null or l.stage = ?::integer)
                having count(*) > 0""", row -> YearMonth.parse(row.text("of_month")), contour, inn, programme, part, part);
    }

    /** The newest review of each pair and programme that the loan was of, as far as the viewer may know: of pairs with other banks' loans a bank is told as of one. */
    List<DuplicateReview> reviews(Loan loan, Viewer viewer) {
        List<Reviewed> all = sql.list("""
                select distinct on (r.first_id, r.second_id, r.programme) r.id, o.id as other_id, o.bank_id, r.programme, r.outcome, r.reason, r.at
                  from loans.duplicate_review r join loans.loan o on o.id = case when r.first_id = ? then r.second_id else r.first_id end
                 where (r.first_id = ? or r.second_id = ?) and r.contour = ? order by r.first_id, r.second_id, r.programme, r.number desc""",
                row -> new Reviewed(row.uuid("bank_id"), row.text("programme"), new DuplicateReview(Optional.of(row.uuid("id")), Optional.of(row.uuid("other_id")),
                        row.as(DuplicateReview.Outcome.class, "outcome"), Optional.of(row.text("reason")), row.instant("at"))), loan.id(), loan.id(), loan.id(), loan.contour());
        return Reviewed.seen(all, viewer);
    }

    void addReview(UUID id, Loan one, UUID other, DuplicateReview.Outcome outcome, String reason, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into loans.duplicate_review (id, contour, first_id, second_id, number, programme, inn, outcome, reason, at, actor, actor_role)
                    select ?, ?::kernel.contour, least(?::uuid, ?::uuid), greatest(?::uuid, ?::uuid), coalesce(max(r.number), 0) + 1, ?, ?, ?, ?, ?, ?::uuid, ?
                      from loans.duplicate_review r where r.first_id = least(?::uuid, ?::uuid) and r.second_id = greatest(?::uuid, ?::uuid)""", id, one.contour().name(), one.id(), other, one.id(), other,
                    one.programme(), one.inn(), outcome, reason, at, by.account(), by.role(), one.id(), other, one.id(), other);
        } catch (SqlFailure e) {
            throw e.constraint().equals("duplicate_review_pk") ? Refusal.of(LoanRefusal.BUSY) : e;
        }
    }
}
