package org.kopuro.loans.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.kopuro.testing.TestDatabase;

/** Two banks with some thousand loans of four programmes, two regulators of two programmes each, and what each of them sees of it. */
class ListingLoansIT {

    private static final TestApplication APPLICATION = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private static final Actor OPERATOR = Actor.of(UUID.randomUUID(), "BANK_OPERATOR");
    private static final Actor REGULATOR = Actor.of(UUID.randomUUID(), "REGULATOR");
    private static final List<String> INNS = List.of("7707083893", "9900000105", "9900000000", "990000123452", "123456789047");
    private static final List<Map<String, Object>> LOANS = new ArrayList<>();
    private static final SomeLoans MAKING = new SomeLoans(1);
    private static UUID bank;
    private static UUID other;

    @BeforeAll
    static void enter() {
        bank = new Scene(Contour.TEST, APPLICATION).participant.id().value();
        other = new Scene(Contour.TEST, APPLICATION).participant.id().value();
        LOANS.addAll(MAKING.of(bank, SomeLoans.PROGRAMMES, INNS, 900, Scene.NOON));
        LOANS.addAll(MAKING.of(other, SomeLoans.PROGRAMMES, INNS, 600, Scene.NOON));
        // Who has one loan only is no duplicate.
        LOANS.addAll(IntStream.range(0, 300).mapToObj(i -> MAKING.loan(i % 2 == 0 ? bank : other, SomeLoans.PROGRAMMES.get(i % 4), "55%08d".formatted(i), Scene.NOON.minusSeconds(i))).toList());
        SomeLoans.enter(LOANS);
    }

    /** The two banks' only: others' tests write to the same programmes. */
    private static Map<String, List<String>> oursOnly() {
        return new TreeMap<>(Map.of("bank", List.of(bank.toString(), other.toString())));
    }

    private static LoanFilter ours(String... namesAndValues) {
        Map<String, List<String>> texts = oursOnly();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            texts.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return LoanFilter.of(texts);
    }

    private static final LoanScope FIRST_REGULATOR = LoanScope.ofProgrammes(List.of("1528", "1598"), Contour.TEST);
    private static final LoanScope SECOND_REGULATOR = LoanScope.ofProgrammes(List.of("574", "745"), Contour.TEST);

    private static final LoanScope EVERYTHING = new LoanScope(Contour.TEST, Optional.empty(), Optional.empty());

    private static LoanScope of(UUID bank) {
        return new LoanScope(Contour.TEST, Optional.of(bank), Optional.empty());
    }

    private static Viewer viewer(LoanScope scope) {
        return new Viewer(scope.contour(), scope.bank(), scope.programmes().map(Set::copyOf), scope.regulators() ? REGULATOR : OPERATOR);
    }

    private static LoanPage page(LoanScope scope, LoanFilter filter, LoanOrder order, Optional<String> cursor, int limit) {
        return APPLICATION.with(LoanLists.class, lists -> lists.page(viewer(scope), filter, order, cursor, limit));
    }

