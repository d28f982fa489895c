package org.kopuro.loans.listing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.TestDatabase;

/**
 * How a register of a million loans is read: the plan and the time of every list, ranking and aggregate, for {@code docs/operating/loan-plans.md}. Not a test; its two arguments are the number of loans and
 * the file to write; with {@code -Dkopuro.test.database=…} it enters none and reads that database, with {@code -Dkopuro.plans.only=…} it measures what is called so.
 */
public final class LoanPlans {

    private static final LoanScope REGULATOR = new LoanScope(Contour.PRODUCTION, Optional.empty(), Optional.of(List.of("1528", "375")));
    private static final LoanScope EVERYTHING = new LoanScope(Contour.PRODUCTION, Optional.empty(), Optional.empty());
    private static final String[][] FILTERS = {{"inn", "7700123456"}, {"innPrefix", "77001234"}, {"innPrefix", "77"}, {"name", "ромашка 12"}, {"name", "вект"}, {"okved", "56"}, {"okved", "56.1"}, {"status", "FORMED"},
        {"duplicate", "true"}, {"duplicate", "false"}, {"overMaximum", "true"}, {"outsideStage", "true"}, {"contractDateFrom", "2025-06-01", "contractDateTo", "2025-06-02"},
        {"contractSumFrom", "1050000", "contractSumTo", "1050100"}, {"changedSince", "2025-11-20T00:00:00Z"}, {"region", "77"}, {"bank", uuid("bank1").toString()}, {"verdict", "NOT_ESTABLISHED"},
        {"applicationNumber", "ЗАЯВКА-77"}, {"rateFrom", "8.9", "region", "77"}, {"head", "иванов"}, {"kpp", "770701077"}, {"ogrn", "1027700012345"}, {"legalForm", "Акционерное общество"}, {"registeredFrom", "2020-01-01", "registeredTo", "2020-01-31"}, {"liquidated", "true"},
        {"bankrupt", "true"}, {"bankrupt", "false"}, {"smeSize", "SMALL"}, {"smeSize", "SMALL", "programme", "1598"}, {"contract696", "К-12340/2020"}, {"ngoRegister", "906"}, {"okvedAny", "46.11"}, {"source", "IMPORT"},
        {"source", "API"}, {"ruleSetVersion", "1"}};
    /** Whose plans are written down whole. */
    private static final Set<String> SHOWN = Set.of("by appliedAt", "by rate", "duplicate true", "ranking of INN", "aggregate by MONTH");
    private final LoanScope bank;
    private final ListingStore store = new ListingStore();
    private final PrintStream out;
    private final Connection connection;
    private static final UUID DEEP = uuid("loan500003");
    /** Of what is measured: names that match. */
    private static final String ONLY = System.getProperty("kopuro.plans.only", ".*");
    private Listing late;
    private boolean explaining;
    private String plan = "";

    private LoanPlans(Connection connection, PrintStream out) throws ReflectiveOperationException {
        this.connection = connection;
        this.out = out;
        bank = new LoanScope(Contour.PRODUCTION, Optional.of(uuid("bank1")), Optional.empty());
        Field sql = ListingStore.class.getDeclaredField("sql");
        sql.setAccessible(true);
        sql.set(store, Sql.on(watched(connection)));
    }

