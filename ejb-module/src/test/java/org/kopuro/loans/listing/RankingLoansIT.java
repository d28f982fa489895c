package org.kopuro.loans.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.Viewer;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** Two banks' loans added up: by whom, for whom, and no further than he sees. */
class RankingLoansIT {

    private static final TestApplication APPLICATION = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private static final Actor REGULATOR = Actor.of(UUID.randomUUID(), "REGULATOR");
    private static final List<String> INNS = IntStream.range(0, 40).mapToObj("88%08d"::formatted).toList();
    private static final List<Map<String, Object>> LOANS = new ArrayList<>();
    private static final SomeLoans MAKING = new SomeLoans(5);
    private static UUID bank;
    private static UUID other;

    @BeforeAll
    static void enter() {
        bank = new Scene(Contour.TEST, APPLICATION).participant.id().value();
        other = new Scene(Contour.TEST, APPLICATION).participant.id().value();
        LOANS.addAll(MAKING.of(bank, SomeLoans.PROGRAMMES, INNS, 300, Scene.NOON));
        LOANS.addAll(MAKING.of(other, SomeLoans.PROGRAMMES, INNS, 200, Scene.NOON));
        SomeLoans.enter(LOANS);
    }

    private static Viewer ofBank(UUID of) {
        return Viewer.bank(of, Contour.TEST, Actor.of(UUID.randomUUID(), "BANK_OPERATOR"));
    }

    private static Viewer regulator(String... programmes) {
        return Viewer.regulator(Set.of(programmes), Contour.TEST, REGULATOR);
    }

    private static LoanFilter ours(Viewer viewer) {
        return viewer.bank().isPresent() ? LoanFilter.ALL : LoanFilter.of(Map.of("bank", List.of(bank.toString(), other.toString())));
    }

    private static Predicate<Map<String, Object>> seen(Viewer viewer) {
        return loan -> viewer.bank().map(loan.get("bank_id")::equals).orElse(true) && viewer.programmes().map(codes -> codes.contains(loan.get("programme"))).orElse(true) && !loan.get("status").equals("WITHDRAWN");
    }

    private static long sum(List<Map<String, Object>> loans, String column) {
        return loans.stream().mapToLong(loan -> (Long) loan.getOrDefault(column, 0L)).sum();
    }

    private static String cut(Object okved, int length) {
        return okved == null ? "" : okved.toString().substring(0, Math.min(length, okved.toString().length()));
    }

    /** Place, key, loans, contracts, contract sum, issued, last balance. */
    private static List<List<Object>> expected(Viewer viewer, RankingLevel level, int okvedLength, RankingMeasure measure) {
        Function<Map<String, Object>, String> key = loan -> switch (level) {
            case PROGRAMME -> loan.get("programme").toString();
            case INN -> loan.get("inn").toString();
            case OKVED -> cut(loan.get("okved"), okvedLength);
            case CONTRACT -> loan.get("id").toString();
        };
        Map<String, List<Map<String, Object>>> groups = LOANS.stream().filter(seen(viewer)).filter(loan -> level != RankingLevel.CONTRACT || loan.containsKey("contract_date")).collect(Collectors.groupingBy(key));
        Function<String, Long> measured = group -> measure == RankingMeasure.LOANS ? groups.get(group).size() : sum(groups.get(group), measure.column());
        List<String> sorted = groups.keySet().stream().sorted(Comparator.comparing(measured).reversed().thenComparing(group -> level == RankingLevel.CONTRACT ? groups.get(group).get(0).get("inn").toString() : "")
                .thenComparing(Function.identity())).toList();
        return sorted.stream().map(group -> {
            List<Map<String, Object>> loans = groups.get(group);
            int place = 1 + (int) sorted.stream().filter(one -> measured.apply(one) > measured.apply(group)).count();
            return List.<Object>of(place, group, (long) loans.size(), loans.stream().filter(loan -> loan.containsKey("contract_date")).count(), sum(loans, "contract_sum"), sum(loans, "issued"), sum(loans, "last_balance"));
        }).toList();
    }

