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
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.TestDatabase;

/**
 * How a register of a million loans is read: the plan and the time of every list, ranking and aggregate, for {@code docs/operating/loan-plans.md}. Not a test; its two arguments are the number of loans and
 * the file to write; with {@code -Dkopuro.test.database=…} it enters none and reads that database.
 */
public final class LoanPlans {

    private static final LoanScope REGULATOR = new LoanScope(Contour.PRODUCTION, Optional.empty(), Optional.of(List.of("1528", "375")));
    private static final LoanScope EVERYTHING = new LoanScope(Contour.PRODUCTION, Optional.empty(), Optional.empty());
    /** Of the authority's people, who list by little else: a sort of everything takes as long by any other column. */
    private static final LoanColumn[] FEW = {LoanColumn.APPLIED_AT, LoanColumn.CONTRACT_SUM, LoanColumn.CHANGED_AT, LoanColumn.REGION};
    private final LoanScope bank;
    private final ListingStore store = new ListingStore();
    private final PrintStream out;
    private final Connection connection;
    private static final UUID DEEP = uuid("loan500003");
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
            measure(arguments[1]);
            return;
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").setServerConfig("shared_buffers", "1GB").setServerConfig("work_mem", "16MB")
                .setServerConfig("max_wal_size", "8GB").setServerConfig("maintenance_work_mem", "512MB").start();
        TestDatabase database = TestDatabase.migrated(postgres);
        System.setProperty("kopuro.test.database", database.url());
        try (Connection owner = database.owner().getConnection(); Statement statement = owner.createStatement()) {
            for (String part : Files.readString(Path.of("bench/src/main/resources/org/kopuro/bench/loans.sql")).replace(":loans", arguments[0]).split("\n\n")) {
                statement.execute(part);
            }
            measure(arguments[1]);
        } finally {
            postgres.close();
        }
    }

    private static void measure(String file) throws Exception {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); PrintStream out = new PrintStream(file, StandardCharsets.UTF_8)) {
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
        out.println("| what | of whom | first page ms | page from the middle ms |\n|---|---|--:|--:|");
        List<String> plans = new ArrayList<>();
        for (Map.Entry<String, LoanScope> scope : scopes.entrySet()) {
            for (LoanColumn column : scope.getValue() == EVERYTHING ? FEW : LoanColumn.values()) {
                list("by " + column.json(), scope, LoanFilter.ALL, new LoanOrder(column, false), plans, column == LoanColumn.APPLIED_AT || column == LoanColumn.CONTRACT_SUM || column == LoanColumn.REGION || column == LoanColumn.DUPLICATE);
            }
            for (String[] filter : new String[][] {{"inn", "7700123456"}, {"innPrefix", "77001234"}, {"innPrefix", "77"}, {"name", "ромашка 12"}, {"name", "вект"}, {"okved", "56"}, {"okved", "56.1"}, {"status", "FORMED"},
                {"duplicate", "true"}, {"duplicate", "false"}, {"overMaximum", "true"}, {"outsideStage", "true"}, {"contractDateFrom", "2025-06-01", "contractDateTo", "2025-06-02"},
                {"contractSumFrom", "1050000", "contractSumTo", "1050100"}, {"changedSince", "2025-11-20T00:00:00Z"}, {"region", "77"}, {"bank", uuid("bank1").toString()}, {"verdict", "NOT_ESTABLISHED"}, {"applicationNumber", "ЗАЯВКА-77"}}) {
                list(String.join(" ", filter).replaceAll("[0-9a-f]{8}-.*", "1"), scope, LoanFilter.of(filter), LoanOrder.USUAL, plans, List.of("inn", "name", "okved", "duplicate").contains(filter[0]));
            }
        }
        out.println("\n| what | of whom | ms |\n|---|---|--:|");
        for (Map.Entry<String, LoanScope> scope : scopes.entrySet()) {
            for (RankingLevel level : RankingLevel.values()) {
                one("ranking of " + level, scope, plans, listing -> store.rank(level, 2, RankingMeasure.CONTRACT_SUM, scope.getValue(), LoanFilter.ALL, listing, 0, 100));
            }
            for (AggregateDimension dimension : AggregateDimension.values()) {
                one("aggregate by " + dimension, scope, plans, listing -> store.aggregate(dimension, 2, scope.getValue(), LoanFilter.ALL, listing, 0, 1_000));
            }
            one("number of loans and versions of rules, before an export", scope, plans, listing -> store.rulesUsed(scope.getValue(), LoanFilter.ALL, listing));
        }
        plans.forEach(out::println);
    }

    private void list(String name, Map.Entry<String, LoanScope> scope, LoanFilter filter, LoanOrder order, List<String> plans, boolean shown) {
        Listing listing = store.begin(Instant.now());
        Optional<List<String>> programmes = scope.getValue().bank().isPresent() ? Optional.empty() : Optional.of(scope.getValue().programmes().orElseGet(store::programmes));
        Function<Optional<ListingStore.After>, List<LoanRow>> page = after -> store.page(scope.getValue(), programmes, filter, order, listing, after, 100, false);
        List<LoanRow> first = page.apply(Optional.empty());
        long firstMillis = millis(() -> page.apply(Optional.empty()));
        String middle = "";
        if (!first.isEmpty()) {
            // From a page in the depth: behind any loan.
            UUID deep = DEEP;
            UUID last = store.position(deep, scope.getValue(), order, listing).isPresent() ? deep : first.get(first.size() - 1).id();
            ListingStore.After after = new ListingStore.After(last, store.position(last, scope.getValue(), order, listing).orElseThrow());
            middle = String.valueOf(millis(() -> page.apply(Optional.of(after))));
        }
        out.println("| " + name + " | " + scope.getKey() + " | " + firstMillis + " | " + middle + " |");
        if (shown) {
            explain("list " + name + ", " + scope.getKey(), plans, () -> page.apply(Optional.empty()));
        }
        System.out.println(name + " " + scope.getKey() + " " + firstMillis + " " + middle);
    }

    private void one(String name, Map.Entry<String, LoanScope> scope, List<String> plans, Function<Listing, List<?>> reading) {
        Listing listing = store.begin(Instant.now());
        reading.apply(listing);
        long millis = millis(() -> reading.apply(listing));
        out.println("| " + name + " | " + scope.getKey() + " | " + millis + " |");
        explain(name + ", " + scope.getKey(), plans, () -> reading.apply(listing));
        System.out.println(name + " " + scope.getKey() + " " + millis);
    }

    private static long millis(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            long begun = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - begun);
        }
        return best / 1_000_000;
    }

    private void explain(String name, List<String> plans, Runnable work) {
        explaining = true;
        plan = "";
        work.run();
        explaining = false;
        plans.add("\n### " + name + "\n\n```text\n" + plan + "```");
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
                    plan += text;
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
