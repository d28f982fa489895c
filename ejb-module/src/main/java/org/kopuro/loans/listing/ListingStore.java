package org.kopuro.loans.listing;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;

/**
 * Loans as they stood when a listing began: those that nobody has changed since, and of the others the version that its snapshot saw. In every statement {@code late} are the loans that were changed or
 * entered since, with the first version that the listing does not see; {@code past} their rows of before; {@code shift} by how many active loans of a key were more then than now.
 */
@Dependent
class ListingStore {

    private static final String ACTIVE = "('FORMED', 'APPROVED')";
    private static final String PART = "case when l.programme in (select g.code from loans.programme g where g.stages_apart) then l.stage else 0 end";
    private static final String COUNTED = """
            (coalesce((select a.active from loans.applicant a where a.contour = l.contour and a.programme = l.programme and a.inn = l.inn and a.part = %1$s), 0)
                + coalesce((select s.delta from shift s where s.programme = l.programme and s.inn = l.inn and s.part = %1$s), 0))""".formatted(PART);
    /** Of an active loan whose borrower has others under the key that nobody has found to be different loans (LOAN-45). Counts once, and looks at reviews only where there is one. */
    private static final String DUPLICATE = """
            case when l.status not in %1$s then false else (select n.active > 1 and (not exists (select from loans.duplicate_review r where r.first_id = l.id) and not exists (select from loans.duplicate_review r where r.second_id = l.id)
                or n.active - 1 > (
                select count(*)
                  from (select distinct on (r.first_id, r.second_id) case when r.first_id = l.id then r.second_id else r.first_id end as other, r.outcome
                          from loans.duplicate_review r, start
                         where (r.first_id = l.id or r.second_id = l.id) and r.contour = l.contour and r.programme = l.programme and r.inn = l.inn and (r.at < start.settled or pg_visible_in_snapshot(r.written_by, start.snapshot))
                         order by r.first_id, r.second_id, r.number desc) r
                 where r.outcome = 'DIFFERENT_LOAN' and exists (
                    select from (select o.id, o.status, o.programme, o.inn, o.stage from loans.loan o where o.id not in (select late.loan_id from late)
                                 union all select o.id, o.status, o.programme, o.inn, o.stage from past o) o
                     where o.id = r.other and o.status in %1$s and o.programme = l.programme and o.inn = l.inn
                       and (o.stage = l.stage or not (select g.stages_apart from loans.programme g where g.code = l.programme)))))
              from (select %2$s as active offset 0) n) end""".formatted(ACTIVE, COUNTED);
    /** The same of all loans at once: which keys have more is found once, and only a loan that was reviewed is looked at by itself. */
    private static final String DUPLICATE_OF_ALL = """
            l.status in %1$s and (l.programme, l.inn, %3$s) in (
                select k.programme, k.inn, k.part::integer
                  from (select a.programme, a.inn, a.part, a.active from loans.applicant a
                         where a.contour = (select contour from start) and (a.active > 1 or (a.programme, a.inn) in (select s.programme, s.inn from shift s))
                        union all select s.programme, s.inn, s.part, s.delta from shift s) k
                 group by 1, 2, 3 having sum(k.active) > 1)
            and (l.id not in (select r.first_id from loans.duplicate_review r union all select r.second_id from loans.duplicate_review r) or %2$s)""".formatted(ACTIVE, DUPLICATE, PART);
    private static final String SHOWN = Stream.of(LoanColumn.values()).filter(column -> column != LoanColumn.DUPLICATE).map(column -> "l." + column.column()).collect(Collectors.joining(", "));
    /** As they are: to make texts of them would cost the database as much as all other columns. */
    private static final String IN_FILES = ", l.issues::text as issues, l.balances::text as balances";

    /** What does not fit is the most there can be: nobody stops a ranking by sums that are none. */
    private static final String SUMS = Stream.of("contract_sum", "issued", "last_balance").map(sum -> "least(coalesce(sum(l." + sum + "), 0), 9223372036854775807)::bigint as " + sum)
            .collect(Collectors.joining(", ", "count(l.contract_date) as contracts, ", ""));

    @Inject
    private Sql sql;

    /** Sees what is committed now, and nothing that is later. */
    Listing begin(Instant now) {
        return new Listing(sql.one("select pg_current_snapshot()::text as snapshot", row -> row.text("snapshot")), now);
    }

    /** Whether the database has come as far as the listing did: one that was restored has not. */
    boolean known(Listing listing) {
        return sql.one("select pg_snapshot_xmax(?::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot()) as known", row -> row.flag("known"), listing.snapshot());
    }