    private static List<LoanRow> all(LoanScope scope, LoanFilter filter, LoanOrder order, int limit, Runnable between) {
        List<LoanRow> rows = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            LoanPage page = page(scope, filter, order, cursor, limit);
            assertTrue(page.rows().size() <= limit, "no page is longer than was asked");
            rows.addAll(page.rows());
            cursor = page.next();
            between.run();
        } while (cursor.isPresent());
        return rows;
    }

    private static List<LoanRow> all(LoanScope scope, LoanFilter filter, LoanOrder order) {
        return all(scope, filter, order, 400, () -> { });
    }

    private static List<UUID> ids(List<LoanRow> rows) {
        return rows.stream().map(LoanRow::id).toList();
    }

    private static Set<UUID> those(LoanScope scope, Predicate<Map<String, Object>> wanted) {
        return LOANS.stream().filter(seen(scope)).filter(wanted).map(loan -> (UUID) loan.get("id")).collect(Collectors.toSet());
    }

    private static Predicate<Map<String, Object>> seen(LoanScope scope) {
        return loan -> scope.bank().map(loan.get("bank_id")::equals).orElse(true) && scope.programmes().map(codes -> codes.contains(loan.get("programme"))).orElse(true);
    }

    private static Object value(Map<String, Object> loan, LoanColumn column) {
        return switch (column) {
            case OVER_MAXIMUM -> loan.containsKey("contract_sum") && loan.containsKey("maximum") && (Long) loan.get("contract_sum") > (Long) loan.get("maximum");
            case HEADCOUNT_DIFFERS -> loan.containsKey("contract_headcount") && loan.containsKey("headcount") && !loan.get("contract_headcount").equals(loan.get("headcount"));
            case DUPLICATE -> active(loan) && LOANS.stream().anyMatch(twin -> twin != loan && active(twin) && twin.get("inn").equals(loan.get("inn")) && twin.get("programme").equals(loan.get("programme")));
            case HEAD, KPP, OGRN, LEGAL_FORM, REGISTERED_ON, LIQUIDATED_ON, BANKRUPTCY_ON, CONTRACT_696 -> of(loan, column.json());
            case SME_SIZE -> borrower(loan).map(one -> one.containsKey("sme") ? one.getJsonObject("sme").getString("size") : "LARGE").orElse(null);
            case SME_INCLUDED_ON -> borrower(loan).map(one -> one.getJsonObject("sme")).map(sme -> sme.getString("includedOn")).orElse(null);
            case OKVED_ADDITIONAL -> borrower(loan).map(one -> texts(one, "okved")).filter(all -> !all.isEmpty()).map(all -> String.join(", ", all)).orElse(null);
            case NGO_REGISTERS -> borrower(loan).map(one -> texts(one, "ngoRegisters")).filter(all -> !all.isEmpty()).map(all -> String.join(", ", all)).orElse(null);
            default -> loan.get(column.column());
        };
    }

    private static Optional<JsonObject> borrower(Map<String, Object> loan) {
        return Optional.ofNullable((JsonObject) loan.get("borrower"));
    }

    private static String of(Map<String, Object> loan, String name) {
        return borrower(loan).map(one -> one.getString(name, null)).orElse(null);
    }

    private static List<String> texts(JsonObject borrower, String name) {
        return borrower.getJsonArray(name).getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
    }

    /** Of a loan whose borrower the registers knew. */
    private static Predicate<Map<String, Object>> knows(Predicate<JsonObject> test) {
        return loan -> borrower(loan).filter(test).isPresent();
    }

    /** A day of the borrower's, by what its column tells. */
    private static Predicate<Map<String, Object>> between(LoanColumn column, String from, String to) {
        return loan -> value(loan, column) instanceof String day && !LocalDate.parse(day).isBefore(LocalDate.parse(from)) && !LocalDate.parse(day).isAfter(LocalDate.parse(to));
    }

    private static boolean active(Map<String, Object> loan) {
        return List.of("FORMED", "APPROVED").contains(loan.get("status"));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Comparator<Map<String, Object>> order(LoanColumn column, boolean descending) {
        return (left, right) -> {
            Object a = value(left, column);
            Object b = value(right, column);
            if (a == null || b == null) {
                return a == b ? ids(left, right) * (descending ? -1 : 1) : a == null ? 1 : -1;
            }
            int order = a instanceof UUID || a instanceof String ? Arrays.compareUnsigned(octets(a), octets(b)) : ((Comparable) a).compareTo(b);
            return (order != 0 ? order : ids(left, right)) * (descending ? -1 : 1);
        };
    }

    private static byte[] octets(Object text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int ids(Map<String, Object> left, Map<String, Object> right) {
        return left.get("id").toString().compareTo(right.get("id").toString());
    }

    @Test
    void isSortedByEveryColumnBothWays() {
        for (LoanScope scope : List.of(of(bank), FIRST_REGULATOR, EVERYTHING)) {
            for (LoanColumn column : LoanColumn.values()) {
                for (boolean descending : new boolean[] {false, true}) {
                    List<Object> expected = LOANS.stream().filter(seen(scope)).sorted(order(column, descending)).map(loan -> loan.get("id")).toList();
                    List<LoanRow> rows = all(scope, ours(), new LoanOrder(column, descending));
                    assertEquals(expected, ids(rows), scope + " by " + column + (descending ? " descending" : ""));
                }
            }
        }
    }

    @Test
    void showsWhatStandsInEveryColumn() {
        Map<Object, Map<String, Object>> byId = LOANS.stream().collect(Collectors.toMap(loan -> loan.get("id"), Function.identity()));
        for (LoanRow row : all(EVERYTHING, ours(), LoanOrder.USUAL)) {
            for (LoanColumn column : LoanColumn.values()) {
                assertEquals(Optional.ofNullable(value(byId.get(row.id()), column)), row.value(column), column.json());
            }
            assertEquals("Participant", row.bankName());
        }
    }

    private static Predicate<Map<String, Object>> has(String column, Predicate<Object> test) {
        return loan -> loan.get(column) != null && test.test(loan.get(column));
    }

    private static Predicate<Map<String, Object>> between(String column, long from, long to) {
        return has(column, value -> ((Number) value).longValue() >= from && ((Number) value).longValue() <= to);
    }

    private static Predicate<Map<String, Object>> days(String column, LocalDate from, LocalDate to) {
        return has(column, value -> !((LocalDate) value).isBefore(from) && !((LocalDate) value).isAfter(to));
    }

    private static LocalDate moscow(Object moment) {
        return LocalDate.ofInstant((Instant) moment, Criterion.MOSCOW);
    }

    @Test
    void isFilteredByEverything() {
        Map<List<String>, Predicate<Map<String, Object>>> cases = new LinkedHashMap<>();
        Map<String, Object> some = LOANS.stream().filter(loan -> loan.containsKey("contract_number") && loan.get("import_id") != null).findFirst().orElseThrow();
        LocalDate from = LocalDate.of(2025, 6, 1);
        LocalDate to = LocalDate.of(2025, 9, 30);
        cases.put(List.of(), loan -> true);
        cases.put(List.of("programme", "1598"), has("programme", "1598"::equals));
        cases.put(List.of("stage", "2"), has("stage", value -> value.equals(2)));
        cases.put(List.of("status", "REJECTED"), has("status", "REJECTED"::equals));
        cases.put(List.of("borrowerKind", "SOLE_PROPRIETOR"), has("borrower_kind", "SOLE_PROPRIETOR"::equals));
        cases.put(List.of("inn", "7707083893"), has("inn", "7707083893"::equals));
        cases.put(List.of("innPrefix", "99"), has("inn", inn -> inn.toString().startsWith("99")));
        cases.put(List.of("name", "ромаш"), has("borrower_name", name -> name.toString().toLowerCase().contains("ромаш")));
        cases.put(List.of("name", "елкин петр"), has("borrower_name", "Ёлкин Пётр Ильич"::equals));
        cases.put(List.of("name", "ВЕКТОР & ! (плюс)"), has("borrower_name", "ООО \"Вектор Плюс\""::equals));
        cases.put(List.of("okved", "56.1"), has("okved", code -> code.toString().startsWith("56.1")));
        cases.put(List.of("okved", "56.10.1"), has("okved", code -> code.toString().startsWith("56.10.1")));
        cases.put(List.of("okvedAny", "56.1"), knows(one -> Stream.concat(Stream.of(one.getString("okvedMain")), texts(one, "okved").stream()).anyMatch(code -> code.startsWith("56.1"))));
        cases.put(List.of("head", "елкина анн"), loan -> "Ёлкина Анна Петровна".equals(of(loan, "head")));
        cases.put(List.of("kpp", "7707AB001"), loan -> "7707AB001".equals(of(loan, "kpp")));
        cases.put(List.of("ogrn", "1999900000000"), loan -> "1999900000000".equals(of(loan, "ogrn")));
        cases.put(List.of("ogrn", "399990000001238"), loan -> "399990000001238".equals(of(loan, "ogrn")));
        cases.put(List.of("legalForm", "Крестьянское (фермерское) хозяйство"), loan -> "Крестьянское (фермерское) хозяйство".equals(of(loan, "legalForm")));
        cases.put(List.of("registeredFrom", "2005-03-01", "registeredTo", "2012-04-30"), between(LoanColumn.REGISTERED_ON, "2005-03-01", "2012-04-30"));
        cases.put(List.of("liquidatedFrom", "2022-02-01", "liquidatedTo", "2023-02-01"), between(LoanColumn.LIQUIDATED_ON, "2022-02-01", "2023-02-01"));
        cases.put(List.of("bankruptcyFrom", "2022-02-01", "bankruptcyTo", "2023-02-01"), between(LoanColumn.BANKRUPTCY_ON, "2022-02-01", "2023-02-01"));
        cases.put(List.of("smeIncludedFrom", "2017-02-01", "smeIncludedTo", "2020-02-01"), between(LoanColumn.SME_INCLUDED_ON, "2017-02-01", "2020-02-01"));
        cases.put(List.of("smeSize", "MICRO"), loan -> "MICRO".equals(value(loan, LoanColumn.SME_SIZE)));
        cases.put(List.of("smeSize", "LARGE"), knows(one -> !one.containsKey("sme")));
        cases.put(List.of("contract696", "К-2/2020"), loan -> "К-2/2020".equals(of(loan, "contract696")));
        cases.put(List.of("ngoRegister", "906"), knows(one -> texts(one, "ngoRegisters").contains("906")));
        cases.put(List.of("source", "IMPORT"), has("source", "IMPORT"::equals));
        cases.put(List.of("ruleSetVersion", "2"), has("rule_set_version", value -> value.equals(2)));
        cases.put(List.of("region", "02"), has("region", "02"::equals));
        cases.put(List.of("applicationNumber", some.get("application_number").toString()), has("application_number", some.get("application_number")::equals));
        cases.put(List.of("appliedFrom", "2025-06-01", "appliedTo", "2025-09-30"), has("applied_at", at -> !moscow(at).isBefore(from) && !moscow(at).isAfter(to)));
        cases.put(List.of("requestedFrom", "10", "requestedTo", "20.00"), between("requested", 1000, 2000));
        cases.put(List.of("approvedFrom", "15", "approvedTo", "22.5"), between("approved", 1500, 2250));
        cases.put(List.of("decidedFrom", "2025-06-01", "decidedTo", "2025-09-30"), days("decided_on", from, to));
        cases.put(List.of("rejectionCode", "SOLVENCY"), has("rejection_code", "SOLVENCY"::equals));
        cases.put(List.of("contracted", "true"), has("contract_date", day -> true));
        cases.put(List.of("contracted", "false"), loan -> !loan.containsKey("contract_date"));
        cases.put(List.of("contractNumber", some.get("contract_number").toString()), has("contract_number", some.get("contract_number")::equals));
        cases.put(List.of("contractDateFrom", "2025-06-01", "contractDateTo", "2025-09-30"), days("contract_date", from, to));
        cases.put(List.of("contractSumFrom", "25", "contractSumTo", "30"), between("contract_sum", 2500, 3000));
        cases.put(List.of("rateFrom", "2.5", "rateTo", "5"), has("rate", rate -> ((java.math.BigDecimal) rate).doubleValue() >= 2.5 && ((java.math.BigDecimal) rate).doubleValue() <= 5));
        cases.put(List.of("termMonthsFrom", "10", "termMonthsTo", "12"), between("term_months", 10, 12));
        cases.put(List.of("endDateFrom", "2026-06-01", "endDateTo", "2026-09-30"), days("end_date", from.plusYears(1), to.plusYears(1)));
        cases.put(List.of("contractHeadcountFrom", "3", "contractHeadcountTo", "9"), between("contract_headcount", 3, 9));
        cases.put(List.of("headcountFrom", "3", "headcountTo", "9"), between("headcount", 3, 9));
        cases.put(List.of("issuedFrom", "1"), between("issued", 100, Long.MAX_VALUE));
        cases.put(List.of("issuedTo", "1"), between("issued", 0, 100));
        cases.put(List.of("lastBalanceFrom", "10", "lastBalanceTo", "10.01"), between("last_balance", 1000, 1001));
        cases.put(List.of("maximumFrom", "20", "maximumTo", "30"), between("maximum", 2000, 3000));
        cases.put(List.of("verdict", "NOT_ESTABLISHED"), has("verdict", "NOT_ESTABLISHED"::equals));
        for (String flag : List.of("true", "false")) {
            cases.put(List.of("duplicate", flag), loan -> value(loan, LoanColumn.DUPLICATE).toString().equals(flag));
            cases.put(List.of("overMaximum", flag), loan -> value(loan, LoanColumn.OVER_MAXIMUM).toString().equals(flag));
            cases.put(List.of("headcountDiffers", flag), loan -> value(loan, LoanColumn.HEADCOUNT_DIFFERS).toString().equals(flag));
            cases.put(List.of("outsideStage", flag), loan -> loan.get("outside_stage").toString().equals(flag));
            // Of whom the registers did not know it is neither said.
            Map.of("liquidated", "liquidatedOn", "bankrupt", "bankruptcyOn", "contracted696", "contract696").forEach((name, field) ->
                    cases.put(List.of(name, flag), knows(one -> String.valueOf(one.containsKey(field)).equals(flag))));
        }
        cases.put(List.of("import", some.get("import_id").toString()), has("import_id", some.get("import_id")::equals));
        cases.put(List.of("bank", other.toString()), has("bank_id", other::equals));
        Instant since = Scene.NOON.minus(Duration.ofDays(90));
        for (List<String> names : List.of(List.of("statusSince", "status_at"), List.of("createdSince", "created_at"), List.of("changedSince", "changed_at"))) {
            cases.put(List.of(names.get(0), since.toString()), has(names.get(1), at -> !((Instant) at).isBefore(since)));
        }
        assertEquals(LoanFilter.NAMES, cases.keySet().stream().flatMap(texts -> IntStream.range(0, texts.size()).filter(i -> i % 2 == 0).mapToObj(texts::get)).collect(Collectors.toSet()), "every condition is tried");
        cases.forEach((texts, wanted) -> {
            for (LoanScope scope : List.of(of(bank), FIRST_REGULATOR, EVERYTHING)) {
                Set<UUID> expected = those(scope, wanted);
                List<UUID> found = ids(all(scope, ours(texts.toArray(String[]::new)), new LoanOrder(LoanColumn.CONTRACT_SUM, true)));
                assertEquals(expected, new HashSet<>(found), texts + " of " + scope);
                assertEquals(expected.size(), found.size(), "none twice: " + texts);
            }
            boolean ofTheOther = texts.equals(List.of("bank", other.toString()));
            assertEquals(ofTheOther, those(of(bank), wanted).isEmpty(), "the case has loans: " + texts);
        });
    }

    @Test
    void takesSeveralValuesForAnyOfThem() {
        Map<String, List<String>> texts = oursOnly();
        texts.put("status", List.of("REJECTED", "FORMED"));
        texts.put("okved", List.of("55", "56.2"));
        assertEquals(those(FIRST_REGULATOR, has("status", Set.of("REJECTED", "FORMED")::contains).and(has("okved", code -> code.toString().startsWith("55") || code.equals("56.2")))),
                new HashSet<>(ids(all(FIRST_REGULATOR, LoanFilter.of(texts), LoanOrder.USUAL))));
        several("okvedAny", List.of("55", "56.10.1"), knows(one -> Stream.concat(Stream.of(one.getString("okvedMain")), texts(one, "okved").stream()).anyMatch(code -> code.startsWith("55") || code.startsWith("56.10.1"))));
        several("legalForm", List.of("АО", "ИП"), knows(one -> Set.of("АО", "ИП").contains(one.getString("legalForm"))));
        several("smeSize", List.of("LARGE", "MEDIUM"), loan -> value(loan, LoanColumn.SME_SIZE) instanceof String size && Set.of("LARGE", "MEDIUM").contains(size));
        several("ngoRegister", List.of("906", "847"), knows(one -> !texts(one, "ngoRegisters").isEmpty()));
        several("source", List.of("XROAD", "API"), has("source", "API"::equals));
    }

    private static void several(String name, List<String> values, Predicate<Map<String, Object>> wanted) {
        Map<String, List<String>> texts = oursOnly();
        texts.put(name, values);
        assertEquals(those(FIRST_REGULATOR, wanted), new HashSet<>(ids(all(FIRST_REGULATOR, LoanFilter.of(texts), LoanOrder.USUAL))), name);
    }

    /** What the registers had stands in the card: lists that began before all borrowers were looked at anew go on with what was known then, and those that begin afterwards know nothing of it. */
    @Test
    void goesOnWithWhatTheRegistersHadOfTheBorrowerWhenItBegan() {
        UUID checked = new Scene(Contour.TEST, APPLICATION).participant.id().value();
        SomeLoans.enter(new SomeLoans(6).of(checked, List.of("1528", "1598"), INNS, 300, Scene.NOON));
        // Cards of before the registers were asked for something have nothing of it.
        asOwner("update loans.loan l set version = version + 1, changed_at = '%2$s', events = '{EDIT}', borrower = case when length(inn) = 12 then null else borrower - 'sme' - 'ngoRegisters' end where bank_id = '%1$s' and status <> 'WITHDRAWN' and get_byte(uuid_send(id), 3) %% 7 = 1"
                .formatted(checked, Scene.NOON));
        List<LoanFilter> filters = Stream.of("okvedAny=56.2", "head=асан", "kpp=770701001", "ogrn=1027700132195", "legalForm=ООО", "registeredTo=2010-01-01", "liquidated=true", "liquidated=false", "liquidatedFrom=2022-01-01",
                "bankrupt=true", "bankruptcyTo=2023-01-01", "smeSize=SMALL", "smeSize=LARGE", "smeIncludedFrom=2018-01-01", "contracted696=true", "contract696=К-2/2020", "ngoRegister=847", "source=IMPORT", "ruleSetVersion=1")
                .map(text -> LoanFilter.of(text.split("=")[0], text.split("=")[1], "bank", checked.toString())).toList();
        List<LoanOrder> orders = Stream.of(LoanColumn.values()).filter(column -> !column.inFiles()).flatMap(column -> Stream.of(new LoanOrder(column, false), new LoanOrder(column, true))).toList();
        Map<List<Object>, List<String>> before = new LinkedHashMap<>();
        Map<List<Object>, LoanPage> begun = new LinkedHashMap<>();
        for (LoanScope scope : List.of(of(checked), FIRST_REGULATOR)) {
            LoanFilter ofAll = LoanFilter.of("bank", checked.toString());
            Stream.concat(filters.stream().map(filter -> List.of(scope, filter, LoanOrder.USUAL)), orders.stream().map(order -> List.of(scope, ofAll, order))).forEach(question -> {
                before.put(question, told(all(scope, (LoanFilter) question.get(1), (LoanOrder) question.get(2))));
                begun.put(question, page(scope, (LoanFilter) question.get(1), (LoanOrder) question.get(2), Optional.empty(), 7));
            });
        }
        asOwner("""
                update loans.loan l set version = version + 1, changed_at = '%2$s', events = '{EDIT}', source = 'SYSTEM', import_id = null, import_row = null, rule_set_version = 9,
                       borrower = jsonb_build_object('inn', inn, 'ogrn', '5', 'legalForm', 'ОАО', 'registeredOn', '2020-01-01', 'okvedMain', '01', 'okved', '[]'::jsonb, 'ngoRegisters', '[]'::jsonb,
                           'sme', jsonb_build_object('size', 'MEDIUM', 'includedOn', '2017-01-01'))
                 where bank_id = '%1$s' and status <> 'WITHDRAWN'""".formatted(checked, Scene.NOON));
        before.forEach((question, expected) -> {
            List<LoanRow> rows = new ArrayList<>(begun.get(question).rows());
            for (Optional<String> cursor = begun.get(question).next(); cursor.isPresent(); ) {
                LoanPage page = page((LoanScope) question.get(0), (LoanFilter) question.get(1), (LoanOrder) question.get(2), cursor, 90);
                rows.addAll(page.rows());
                cursor = page.next();
            }
            assertEquals(expected, told(rows), question.toString());
            assertTrue(expected.size() > 7, "goes on behind its first page: " + question);
        });
        // What was withdrawn stays as it was.
        for (LoanFilter filter : filters.stream().filter(one -> !one.canonical().contains("\"false\"")).toList()) {
            assertEquals(Set.of("WITHDRAWN"), all(of(checked), filter, LoanOrder.USUAL).stream().map(row -> row.get(LoanColumn.STATUS, String.class)).collect(Collectors.toSet()), filter.canonical());
        }
    }

    private static List<String> told(List<LoanRow> rows) {
        return rows.stream().map(LoanRow::toString).toList();
    }

    private static void asOwner(String statement) {
        Rows.change(statement);
    }

    /** What happens to a register of ten thousand loans while somebody reads it, to some dozens. */
    @Test
    void neitherSkipsNorRepeatsWhatIsChangedMeanwhile() throws Exception {
        UUID busy = new Scene(Contour.TEST, APPLICATION).participant.id().value();
        SomeLoans making = new SomeLoans(2);
        List<String> inns = IntStream.range(0, 60).mapToObj("66%08d"::formatted).toList();
        SomeLoans.enter(making.of(busy, List.of("1528", "1598"), inns, 400, Scene.NOON));
        LoanScope own = of(busy);
        LoanFilter flagged = LoanFilter.of("duplicate", "true");
        LoanFilter unflagged = LoanFilter.of("duplicate", "false");
        for (LoanScope scope : List.of(own, FIRST_REGULATOR)) {
            for (LoanFilter filter : List.of(LoanFilter.ALL, flagged, unflagged, LoanFilter.of("status", "APPROVED", "contracted", "true"))) {
                for (String order : List.of("changedAt", "-changedAt", "contractSum", "-requested", "duplicate", "-inn", "status")) {
                    Map<String, List<String>> texts = new TreeMap<>(filter.texts());
                    texts.put("bank", List.of(busy.toString()));
                    LoanFilter asked = LoanFilter.of(texts);
                    List<String> before = all(scope, asked, LoanOrder.of(order, "order")).stream().map(LoanRow::toString).toList();
                    int[] writes = new int[1];
                    List<String> read;
                    // One that is under way when the list is begun, and is committed afterwards.
                    try (Connection early = TestDatabase.shared().owner().getConnection(); Statement statement = early.createStatement()) {
                        early.setAutoCommit(false);
                        statement.execute(change(busy, 0));
                        read = all(scope, asked, LoanOrder.of(order, "order"), 37, () -> {
                            try {
                                if (writes[0]++ == 0) {
                                    early.commit();
                                } else if (writes[0] < 6) {
                                    asOwner(change(busy, writes[0]));
                                    List<Map<String, Object>> more = making.of(busy, List.of("1528", "1598"), inns, 3, Scene.NOON);
                                    more.forEach(loan -> loan.put("changed_at", Scene.NOON));
                                    SomeLoans.enter(more);
                                }
                            } catch (java.sql.SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        }).stream().map(LoanRow::toString).toList();
                        early.commit();
                    }
                    assertEquals(before, read, "by " + order + " of " + asked + " of " + scope);
                }
            }
        }
    }

    /** Every status that can be left, every sum that can be changed, of a seventh of the loans. */
    private static String change(UUID bank, int which) {
        return """
                update loans.loan l set version = version + 1, changed_at = '%2$s', events = '{EDIT}', requested = requested + 1000, contract_sum = contract_sum + 700,
                       status = case when issued > 0 or status = 'REJECTED' then status when status = 'FORMED' and version %% 2 = 0 then 'APPROVED' when version %% 3 = 0 then 'WITHDRAWN' else status end,
                       approved = coalesce(approved, requested), decided_on = coalesce(decided_on, '2026-01-01'), borrower_name = 'Переименовано'
                 where bank_id = '%1$s' and status <> 'WITHDRAWN' and get_byte(uuid_send(id), 3) %% 7 = %3$d""".formatted(bank, Scene.NOON, which % 7);
    }

    @Test
    void showsAReviewedPairAsDifferentLoansAndReadsItAsOfTheBeginning() {
        UUID reviewed = new Scene(Contour.TEST, APPLICATION).participant.id().value();
        SomeLoans making = new SomeLoans(3);
        List<Map<String, Object>> loans = IntStream.range(0, 3).mapToObj(i -> making.loan(reviewed, i < 2 ? "1528" : "1598", "7707083893", Scene.NOON.minusSeconds(i))).toList();
        // A borrower of its own, active loans.
        String inn = "77" + String.valueOf(System.nanoTime()).substring(3, 11);
        loans.forEach(loan -> {
            loan.put("inn", inn);
            loan.put("borrower_kind", "LEGAL_ENTITY");
            loan.put("status", "APPROVED");
            loan.putIfAbsent("approved", 1L);
            loan.putIfAbsent("decided_on", LocalDate.of(2026, 1, 1));
        });
        SomeLoans.enter(loans);
        LoanScope scope = of(reviewed);
        LoanFilter flagged = LoanFilter.of("duplicate", "true");
        assertEquals(2, all(scope, flagged, LoanOrder.USUAL).size());
        LoanPage first = page(scope, flagged, LoanOrder.USUAL, Optional.empty(), 1);
        review(loans.get(0), loans.get(1), 1, "DIFFERENT_LOAN");
        assertEquals(0, all(scope, flagged, LoanOrder.USUAL).size());
        assertEquals(1, page(scope, flagged, LoanOrder.USUAL, first.next(), 10).rows().size(), "as it was");
        review(loans.get(0), loans.get(1), 2, "CONFIRMED");
        assertEquals(2, all(scope, flagged, LoanOrder.USUAL).size());
        assertEquals(3, all(scope, LoanFilter.ALL, new LoanOrder(LoanColumn.DUPLICATE, true)).size());
    }

    private static void review(Map<String, Object> one, Map<String, Object> another, int number, String outcome) {
        List<String> pair = Stream.of(one, another).map(loan -> loan.get("id").toString()).sorted().toList();
        Rows.change("insert into loans.duplicate_review (id, contour, first_id, second_id, number, programme, inn, outcome, reason, at, actor, actor_role) select gen_random_uuid(), 'TEST', l.id, ?::uuid, ?, l.programme, l.inn, ?, 'Seen.', ?::timestamptz, gen_random_uuid(), 'REGULATOR' from loans.loan l where l.id = ?::uuid",
                pair.get(1), number, outcome, Scene.NOON.toString(), pair.get(0));
    }

    @Test
    void holdsNoBankToAnothersLoans() {
        LoanScope own = of(bank);
        assertEquals(Set.of(bank), all(own, LoanFilter.ALL, LoanOrder.USUAL).stream().map(row -> row.get(LoanColumn.BANK, UUID.class)).collect(Collectors.toSet()));
        assertEquals(List.of(), page(own, LoanFilter.of("bank", other.toString()), LoanOrder.USUAL, Optional.empty(), 10).rows());
        String foreign = those(of(other), loan -> true).iterator().next().toString();
        String cursor = page(own, LoanFilter.ALL, new LoanOrder(LoanColumn.CONTRACT_SUM, true), Optional.empty(), 10).next().orElseThrow();
        // The shape of a cursor is no secret: who puts another's loan into his own learns nothing of where it would stand.
        String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII).split("\\|");
        parts[2] = foreign;
        refused(ListingRefusal.LISTING_CURSOR_UNKNOWN, () -> page(own, LoanFilter.ALL, new LoanOrder(LoanColumn.CONTRACT_SUM, true), Optional.of(encoded(String.join("|", parts))), 10));
        parts[2] = UUID.randomUUID().toString();
        refused(ListingRefusal.LISTING_CURSOR_UNKNOWN, () -> page(own, LoanFilter.ALL, new LoanOrder(LoanColumn.CONTRACT_SUM, true), Optional.of(encoded(String.join("|", parts))), 10));
        assertEquals(List.of(), page(new LoanScope(Contour.PRODUCTION, Optional.of(bank), Optional.empty()), LoanFilter.ALL, LoanOrder.USUAL, Optional.empty(), 10).rows(), "nor to another contour's");
    }

    @Test
    void holdsNoRegulatorToAnothersProgrammes() {
        assertEquals(Set.of("574", "745"), all(SECOND_REGULATOR, ours(), LoanOrder.USUAL).stream().map(row -> row.get(LoanColumn.PROGRAMME, String.class)).collect(Collectors.toSet()));
        assertEquals(List.of(), page(SECOND_REGULATOR, ours("programme", "1528"), LoanOrder.USUAL, Optional.empty(), 10).rows());
        assertEquals(List.of(), page(LoanScope.ofProgrammes(List.of(), Contour.TEST), LoanFilter.ALL, LoanOrder.USUAL, Optional.empty(), 10).rows());
        String cursor = page(FIRST_REGULATOR, ours(), LoanOrder.USUAL, Optional.empty(), 10).next().orElseThrow();
        refused(ListingRefusal.LISTING_CURSOR_UNKNOWN, () -> page(SECOND_REGULATOR, ours(), LoanOrder.USUAL, Optional.of(cursor), 10));
    }

    private static final java.util.function.Supplier<List<String>> LISTED = () -> Rows.of("select content from ledger.entry where content like '%loans.listed%' order by xid desc");

    @Test
    void tellsTheLedgerWhatARegulatorRead() {
        LoanFilter one = ours("inn", "990000123452");
        page(FIRST_REGULATOR, one, LoanOrder.USUAL, Optional.empty(), 1_000);
        String entry = LISTED.get().get(0);
        assertTrue(entry.contains("\"loans\":\"hmac-sha256:"), "the ledger is public: " + entry);
        assertTrue(entry.contains("\"programmes\":[\"1528\",\"1598\"]") && entry.contains("hmac-sha256:") && !entry.contains("990000123452") && !entry.contains(REGULATOR.account().orElseThrow().toString()), entry);
        page(of(bank), LoanFilter.ALL, LoanOrder.USUAL, Optional.empty(), 10);
        assertEquals(entry, LISTED.get().get(0), "a bank reads its own");
    }

    @Test
    void refusesCursorsThatItDidNotGive() {
        LoanScope own = of(bank);
        String cursor = page(own, LoanFilter.ALL, LoanOrder.USUAL, Optional.empty(), 10).next().orElseThrow();
        String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        String[] parts = plain.split("\\|");
        Stream<String> hostile = Stream.of("", "?", "AAAA", "x".repeat(10_000), "'; drop table loans.loan; --", cursor + "AAAA", encoded(plain + "\0"), encoded("1:2:|1|" + parts[2] + "|" + parts[3]) + "=",
                encoded(plain.replace(parts[0], "5:1:")), encoded(plain.replace(parts[0], "1:9:3,2")), encoded(plain.replace(parts[0], "1:9:9")), encoded(plain.replace(parts[0], "0:0:")),
                encoded(plain.replace(parts[1], "99999999999999999")), encoded(plain.replace(parts[2], "-".repeat(36))), encoded(plain.replace(parts[2], "0")), encoded(plain.replace(parts[3], "A".repeat(22))));
        hostile.forEach(text -> refused(ListingRefusal.LISTING_CURSOR_UNKNOWN, () -> page(own, LoanFilter.ALL, LoanOrder.USUAL, Optional.of(text), 10)));
        refused(ListingRefusal.LISTING_CURSOR_UNKNOWN, () -> page(own, LoanFilter.of("status", "FORMED"), LoanOrder.USUAL, Optional.of(cursor), 10));
        refused(ListingRefusal.LISTING_CURSOR_UNKNOWN, () -> page(own, LoanFilter.ALL, new LoanOrder(LoanColumn.APPLIED_AT, false), Optional.of(cursor), 10));
        refused(ListingRefusal.LISTING_CURSOR_EXPIRED, () -> page(own, LoanFilter.ALL, LoanOrder.USUAL, Optional.of(encoded(plain.replace(parts[0], "1:999999999999999999:"))), 10));
        TestApplication later = new TestApplication("TEST", Scene.NOON.plus(Duration.ofHours(25)));
        refused(ListingRefusal.LISTING_CURSOR_EXPIRED, () -> later.with(LoanLists.class, lists -> lists.page(viewer(own), LoanFilter.ALL, LoanOrder.USUAL, Optional.of(cursor), 10)));
    }

    private static String encoded(String plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void refusesWhatIsNoCondition() {
        List<List<String>> hostile = List.of(List.of("status", "formed"), List.of("status", "FORMED' or true --"), List.of("inn", "77070838"), List.of("inn", "７７０７０８３８９３"), List.of("innPrefix", "77%"),
                List.of("okved", "5"), List.of("okved", "56.1.1"), List.of("requestedFrom", "-1"), List.of("requestedFrom", "1e9"), List.of("requestedFrom", "1.001"), List.of("requestedFrom", "99999999999999"),
                List.of("appliedFrom", "01.01.2026"), List.of("appliedFrom", "2026-02-30"), List.of("appliedTo", "9999-12-31"), List.of("stage", "10"), List.of("stage", ""), List.of("duplicate", "1"), List.of("name", "&|!"),
                List.of("name", "a b c d e f g h i j k"), List.of("import", "x"), List.of("bank", "1"), List.of("changedSince", "2026-01-01"), List.of("rateFrom", "10000"), List.of("programme", "'"),
                List.of("okvedAny", "5"), List.of("okvedAny", "56\" || true || @ starts with \"1"), List.of("kpp", "77070100"), List.of("kpp", "7707ab001"), List.of("kpp", "7707АВ001"), List.of("ogrn", "102770013219"),
                List.of("ogrn", "10277001321950"), List.of("ogrn", "１０２７７００１３２１９５"), List.of("legalForm", ""), List.of("legalForm", "О".repeat(513)), List.of("legalForm", "О\0О"), List.of("registeredFrom", "2020"),
                List.of("registeredTo", "0000-12-31"), List.of("liquidated", "yes"), List.of("liquidatedFrom", "today"), List.of("liquidatedTo", "2021-02-29"), List.of("bankrupt", "TRUE"), List.of("bankruptcyFrom", "31.12.2020"),
                List.of("bankruptcyTo", "infinity"), List.of("smeSize", "micro"), List.of("smeSize", "HUGE"), List.of("smeIncludedFrom", "x"), List.of("smeIncludedTo", ""), List.of("contracted696", "0"),
                List.of("contract696", "К".repeat(65)), List.of("ngoRegister", "696"), List.of("source", "PAGE"), List.of("ruleSetVersion", "-1"), List.of("ruleSetVersion", "999999999"));
        for (List<String> one : hostile) {
            Refusal refusal = assertThrows(Refusal.class, () -> LoanFilter.of(one.get(0), one.get(1)), one.toString());
            assertEquals(one.get(0), refusal.field(), one.toString());
        }
        refused(InputRefusal.FIELD_UNKNOWN, () -> LoanFilter.of("l.inn", "1"));
        refused(InputRefusal.FIELD_INVALID, () -> LoanFilter.of(Map.of("inn", List.of("7707083893", "9900000105"))));
        refused(InputRefusal.FIELD_INVALID, () -> LoanFilter.of(Map.of("status", List.of())));
        refused(InputRefusal.FIELD_INVALID, () -> LoanFilter.of(Map.of("kpp", List.of("770701001", "770701002"))));
        refused(InputRefusal.FIELD_INVALID, () -> LoanFilter.of(Map.of("okvedAny", List.of())));
        refused(InputRefusal.FIELD_INVALID, () -> LoanFilter.of(Map.of("region", java.util.Collections.nCopies(101, "77"))));
        for (String order : List.of("", "-", "borrower", "applied_at", "--inn", "inn desc")) {
            refused(InputRefusal.FIELD_INVALID, () -> LoanOrder.of(order, "order"));
        }
        for (int limit : new int[] {0, -1, 1_001, Integer.MAX_VALUE}) {
            refused(InputRefusal.FIELD_INVALID, () -> page(of(bank), LoanFilter.ALL, LoanOrder.USUAL, Optional.empty(), limit));
        }
    }

    private static void refused(org.kopuro.kernel.RefusalCode code, org.junit.jupiter.api.function.Executable call) {
        assertEquals(code, assertThrows(Refusal.class, call).code());
    }

    @Test
    void exportsWhatItFilteredAsOfTheBeginningAndSaysSoFirst() {
        UUID writing = new Scene(Contour.TEST, APPLICATION).participant.id().value();
        SomeLoans making = new SomeLoans(4);
        SomeLoans.enter(making.of(writing, SomeLoans.PROGRAMMES, INNS, 5_000, Scene.NOON));
        LoanFilter filter = LoanFilter.of(Map.of("bank", List.of(writing.toString())));
        for (LoanScope scope : List.of(of(writing), FIRST_REGULATOR, EVERYTHING)) {
            Set<UUID> before = all(scope, filter, LoanOrder.USUAL).stream().map(LoanRow::id).collect(Collectors.toSet());
            LoanExport export = APPLICATION.with(LoanLists.class, lists -> lists.export(viewer(scope), filter, Optional.empty()));
            assertEquals(before.size(), export.loans());
            assertFalse(export.rules().isEmpty());
            String entry = Rows.of("select content from ledger.entry where content like '%loans.exported%' and content like '%' || ? || '%'", export.id().toString()).get(0);
            assertTrue(Stream.of("loans", "bank", "actor").allMatch(field -> entry.contains("\"" + field + "\":\"hmac-sha256:") || field.equals("bank") && scope.bank().isEmpty()), entry);
            List<LoanRow> rows = new ArrayList<>();
            Optional<LoanRow> last = Optional.empty();
            for (List<LoanRow> some = rows(export, last); !some.isEmpty(); some = rows(export, last)) {
                rows.addAll(some);
                last = Optional.of(some.get(some.size() - 1));
                asOwner(change(writing, rows.size()));
            }
            assertEquals(before.size(), rows.size());
            assertEquals(before, new HashSet<>(ids(rows)));
            List<LoanRow> ahead = APPLICATION.with(LoanLists.class, lists -> read(lists.rowsAhead(export, rows.get(99))));
            assertEquals(ids(rows(export, Optional.of(rows.get(99)))), ids(ahead));
            LoanRow issued = rows.stream().filter(row -> row.value(LoanColumn.ISSUED).equals(Optional.of(2000L))).findFirst().orElseThrow();
            assertTrue(issued.issues().matches("\\d{4}-\\d\\d-\\d\\d=15\\.50; \\d{4}-\\d\\d-\\d\\d=4\\.50"), issued.issues());
            assertTrue(issued.balances().matches("\\d{4}-\\d\\d=10\\.01"), issued.balances());
        }
    }

    private static List<LoanRow> read(Future<List<LoanRow>> rows) {
        try {
            return rows.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever it is sorted by, the last row of a page says where the next one begins. */
    @Test
    void exportsInEveryOrder() {
        UUID writing = new Scene(Contour.TEST, APPLICATION).participant.id().value();
        SomeLoans.enter(new SomeLoans(5).of(writing, SomeLoans.PROGRAMMES, INNS, 2_300, Scene.NOON));
        LoanScope own = of(writing);
        for (LoanColumn column : LoanColumn.values()) {
            for (boolean descending : new boolean[] {false, true}) {
                LoanOrder order = new LoanOrder(column, descending);
                LoanExport export = APPLICATION.with(LoanLists.class, lists -> lists.export(viewer(own), LoanFilter.ALL, Optional.of(order)));
                List<LoanRow> first = rows(export, Optional.empty());
                List<UUID> rows = new ArrayList<>(ids(first));
                rows.addAll(ids(rows(export, Optional.of(first.get(first.size() - 1)))));
                assertEquals(ids(all(own, LoanFilter.ALL, order, 1_000, () -> { })), rows, order.toString());
            }
        }
    }

    private static List<LoanRow> rows(LoanExport export, Optional<LoanRow> last) {
        return APPLICATION.with(LoanLists.class, lists -> lists.rows(export, last));
    }
}
