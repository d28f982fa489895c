package org.kopuro.loans.listing;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;

/**
 * Loans as they stood when a listing began: those that nobody has changed since, and of the others the version that its snapshot saw. In every statement {@code late} are the loans that were changed or
 * entered since, with the first version that the listing does not see; {@code past} their rows of before; {@code shift} by how many active loans of a key were more then than now.
 *
 * <p>Whatever reads loans is said twice in one statement: as it is where nothing is late, and with what is late. The database asks once which of both it is and runs no other; the first of them has nothing in it
 * that would keep it from several processes and from reading an index alone (decision 0046).
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
    private static final String KEYED = "l.status in " + ACTIVE + " and (l.programme, l.inn, " + PART + ") in (";
    /** The same of all loans at once: which keys have more is found once, and only a loan that was reviewed is looked at by itself. */
    private static final String DUPLICATE_OF_ALL = KEYED + """
                select k.programme, k.inn, k.part::integer
                  from (select a.programme, a.inn, a.part, a.active from loans.applicant a
                         where a.contour = (select contour from start) and (a.active > 1 or (a.programme, a.inn) in (select s.programme, s.inn from shift s))
                        union all select s.programme, s.inn, s.part, s.delta from shift s) k
                 group by 1, 2, 3 having sum(k.active) > 1)
            and (l.id not in (select r.first_id from loans.duplicate_review r union all select r.second_id from loans.duplicate_review r) or %s)""".formatted(DUPLICATE);
    /** The same where nothing is late, without looking at any loan by itself: whose others have all been found to be different loans is found once, too. */
    private static final String DUPLICATE_OF_ALL_NOW = KEYED + """
                select a.programme, a.inn, a.part::integer from loans.applicant a, start where a.contour = start.contour and a.active > 1)
            and l.id not in (
                select r.id
                  from (select r.first_id as id, r.second_id as other, r.programme, r.inn, r.outcome from (%1$s) r
                        union all select r.second_id, r.first_id, r.programme, r.inn, r.outcome from (%1$s) r) r
                  join loans.loan c on c.id = r.id and c.programme = r.programme and c.inn = r.inn and c.status in %2$s
                  join loans.programme g on g.code = c.programme
                  join loans.loan o on o.id = r.other and o.status in %2$s and o.programme = c.programme and o.inn = c.inn and (o.stage = c.stage or not g.stages_apart)
                  join loans.applicant a on a.contour = c.contour and a.programme = c.programme and a.inn = c.inn and a.part = case when g.stages_apart then c.stage else 0 end
                 where r.outcome = 'DIFFERENT_LOAN'
                 group by r.id, a.active having count(*) >= a.active - 1)""".formatted("""
                    select distinct on (r.first_id, r.second_id, r.programme, r.inn) r.first_id, r.second_id, r.programme, r.inn, r.outcome from loans.duplicate_review r, start
                     where r.contour = start.contour and (r.at < start.settled or pg_visible_in_snapshot(r.written_by, start.snapshot)) order by r.first_id, r.second_id, r.programme, r.inn, r.number desc""", ACTIVE);
    private static final List<LoanColumn> IN_LISTS = List.of(LoanColumn.values());
    private static final List<LoanColumn> IN_FILES = IN_LISTS.stream().filter(LoanColumn::inFiles).toList();
    /** As they are: to make texts of them would cost the database as much as all other columns. */
    private static final String SUMS_IN_FILES = ", l.issues::text as issues, l.balances::text as balances";
    private static final List<String> SUMS = List.of("contract_sum", "issued", "last_balance");
    private static final String ADDED_UP = SUMS.stream().map(sum -> "coalesce(sum(l." + sum + "), 0) as " + sum).collect(Collectors.joining(", ", "count(*) as loans, count(l.contract_date) as contracts, ", ""));
    /** What does not fit is the most there can be: nobody stops a ranking by sums that are none. */
    private static final String TOLD = SUMS.stream().map(sum -> "least(g." + sum + ", 9223372036854775807)::bigint as " + sum).collect(Collectors.joining(", ", "g.loans, g.contracts, ", ""));
    /** Asked once, before any loan is read. */
    private static final String NOTHING_LATE = " and (select count(*) = 0 from late)";
    private static final String SOME_LATE = " and (select count(*) > 0 from late) and l.id not in (select late.loan_id from late)";

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

    /**
     * Statements are planned for what is asked: the same plan for every filter would be none for most. They read much and give little, from memory: several processes and indexes alone are worth it, compiling is
     * not. Until the transaction ends.
     */
    void planAsAsked() {
        sql.call("""
                select set_config(s.name, s.value, true) from (values ('plan_cache_mode', 'force_custom_plan'), ('jit', 'off'), ('random_page_cost', '1.1'), ('work_mem', '64MB')) s (name, value)""");
    }

    List<String> programmes() {
        return sql.list("select code from loans.programme order by code", row -> row.text("code"));
    }

    /** What the loan is sorted by, as text; empty Optional within where it has none; nothing where the scope has no such loan. */
    Optional<Optional<String>> position(UUID loan, LoanScope scope, LoanOrder order, Listing listing) {
        Clause asked = opening(listing, scope);
        asked.add("select (" + (order.column() == LoanColumn.DUPLICATE ? DUPLICATE : order.column().expression()) + ")::text as position from (select l.* from loans.loan l where l.id = ? and l.contour = ?::text"
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
        String value = phase.byId() || order.column() == LoanColumn.ID ? "l.id" : order.column().expression();
        String sorted = " order by " + value + direction + ", l.id" + direction + " limit " + limit;
        Clause asked = opening(listing, scope);
        List<LoanColumn> columns = columns(order, forFile);
        asked.add("select " + columns.stream().filter(column -> column != LoanColumn.DUPLICATE).map(column -> column.value() + " as " + column.column()).collect(Collectors.joining(", ")) + ", " + DUPLICATE
                + " as duplicate, p.full_name as bank_name" + (forFile ? SUMS_IN_FILES : "") + " from (select l.* from (select l.* from (");
        for (boolean late : new boolean[] {false, true}) {
            Clause wanted = wanted(phase, filter, order, after, late).add(late ? SOME_LATE : NOTHING_LATE);
            asked.add(late ? " union all " : "");
            if (programmes.isPresent() && order.column().indexed() && filter.broad(order)) {
                asked.add("(select l.id from unnest(?::text[]) g (code) cross join lateral (select " + value + " as place, l.id from loans.loan l where l.programme = g.code and ", programmes.get());
                scoped(asked, new LoanScope(scope.contour(), scope.bank(), Optional.empty()));
                asked.add(wanted).add(sorted + ") l order by l.place" + direction + ", l.id" + direction + " limit " + limit + ")");
            } else {
                asked.add("(select l.id from loans.loan l where ");
                scoped(asked, underProgrammes(scope));
                asked.add(wanted).add(sorted + ")");
            }
        }
        asked.add(") k cross join lateral (select l.* from loans.loan l where l.id = k.id limit 1) l union all (select l.* from past l where ");
        scoped(asked, scope);
        asked.add(wanted(phase, filter, order, after, true)).add(sorted + ")) l" + sorted + ") l join participants.participant p on p.id = l.bank_id" + sorted);
        return sql.list(asked.text(), row -> read(row, columns, forFile), asked.values());
    }

    /** A file's, and what it is sorted by: the last row says where the next ones begin. */
    private static List<LoanColumn> columns(LoanOrder order, boolean forFile) {
        return !forFile ? IN_LISTS : order.column().inFiles() ? IN_FILES : Stream.concat(IN_FILES.stream(), Stream.of(order.column())).toList();
    }

    private static Clause wanted(Phase phase, LoanFilter filter, LoanOrder order, Optional<After> after, boolean late) {
        Clause wanted = new Clause();
        filtered(wanted, filter, late);
        switch (phase) {
            case WITH_VALUE -> wanted.add(" and " + order.column().expression() + " is not null");
            case WITHOUT_VALUE -> wanted.add(" and " + order.column().expression() + " is null");
            case FLAGGED -> flagged(wanted, true, late);
            case UNFLAGGED -> flagged(wanted, false, late);
            case ALL -> {
            }
        }
        String beyond = order.descending() ? " < " : " > ";
        after.ifPresent(last -> {
            if (phase.byId() || order.column() == LoanColumn.ID) {
                wanted.add(" and l.id" + beyond + "?", last.id());
            } else {
                wanted.add(" and (" + order.column().expression() + ", l.id)" + beyond + "(?::" + order.column().type().sql() + ", ?)", last.position(), last.id());
            }
        });
        return wanted;
    }

    /** A bank's own stand together under each programme: that it may be any of them leads there. */
    private LoanScope underProgrammes(LoanScope scope) {
        return scope.bank().isPresent() && scope.programmes().isEmpty() ? new LoanScope(scope.contour(), scope.bank(), Optional.of(programmes())) : scope;
    }

    /** How many loans there are under each version of rules. */
    List<RulesUsed> rulesUsed(LoanScope scope, LoanFilter filter, Listing listing) {
        Clause asked = opening(listing, scope);
        loans(asked, scope, filter, "", late -> "select l.programme, l.stage, l.rule_set_version, count(*) as loans", "l.programme, l.stage, l.rule_set_version", " group by 1, 2, 3");
        asked.add(" order by 1, 2, 3");
        return sql.list(asked.text(), row -> new RulesUsed(row.text("programme"), row.number("stage"), row.number("rule_set_version"), row.large("loans")), asked.values());
    }

    /**
     * A ranking's page, places counted over all of it. Only what stands before its end is sorted: a place is one more than how many have more, and they all do.
     *
     * @param skipped rows of the pages before
     */
    List<RankingRow> rank(RankingLevel level, int okvedLevel, RankingMeasure measure, LoanScope scope, LoanFilter filter, Listing listing, int skipped, int limit) {
        boolean single = level == RankingLevel.CONTRACT;
        String sorted = " order by " + measure.column() + " desc, inn collate \"C\", key" + (single ? "" : " collate \"C\"");
        Clause asked = opening(listing, scope).add("select g.place, g.key::text as key, g.inn, " + TOLD + ", ").add(named(level, scope)).add(" as name from (select rank() over (order by " + measure.column() + " desc) as place, g.*"
                + " from (select g.* from (");
        loans(asked, scope, filter, " and l.status <> 'WITHDRAWN'" + level.among(), late -> "select " + level.key(okvedLevel) + " as key, " + level.inn() + " as inn, "
                + (single ? "1 as loans, 1 as contracts, l.contract_sum, l.issued, coalesce(l.last_balance, 0) as last_balance" : ADDED_UP), "l.id, l.programme, l.inn, l.okved, l.contract_sum, l.contract_date, l.issued, l.last_balance",
                single ? "" : " group by 1, 2");
        asked.add(") g" + sorted + " limit " + ((long) skipped + limit) + ") g" + sorted + " offset " + skipped + ") g order by g.place, g.inn collate \"C\", g.key");
        return sql.list(asked.text(), row -> new RankingRow(row.number("place"), row.text("key"), row.maybe("inn", row::text), row.maybe("name", row::text), row.large("loans"), row.large("contracts"), row.large("contract_sum"),
                row.large("issued"), row.large("last_balance")), asked.values());
    }

    /** The borrower's, as its newest loan that is seen has it. */
    private static Clause named(RankingLevel level, LoanScope scope) {
        Clause name = new Clause();
        switch (level) {
            case CONTRACT -> name.add("(select l.borrower_name from loans.loan l where l.id = g.key)");
            case INN -> {
                name.add("(select l.borrower_name from loans.loan l where l.inn = g.inn and l.borrower_name is not null and l.status <> 'WITHDRAWN' and ");
                scoped(name, scope);
                name.add(" order by l.applied_at desc, l.id limit 1)");
            }
            case PROGRAMME, OKVED -> name.add("null::text");
        }
        return name;
    }

    List<AggregateRow> aggregate(AggregateDimension dimension, int okvedLevel, LoanScope scope, LoanFilter filter, Listing listing, int skipped, int limit) {
        String flags = """
                , count(*) filter (where l.verdict = 'DOES_NOT_MEET') as not_met, count(*) filter (where l.over_maximum) as over_maximum, count(*) filter (where l.outside_stage) as outside_stage,
                count(*) filter (where l.headcount_differs) as headcount_differs, count(*) filter (where %s) as duplicates""";
        Clause asked = opening(listing, scope).add("select g.key, " + TOLD + ", g.not_met, g.over_maximum, g.outside_stage, g.headcount_differs, g.duplicates, " + dimension.name("g.key") + " as name from (select g.* from (");
        loans(asked, scope, filter, " and l.status <> 'WITHDRAWN'", late -> "select " + dimension.key(okvedLevel) + " as key, " + ADDED_UP + flags.formatted(late ? DUPLICATE_OF_ALL : DUPLICATE_OF_ALL_NOW), "l.contour, l.id, l.programme, l.stage, l.inn, l.bank_id, l.region, l.okved, l.status,"
                + " l.verdict, l.applied_at, l.contract_sum, l.contract_date, l.issued, l.last_balance, l.over_maximum, l.outside_stage, l.headcount_differs", " group by 1");
        // Texts by code point; and what is added up in another order than that is not sorted first.
        asked.add(") g order by g.key collate \"C\" limit " + limit + " offset " + skipped + ") g order by g.key collate \"C\"");
        return sql.list(asked.text(), row -> new AggregateRow(row.text("key"), row.maybe("name", row::text), row.large("loans"), row.large("contracts"), row.large("contract_sum"), row.large("issued"),
                row.large("last_balance"), row.large("not_met"), row.large("over_maximum"), row.large("outside_stage"), row.large("headcount_differs"), row.large("duplicates")), asked.values());
    }

    /** All loans of a question as {@code l}, where nothing is late and where something is; {@code columns} are those that the reading needs. */
    private void loans(Clause asked, LoanScope scope, LoanFilter filter, String besides, Function<Boolean, String> reading, String columns, String grouped) {
        LoanScope where = underProgrammes(scope);
        asked.add(reading.apply(false) + " from loans.loan l where ");
        scoped(asked, where);
        filtered(asked, filter, false);
        asked.add(besides + NOTHING_LATE + grouped + " union all " + reading.apply(true) + " from (select " + columns + " from loans.loan l where ");
        scoped(asked, where);
        filtered(asked, filter, true);
        asked.add(besides + SOME_LATE + " union all select " + columns + " from past l where ");
        scoped(asked, scope);
        filtered(asked, filter, true);
        asked.add(besides + ") l" + grouped);
    }

    private static Clause opening(Listing listing, LoanScope scope) {
        return new Clause().add("""
                with start as not materialized (select ?::pg_snapshot as snapshot, ?::timestamptz as settled, ?::text as contour),
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
        asked.add("l.contour = ?::text", scope.contour());
        scope.bank().ifPresent(bank -> asked.add(" and l.bank_id = ?", bank));
        scope.programmes().ifPresent(codes -> asked.add(" and l.programme = any (?::text[])", codes));
    }

    private static void filtered(Clause asked, LoanFilter filter, boolean late) {
        filter.asked().forEach((criterion, texts) -> {
            if (criterion == Criterion.DUPLICATE) {
                flagged(asked, "true".equals(texts.get(0)), late);
            } else {
                asked.add(" and " + criterion.condition(texts), criterion.parameters(texts));
            }
        });
    }

    private static void flagged(Clause asked, boolean flagged, boolean late) {
        asked.add((flagged ? " and " : " and not (") + (late ? DUPLICATE_OF_ALL : DUPLICATE_OF_ALL_NOW) + (flagged ? "" : ")"));
    }

    private static LoanRow read(Row row, List<LoanColumn> columns, boolean forFile) {
        Object[] values = new Object[IN_LISTS.size()];
        for (LoanColumn column : columns) {
            values[column.ordinal()] = column == LoanColumn.DUPLICATE ? (Object) row.flag("duplicate") : value(row, column);
        }
        return new LoanRow(values, row.text("bank_name"), forFile ? row.text("issues") : "[]", forFile ? row.text("balances") : "[]");
    }

    private static Object value(Row row, LoanColumn column) {
        String name = column.column();
        return switch (column.type()) {
            case TEXT, TEXTS -> row.text(name);
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