    /** Statements are planned for what is asked: the same plan for every filter would be none for most. Until the transaction ends. */
    void planAsAsked() {
        sql.call("select set_config('plan_cache_mode', 'force_custom_plan', true)");
    }

    List<String> programmes() {
        return sql.list("select code from loans.programme order by code", row -> row.text("code"));
    }

    /** What the loan is sorted by, as text; empty Optional within where it has none; nothing where the scope has no such loan. */
    Optional<Optional<String>> position(UUID loan, LoanScope scope, LoanOrder order, Listing listing) {
        Clause asked = opening(listing, scope);
        asked.add("select (" + (order.column() == LoanColumn.DUPLICATE ? DUPLICATE : order.column().expression()) + ")::text as position from (select l.* from loans.loan l where l.id = ? and l.contour = ?::kernel.contour"
                + " and l.id not in (select late.loan_id from late) union all select l.* from past l where l.id = ?) l where ", loan, scope.contour(), loan);
        scoped(asked, scope);
        return sql.first(asked.text(), row -> row.maybe("position", row::text), asked.values());
    }

    /**
     * @param programmes those among which it is looked for one after another, by an index of each; empty Optional where the bank's own are looked for
     * @param after      which loan, and what it is sorted by
     * @param forFile    with issues and balances
     */
    List<LoanRow> page(LoanScope scope, Optional<List<String>> programmes, LoanFilter filter, LoanOrder order, Listing listing, Optional<After> after, int limit, boolean forFile) {
        List<LoanRow> rows = new ArrayList<>();
        boolean begun = after.isEmpty();
        for (Phase phase : Phase.of(order)) {
            Optional<After> here = begun ? Optional.empty() : after.filter(phase::holds);
            begun |= here.isPresent();
            if (begun && rows.size() < limit) {
                rows.addAll(phase(phase, scope, programmes, filter, order, listing, here, limit - rows.size(), forFile));
            }
        }
        return rows;
    }

    /** @param position empty where it has nothing in the column */
    record After(UUID id, Optional<String> position) {
    }

    /** Rows that are sorted by a value, or that have the same: an index leads to each, where one of all would be left. */
    private enum Phase {
        ALL, WITH_VALUE, WITHOUT_VALUE, FLAGGED, UNFLAGGED;

        static List<Phase> of(LoanOrder order) {
            if (order.column() == LoanColumn.DUPLICATE) {
                return order.descending() ? List.of(FLAGGED, UNFLAGGED) : List.of(UNFLAGGED, FLAGGED);
            }
            return order.column().optional() ? List.of(WITH_VALUE, WITHOUT_VALUE) : List.of(ALL);
        }

        boolean holds(After after) {
            return switch (this) {
                case ALL -> true;
                case WITH_VALUE -> after.position().isPresent();
                case WITHOUT_VALUE -> after.position().isEmpty();
                case FLAGGED -> after.position().equals(Optional.of("true"));
                case UNFLAGGED -> after.position().equals(Optional.of("false"));
            };
        }

        boolean byId() {
            return this == WITHOUT_VALUE || this == FLAGGED || this == UNFLAGGED;
        }
    }

    private List<LoanRow> phase(Phase phase, LoanScope scope, Optional<List<String>> programmes, LoanFilter filter, LoanOrder order, Listing listing, Optional<After> after, int limit, boolean forFile) {
        String direction = order.descending() ? " desc" : "";
        // An id is its own second order.
        boolean byId = phase.byId() || order.column() == LoanColumn.ID;
        String sorted = " order by " + (byId ? "" : order.column().expression() + direction + ", ") + "l.id" + direction + " limit " + limit;
        Clause wanted = new Clause();
        filtered(wanted, filter);
        switch (phase) {
            case WITH_VALUE -> wanted.add(" and " + order.column().expression() + " is not null");
            case WITHOUT_VALUE -> wanted.add(" and " + order.column().expression() + " is null");
            case FLAGGED -> flagged(wanted, true);
            case UNFLAGGED -> flagged(wanted, false);
            case ALL -> {
            }
        }
        String beyond = order.descending() ? " < " : " > ";
        after.ifPresent(last -> {
            if (byId) {
                wanted.add(" and l.id" + beyond + "?", last.id());
            } else {
                wanted.add(" and (" + order.column().expression() + ", l.id)" + beyond + "(?::" + order.column().type().sql() + ", ?)", last.position(), last.id());
            }
        });
        Clause asked = opening(listing, scope);
        asked.add("select " + SHOWN + ", " + DUPLICATE + " as duplicate, p.full_name as bank_name" + (forFile ? IN_FILES : "") + " from (select l.* from (");
        unchanged(asked, scope, programmes, wanted, sorted);
        asked.add(" union all (select l.* from past l where ");
        scoped(asked, scope);
        programmes.ifPresent(codes -> asked.add(" and l.programme = any (?::text[])", codes));
        asked.add(wanted).add(sorted + ")) l" + sorted + ") l join participants.participant p on p.id = l.bank_id" + sorted);
        return sql.list(asked.text(), row -> read(row, forFile), asked.values());
    }