    public static void main(String[] arguments) throws Exception {
        if (System.getProperty("kopuro.test.database") != null) {
            try (Connection owner = TestDatabase.shared().owner().getConnection()) {
                measure(owner, arguments[1]);
            }
            return;
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").setServerConfig("shared_buffers", "1GB").setServerConfig("work_mem", "16MB")
                .setServerConfig("max_wal_size", "8GB").setServerConfig("maintenance_work_mem", "512MB").start();
        TestDatabase database = TestDatabase.migrated(postgres);
        try (Connection owner = database.owner().getConnection(); Statement statement = owner.createStatement()) {
            for (String part : Files.readString(Path.of("bench/src/main/resources/org/kopuro/bench/loans.sql")).replace(":loans", arguments[0]).split("\n\n")) {
                statement.execute(part);
            }
            measure(owner, arguments[1]);
        } finally {
            postgres.close();
        }
    }

    private static void measure(Connection owner, String file) throws Exception {
        try (PrintStream out = new PrintStream(file, StandardCharsets.UTF_8)) {
            new LoanPlans(owner, out).run();
        }
    }

    private void run() throws Exception {
        connection.setAutoCommit(false);
        store.planAsAsked();
        Map<String, LoanScope> scopes = new LinkedHashMap<>();
        scopes.put("a bank of 100,000", bank);
        scopes.put("a regulator of 400,000", REGULATOR);
        scopes.put("the authority", EVERYTHING);
        List<String> plans = new ArrayList<>();
        heading("page of 100: the first, and one from the middle", scopes);
        for (LoanColumn column : LoanColumn.values()) {
            list("by " + column.json(), scopes, LoanFilter.ALL, new LoanOrder(column, false), plans);
        }
        for (String[] filter : FILTERS) {
            list(String.join(" ", filter).replaceAll("[0-9a-f]{8}-.*", "1"), scopes, LoanFilter.of(filter), LoanOrder.USUAL, plans);
        }
        heading("all of it added up", scopes);
        for (RankingLevel level : RankingLevel.values()) {
            one("ranking of " + level, scopes, plans, (scope, listing) -> store.rank(level, 2, RankingMeasure.CONTRACT_SUM, scope, LoanFilter.ALL, listing, 0, 100));
        }
        for (AggregateDimension dimension : AggregateDimension.values()) {
            one("aggregate by " + dimension, scopes, plans, (scope, listing) -> store.aggregate(dimension, 2, scope, LoanFilter.ALL, listing, 0, 1_000));
        }
        one("aggregate by BANK of what is over its maximum", scopes, plans, (scope, listing) -> store.aggregate(AggregateDimension.BANK, 2, scope, LoanFilter.of("overMaximum", "true"), listing, 0, 1_000));
        one("number of loans and versions of rules, before an export", scopes, plans, (scope, listing) -> store.rulesUsed(scope, LoanFilter.ALL, listing));
        change();
        connection.commit();
        store.planAsAsked();
        // From here on every listing that began before has something that is late: the second versions of these stand in their cards.
        late = store.begin(Instant.now());
        change();
        heading("after 500 loans were changed since the listing began", scopes);
        list("by appliedAt", scopes, LoanFilter.ALL, LoanOrder.USUAL, plans);
        list("by rate", scopes, LoanFilter.ALL, new LoanOrder(LoanColumn.RATE, false), plans);
        one("ranking of INN", scopes, plans, (scope, listing) -> store.rank(RankingLevel.INN, 2, RankingMeasure.CONTRACT_SUM, scope, LoanFilter.ALL, listing, 0, 100));
        one("aggregate by REGION", scopes, plans, (scope, listing) -> store.aggregate(AggregateDimension.REGION, 2, scope, LoanFilter.ALL, listing, 0, 1_000));
        connection.rollback();
        plans.forEach(out::println);
    }

    private void change() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("update loans.loan set version = version + 1, changed_at = now(), events = '{EDIT}' where id in (select id from loans.loan where status <> 'WITHDRAWN' order by id limit 500)");
        }
    }

    private void heading(String what, Map<String, LoanScope> scopes) {
        out.println("\n| " + what + ", ms | " + String.join(" | ", scopes.keySet()) + " | the plan of the last |\n|---|" + "--:|".repeat(scopes.size()) + "---|");
    }

    private Listing begin() {
        return late == null ? store.begin(Instant.now()) : late;
    }

    private void list(String name, Map<String, LoanScope> scopes, LoanFilter filter, LoanOrder order, List<String> plans) {
        if (!name.matches(ONLY)) {
            return;
        }
        StringBuilder row = new StringBuilder("| " + name);
        scopes.forEach((whose, scope) -> {
            Listing listing = begin();
            Optional<List<String>> programmes = scope.bank().isPresent() ? Optional.empty() : Optional.of(scope.programmes().orElseGet(store::programmes));
            Function<Optional<ListingStore.After>, List<LoanRow>> page = after -> store.page(scope, programmes, filter, order, listing, after, 100, false);
            List<LoanRow> first = page.apply(Optional.empty());
            row.append(" | ").append(millis(() -> page.apply(Optional.empty())));
            if (!first.isEmpty()) {
                // From a page in the depth: behind any loan.
                UUID last = store.position(DEEP, scope, order, listing).isPresent() ? DEEP : first.get(first.size() - 1).id();
                ListingStore.After after = new ListingStore.After(last, store.position(last, scope, order, listing).orElseThrow());
                row.append(" / ").append(millis(() -> page.apply(Optional.of(after))));
            }
            explain(() -> page.apply(Optional.empty()));
            if (SHOWN.contains(name) && scope == EVERYTHING && late == null) {
                plans.add("\n### " + name + ", " + whose + "\n\n```text\n" + PlanText.pruned(plan) + "```");
            }
        });
        row.append(" | ").append(PlanText.gist(plan));
        out.println(row + " |");
        System.out.println(row);
    }

    private void one(String name, Map<String, LoanScope> scopes, List<String> plans, BiFunction<LoanScope, Listing, List<?>> reading) {
        if (!name.matches(ONLY)) {
            return;
        }
        StringBuilder row = new StringBuilder("| " + name);
        scopes.forEach((whose, scope) -> {
            Listing listing = begin();
            reading.apply(scope, listing);
            row.append(" | ").append(millis(() -> reading.apply(scope, listing)));
            explain(() -> reading.apply(scope, listing));
            if (SHOWN.contains(name) && scope == EVERYTHING && late == null) {
                plans.add("\n### " + name + ", " + whose + "\n\n```text\n" + PlanText.pruned(plan) + "```");
            }
        });
        row.append(" | ").append(PlanText.gist(plan));
        out.println(row + " |");
        System.out.println(row);
    }

    private static long millis(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long begun = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - begun);
        }
        return best / 1_000_000;
    }

    private void explain(Runnable work) {
        explaining = true;
        plan = "";
        work.run();
        explaining = false;
    }

    private Connection watched(Connection real) {
        return (Connection) Proxy.newProxyInstance(LoanPlans.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
            if (!method.getName().equals("prepareStatement") || !explaining) {
                return call(real, method, arguments);
            }
            PreparedStatement statement = real.prepareStatement((String) arguments[0]);
            PreparedStatement explained = real.prepareStatement("explain (analyze, costs off, timing off, buffers) " + arguments[0]);
            return Proxy.newProxyInstance(LoanPlans.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, (self, asked, values) -> {
                if (asked.getName().startsWith("set") && !asked.getName().equals("setFetchSize")) {
                    call(explained, asked, values);
                }
                if (asked.getName().equals("executeQuery")) {
                    StringBuilder text = new StringBuilder();
                    try (ResultSet rows = explained.executeQuery()) {
                        while (rows.next()) {
                            text.append(rows.getString(1)).append('\n');
                        }
                    }
                    // A page is looked for by several statements; the last one is the one that is paid for.
                    plan = text.toString();
                }
                return call(statement, asked, values);
            });
        });
    }

    private static Object call(Object on, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** As the script makes one. */
    private static UUID uuid(String text) {
        java.nio.ByteBuffer octets;
        try {
            octets = java.nio.ByteBuffer.wrap(java.security.MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return new UUID(octets.getLong(), octets.getLong());
    }
}