    private static List<List<Object>> told(Viewer viewer, RankingLevel level, int okvedLevel, RankingMeasure measure, int limit, Runnable between) {
        List<List<Object>> rows = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Optional<String> from = cursor;
            RankingPage page = APPLICATION.with(Rankings.class, rankings -> rankings.rank(level, okvedLevel, measure, viewer, ours(viewer), from, limit));
            page.rows().forEach(row -> rows.add(List.of(row.place(), row.key(), row.loans(), row.contracts(), row.contractSum(), row.issued(), row.lastBalance())));
            cursor = page.next();
            between.run();
        } while (cursor.isPresent());
        return rows;
    }

    @Test
    void placesAreThoseOfWhoAsks() {
        int[] lengths = {2, 4, 5, 7, 8};
        for (Viewer viewer : List.of(ofBank(bank), ofBank(other), regulator("1528", "745"), regulator("574"))) {
            for (RankingMeasure measure : RankingMeasure.values()) {
                for (RankingLevel level : RankingLevel.values()) {
                    for (int okved = 1; okved <= (level == RankingLevel.OKVED ? 5 : 1); okved++) {
                        List<List<Object>> expected = expected(viewer, level, lengths[okved - 1], measure);
                        assertEquals(expected, told(viewer, level, okved, measure, level == RankingLevel.CONTRACT ? 100 : 7, () -> { }), level + " by " + measure + " of " + viewer);
                    }
                }
            }
        }
        assertTrue(expected(ofBank(bank), RankingLevel.CONTRACT, 2, RankingMeasure.CONTRACT_SUM).stream().map(row -> row.get(0)).distinct().count() < 100, "places are shared");
    }

    @Test
    void aBorrowerHasItsName() {
        RankingPage page = APPLICATION.with(Rankings.class, rankings -> rankings.rank(RankingLevel.INN, 1, RankingMeasure.LOANS, ofBank(bank), LoanFilter.ALL, Optional.empty(), 100));
        page.rows().forEach(row -> {
            assertEquals(Optional.of(row.key()), row.inn());
            Set<Object> names = LOANS.stream().filter(loan -> loan.get("inn").equals(row.key()) && loan.containsKey("borrower_name")).map(loan -> loan.get("borrower_name")).collect(Collectors.toSet());
            assertTrue(row.borrowerName().isEmpty() || names.contains(row.borrowerName().get()), row.toString());
        });
    }

    @Test
    void staysAsItWasOnItsFirstPage() {
        UUID busy = new Scene(Contour.TEST, APPLICATION).participant.id().value();
        List<Map<String, Object>> loans = MAKING.of(busy, List.of("1528"), IntStream.range(0, 30).mapToObj("89%08d"::formatted).toList(), 60, Scene.NOON);
        SomeLoans.enter(loans);
        List<List<Object>> before = told(ofBank(busy), RankingLevel.INN, 1, RankingMeasure.CONTRACT_SUM, 1_000, () -> { });
        assertEquals(before, told(ofBank(busy), RankingLevel.INN, 1, RankingMeasure.CONTRACT_SUM, 5, () -> Rows.change("update loans.loan set version = version + 1, changed_at = '" + Scene.NOON
                + "', contract_sum = contract_sum * 2 where bank_id = ? and contract_date is not null and (get_byte(uuid_send(id), 2) + version) % 3 = 0", busy)));
    }

    @Test
    void aggregatesAreThoseOfWhoAsks() {
        for (Viewer viewer : List.of(regulator("1528", "745"), regulator("574"), Viewer.official(Contour.TEST, REGULATOR))) {
            for (AggregateDimension dimension : AggregateDimension.values()) {
                Function<Map<String, Object>, String> key = loan -> switch (dimension) {
                    case PROGRAMME -> loan.get("programme").toString();
                    case BANK -> loan.get("bank_id").toString();
                    case REGION -> loan.getOrDefault("region", "").toString();
                    case OKVED -> cut(loan.get("okved"), 4);
                    case MONTH -> LocalDate.ofInstant((Instant) loan.get("applied_at"), Criterion.MOSCOW).toString().substring(0, 7);
                    case CONTRACT_MONTH -> loan.containsKey("contract_date") ? loan.get("contract_date").toString().substring(0, 7) : "";
                };
                Map<String, List<Map<String, Object>>> groups = LOANS.stream().filter(seen(viewer)).collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
                List<AggregateRow> expected = groups.entrySet().stream().map(group -> {
                    List<Map<String, Object>> loans = group.getValue();
                    return new AggregateRow(group.getKey(), dimension == AggregateDimension.BANK ? Optional.of("Participant") : Optional.empty(), loans.size(),
                            loans.stream().filter(loan -> loan.containsKey("contract_date")).count(), sum(loans, "contract_sum"), sum(loans, "issued"), sum(loans, "last_balance"),
                            loans.stream().filter(loan -> loan.get("verdict").equals("DOES_NOT_MEET")).count(),
                            loans.stream().filter(loan -> loan.containsKey("contract_sum") && loan.containsKey("maximum") && (Long) loan.get("contract_sum") > (Long) loan.get("maximum")).count(),
                            loans.stream().filter(loan -> (Boolean) loan.get("outside_stage")).count(),
                            loans.stream().filter(loan -> loan.containsKey("contract_headcount") && loan.containsKey("headcount") && !loan.get("headcount").equals(loan.get("contract_headcount"))).count(),
                            loans.stream().filter(loan -> active(loan) && LOANS.stream().anyMatch(twin -> twin != loan && active(twin) && twin.get("inn").equals(loan.get("inn")) && twin.get("programme").equals(loan.get("programme"))))
                                    .count());
                }).toList();
                List<AggregateRow> told = new ArrayList<>();
                Optional<String> cursor = Optional.empty();
                do {
                    Optional<String> from = cursor;
                    AggregatePage page = APPLICATION.with(Rankings.class, rankings -> rankings.aggregate(dimension, 2, viewer, ours(viewer), from, 5));
                    told.addAll(page.rows());
                    cursor = page.next();
                } while (cursor.isPresent());
                assertEquals(expected, told, dimension + " of " + viewer);
            }
        }
    }

    private static boolean active(Map<String, Object> loan) {
        return List.of("FORMED", "APPROVED").contains(loan.get("status"));
    }

    @Test
    void tellsTheLedgerWhichBorrowersARegulatorRanked() {
        Viewer viewer = Viewer.regulator(Set.of("1528"), Contour.TEST, Actor.of(UUID.randomUUID(), "REGULATOR"));
        APPLICATION.with(Rankings.class, rankings -> rankings.rank(RankingLevel.PROGRAMME, 1, RankingMeasure.LOANS, viewer, LoanFilter.ALL, Optional.empty(), 100));
        APPLICATION.with(Rankings.class, rankings -> rankings.rank(RankingLevel.INN, 1, RankingMeasure.LOANS, viewer, ours(viewer), Optional.empty(), 3));
        List<String> entries = Rows.of("select content from ledger.entry where content like '%' || ? || '%'", viewer.actor().account().orElseThrow().toString());
        assertEquals(1, entries.size());
        assertTrue(entries.get(0).contains("loans.ranked") && entries.get(0).contains("\"rows\":\"hmac-sha256:"), entries.get(0));
    }

    @Test
    void refusesWhatIsNoRanking() {
        Viewer viewer = ofBank(bank);
        for (int[] levelAndLimit : new int[][] {{0, 10}, {6, 10}, {1, 0}, {1, 1_001}}) {
            Refusal refusal = assertThrows(Refusal.class, () -> APPLICATION.with(Rankings.class, rankings -> rankings.rank(RankingLevel.OKVED, levelAndLimit[0], RankingMeasure.LOANS, viewer, LoanFilter.ALL, Optional.empty(), levelAndLimit[1])));
            assertEquals(InputRefusal.FIELD_INVALID, refusal.code());
        }
        String cursor = APPLICATION.with(Rankings.class, rankings -> rankings.rank(RankingLevel.INN, 1, RankingMeasure.LOANS, viewer, LoanFilter.ALL, Optional.empty(), 3)).next().orElseThrow();
        assertEquals(ListingRefusal.LISTING_CURSOR_UNKNOWN, assertThrows(Refusal.class, () -> APPLICATION.with(Rankings.class, rankings ->
                rankings.rank(RankingLevel.INN, 1, RankingMeasure.ISSUED, viewer, LoanFilter.ALL, Optional.of(cursor), 3))).code(), "another ranking");
        assertEquals(ListingRefusal.LISTING_CURSOR_UNKNOWN, assertThrows(Refusal.class, () -> APPLICATION.with(Rankings.class, rankings ->
                rankings.rank(RankingLevel.INN, 1, RankingMeasure.LOANS, ofBank(other), LoanFilter.ALL, Optional.of(cursor), 3))).code(), "another's");
    }
}