    private static void unchanged(Clause asked, LoanScope scope, Optional<List<String>> programmes, Clause wanted, String sorted) {
        String among = " and l.id not in (select late.loan_id from late)";
        if (programmes.isPresent()) {
            asked.add("(select l.* from unnest(?::text[]) g (code) cross join lateral (select l.* from loans.loan l where l.programme = g.code and ", programmes.get());
            scoped(asked, new LoanScope(scope.contour(), scope.bank(), Optional.empty()));
            asked.add(wanted).add(among + sorted + ") l)");
        } else {
            asked.add("(select l.* from loans.loan l where ");
            scoped(asked, scope);
            asked.add(wanted).add(among + sorted + ")");
        }
    }

    /** How many loans there are under each version of rules. */
    List<RulesUsed> rulesUsed(LoanScope scope, LoanFilter filter, Listing listing) {
        Clause asked = opening(listing, scope).add("select l.programme, l.stage, l.rule_set_version, count(*) as loans from ");
        loans(asked, scope, filter, "l.programme, l.stage, l.rule_set_version");
        asked.add(" group by 1, 2, 3 order by 1, 2, 3");
        return sql.list(asked.text(), row -> new RulesUsed(row.text("programme"), row.number("stage"), row.number("rule_set_version"), row.large("loans")), asked.values());
    }

    /**
     * A ranking's page, places counted over all of it.
     *
     * @param skipped rows of the pages before
     */
    List<RankingRow> rank(RankingLevel level, int okvedLevel, RankingMeasure measure, LoanScope scope, LoanFilter filter, Listing listing, int skipped, int limit) {
        Clause asked = opening(listing, scope).add("select g.*, case when g.inn is not null then (select n.borrower_name from loans.loan n where n.contour = (select contour from start) and n.id = g.one::uuid) end as name"
                + " from (select rank() over (order by " + measure.column() + " desc) as place, g.* from (select " + level.key(okvedLevel) + " as key, " + level.inn() + " as inn, max(l.id::text) as one, count(*) as loans, "
                + SUMS + " from ");
        loans(asked, scope, filter, "l.id, l.programme, l.inn, l.okved, l.contract_sum, l.contract_date, l.issued, l.last_balance", " and l.status <> 'WITHDRAWN'" + level.among());
        asked.add(" group by 1, 2) g order by " + measure.column() + " desc, inn collate \"C\", key collate \"C\" limit " + limit + " offset " + skipped + ") g order by " + measure.column() + " desc, inn collate \"C\", key collate \"C\"");
        return sql.list(asked.text(), row -> new RankingRow(row.number("place"), row.text("key"), row.maybe("inn", row::text), row.maybe("name", row::text), row.large("loans"), row.large("contracts"), row.large("contract_sum"),
                row.large("issued"), row.large("last_balance")), asked.values());
    }

    List<AggregateRow> aggregate(AggregateDimension dimension, int okvedLevel, LoanScope scope, LoanFilter filter, Listing listing, int skipped, int limit) {
        Clause asked = opening(listing, scope).add("select g.*, " + dimension.name("g.key") + " as name from (select " + dimension.key(okvedLevel) + " as key, count(*) as loans, " + SUMS + """
                , count(*) filter (where l.verdict = 'DOES_NOT_MEET') as not_met, count(*) filter (where l.over_maximum) as over_maximum, count(*) filter (where l.outside_stage) as outside_stage,
                count(*) filter (where l.headcount_differs) as headcount_differs, count(*) filter (where %s) as duplicates from\s""".formatted(DUPLICATE_OF_ALL));
        loans(asked, scope, filter, "l.contour, l.id, l.programme, l.stage, l.inn, l.bank_id, l.region, l.okved, l.status, l.verdict, l.applied_at, l.contract_sum, l.contract_date, l.issued, l.last_balance, l.over_maximum,"
                + " l.outside_stage, l.headcount_differs", " and l.status <> 'WITHDRAWN'");
        asked.add(" group by 1 order by 1 limit " + limit + " offset " + skipped + ") g order by g.key");
        return sql.list(asked.text(), row -> new AggregateRow(row.text("key"), row.maybe("name", row::text), row.large("loans"), row.large("contracts"), row.large("contract_sum"), row.large("issued"),
                row.large("last_balance"), row.large("not_met"), row.large("over_maximum"), row.large("outside_stage"), row.large("headcount_differs"), row.large("duplicates")), asked.values());
    }

    /** All loans of a question as {@code l}, the same columns of those that were changed and of those that were not. */
    private static void loans(Clause asked, LoanScope scope, LoanFilter filter, String columns) {
        loans(asked, scope, filter, columns, "");
    }

    private static void loans(Clause asked, LoanScope scope, LoanFilter filter, String columns, String besides) {
        Clause wanted = new Clause();
        scoped(wanted, scope);
        filtered(wanted, filter);
        wanted.add(besides);
        asked.add("(select " + columns + " from loans.loan l where ").add(wanted).add(" and l.id not in (select late.loan_id from late) union all select " + columns + " from past l where ").add(wanted).add(") l");
    }

    private static Clause opening(Listing listing, LoanScope scope) {
        return new Clause().add("""
                with start as (select ?::pg_snapshot as snapshot, ?::timestamptz as settled, ?::kernel.contour as contour),
                late as materialized (
                    select v.loan_id, min(v.version) as version
                      from loans.loan_version v, start
                     where v.contour = start.contour and v.written_by >= (select pg_snapshot_xmin(snapshot) from start) and v.at >= start.settled
                       and not pg_visible_in_snapshot(v.written_by, start.snapshot)
                     group by v.loan_id),
                past as materialized (
                    select r.* from late join loans.loan_version v on v.loan_id = late.loan_id and v.version = late.version - 1 cross join lateral jsonb_populate_record(null::loans.loan, v.card) r),
                shift as materialized (
                    select d.programme, d.inn, loans.part_of(d.programme, d.stage) as part, sum(d.delta) as delta
                      from (select p.programme, p.inn, p.stage, 1 as delta from past p where p.status in %1$s
                            union all select o.programme, o.inn, o.stage, -1 from late join loans.loan o on o.id = late.loan_id where o.status in %1$s) d
                     group by 1, 2, 3 having sum(d.delta) <> 0)
                """.formatted(ACTIVE), listing.snapshot(), listing.settled(), scope.contour());
    }

    private static void scoped(Clause asked, LoanScope scope) {
        asked.add("l.contour = ?::kernel.contour", scope.contour());
        scope.bank().ifPresent(bank -> asked.add(" and l.bank_id = ?", bank));
        scope.programmes().ifPresent(codes -> asked.add(" and l.programme = any (?::text[])", codes));
    }

    private static void filtered(Clause asked, LoanFilter filter) {
        filter.asked().forEach((criterion, texts) -> {
            if (criterion == Criterion.DUPLICATE) {
                flagged(asked, "true".equals(texts.get(0)));
            } else {
                asked.add(" and " + criterion.condition(texts), criterion.parameters(texts));
            }
        });
    }

    /** Who has one loan of a programme is none of the flagged: an index knows who has more. */
    private static void flagged(Clause asked, boolean flagged) {
        asked.add(flagged ? " and (l.programme, l.inn) in (select a.programme, a.inn from loans.applicant a where a.contour = (select contour from start) and a.active > 1 union all select s.programme, s.inn from shift s) and " + DUPLICATE
                : " and not " + DUPLICATE);
    }

    private static LoanRow read(Row row, boolean forFile) {
        Object[] values = new Object[LoanColumn.values().length];
        for (LoanColumn column : LoanColumn.values()) {
            values[column.ordinal()] = column == LoanColumn.DUPLICATE ? (Object) row.flag("duplicate") : value(row, column);
        }
        return new LoanRow(values, row.text("bank_name"), forFile ? row.text("issues") : "[]", forFile ? row.text("balances") : "[]");
    }

    private static Object value(Row row, LoanColumn column) {
        String name = column.column();
        return switch (column.type()) {
            case TEXT -> row.text(name);
            case DAY -> row.day(name);
            case MOMENT -> row.instant(name);
            case ID -> row.uuid(name);
            case FLAG -> row.flag(name);
            case MONEY -> column.optional() ? row.maybe(name, row::large).orElse(null) : (Object) row.large(name);
            case NUMBER -> column.optional() ? row.maybe(name, row::number).orElse(null) : (Object) row.number(name);
            case RATE -> row.maybe(name, row::text).map(java.math.BigDecimal::new).orElse(null);
        };
    }
}
