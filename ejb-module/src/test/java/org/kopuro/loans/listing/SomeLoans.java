package org.kopuro.loans.listing;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.testing.Rows;

/** Loans by the thousand, written past the rules of entering them: what a test of lists wants of them is that they differ. Each is a map by the column's name, without what it has not. */
final class SomeLoans {

    static final List<String> PROGRAMMES = List.of("1528", "1598", "574", "745");
    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final List<String> OKVED = List.of("56", "56.1", "56.10", "56.10.1", "56.10.11", "56.2", "55.10", "01.11.1");
    private static final List<String> NAMES = List.of("ООО «Ромашка»", "АО Ромашки-2", "Ёлкин Пётр Ильич", "елкин и сыновья", "ООО \"Вектор Плюс\"", "ПАО Заря", "ИП Зарянов");

    private final Random random;
    private final UUID check = UUID.randomUUID();
    private final String run;
    private int number;

    SomeLoans(long seed) {
        random = new Random(seed);
        run = Long.toString(System.nanoTime(), 36);
        Rows.change("insert into loans.eligibility_check (id, contour, loan_id, programme, stage, rule_set_version, snapshot_on, at, verdict, items) values (?, 'TEST', ?, '1528', 0, 1, '2026-01-01', '2026-01-01Z', 'MEETS', '[1,2,3,4,5,6,7,8,9,10,11]')",
                check, UUID.randomUUID());
    }

    List<Map<String, Object>> of(UUID bank, List<String> programmes, List<String> inns, int count, Instant now) {
        List<Map<String, Object>> loans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            loans.add(loan(bank, pick(programmes), pick(inns), now.minusSeconds(random.nextInt(40_000_000))));
        }
        return loans;
    }

    /** Sums, days and numbers repeat, so that ids have to tell loans apart. */
    Map<String, Object> loan(UUID bank, String programme, String inn, Instant appliedAt) {
        Map<String, Object> loan = new LinkedHashMap<>();
        loan.put("id", UUID.randomUUID());
        loan.put("contour", "TEST");
        loan.put("version", 1);
        loan.put("bank_id", bank);
        loan.put("programme", programme);
        loan.put("stage", random.nextInt(3));
        loan.put("borrower_kind", inn.length() == 10 ? "LEGAL_ENTITY" : "SOLE_PROPRIETOR");
        loan.put("inn", inn);
        loan.put("application_number", (random.nextInt(10) == 0 ? "=" : "З-") + run + "-" + ++number);
        loan.put("applied_at", appliedAt);
        loan.put("requested", 100L * (1 + random.nextInt(50)));
        String status = pick(List.of("FORMED", "APPROVED", "APPROVED", "APPROVED", "REJECTED", "WITHDRAWN"));
        loan.put("status", status);
        loan.put("status_at", appliedAt.plusSeconds(random.nextInt(5)));
        LocalDate day = LocalDate.ofInstant(appliedAt, MOSCOW);
        if (!status.equals("FORMED")) {
            loan.put("approved", 150L * (1 + random.nextInt(30)));
            loan.put("decided_on", day.plusDays(random.nextInt(3)));
        }
        if (status.equals("REJECTED")) {
            loan.put("rejection_code", pick(List.of("SOLVENCY", "OTHER")));
        }
        loan.put("issues", "[]");
        loan.put("balances", "[]");
        loan.put("issued", 0L);
        if (status.equals("APPROVED") && random.nextInt(4) > 0) {
            long sum = 100L * (20 + random.nextInt(30));
            loan.put("contract_number", "K-" + random.nextInt(50));
            loan.put("contract_date", day.plusDays(3));
            loan.put("contract_sum", sum);
            loan.put("rate", new BigDecimal(random.nextInt(9) + "." + random.nextInt(10)).setScale(4));
            if (random.nextBoolean()) {
                loan.put("term_months", 6 + random.nextInt(30));
            } else {
                loan.put("end_date", day.plusDays(400 + random.nextInt(20)));
            }
            loan.put("contract_headcount", random.nextInt(20));
            if (random.nextBoolean()) {
                loan.put("issued", 2000L);
                loan.put("issues", "[{\"on\": \"" + day.plusDays(4) + "\", \"sum\": 1550}, {\"on\": \"" + day.plusDays(5) + "\", \"sum\": 450}]");
                loan.put("balances", "[{\"month\": \"" + day.plusDays(40).toString().substring(0, 7) + "\", \"sum\": 1001}]");
                loan.put("last_balance", 1001L);
            }
        }
        if (random.nextInt(5) > 0) {
            loan.put("borrower_name", pick(NAMES));
            loan.put("region", pick(List.of("77", "02", "50")));
            loan.put("okved", pick(OKVED));
            loan.put("borrower", borrower(loan));
        }
        loan.put("verdict", pick(List.of("MEETS", "DOES_NOT_MEET", "NOT_ESTABLISHED")));
        loan.put("check_id", check);
        loan.put("rule_set_version", 1 + random.nextInt(2));
        if (random.nextInt(3) > 0) {
            loan.put("headcount", random.nextInt(20));
            loan.put("maximum", 100L * (10 + random.nextInt(50)));
        }
        loan.put("outside_stage", random.nextInt(7) == 0);
        loan.put("warnings", "[]");
        loan.put("created_at", appliedAt);
        loan.put("events", "[\"FORM\"]");
        loan.put("changed_at", appliedAt.plusSeconds(random.nextInt(3)));
        loan.put("actor_role", "BANK_OPERATOR");
        if (random.nextInt(3) == 0) {
            loan.put("source", "IMPORT");
            loan.put("import_id", new UUID(number % 3, check.getLeastSignificantBits()));
            loan.put("import_row", number);
        } else {
            loan.put("source", "API");
        }
        return loan;
    }

    /** As a check writes it down: of the one that the loan names, with whatever a borrower may have, or not. */
    private JsonObject borrower(Map<String, Object> loan) {
        boolean company = loan.get("borrower_kind").equals("LEGAL_ENTITY");
        JsonObjectBuilder one = Json.createObjectBuilder().add("inn", loan.get("inn").toString()).add("name", loan.get("borrower_name").toString());
        if (company && random.nextInt(4) > 0) {
            one.add("head", pick(List.of("Ёлкина Анна Петровна", "Асанов Бакыт", "O'Neill, Ann [\"Нэнси\"]")));
        }
        if (company && random.nextInt(5) > 0) {
            one.add("kpp", pick(List.of("770701001", "7707AB001", "020401001")));
        }
        one.add("ogrn", company ? pick(List.of("1027700132195", "1999900000000")) : "399990000001238").add("legalForm", company ? pick(List.of("ООО", "АО", "Крестьянское (фермерское) хозяйство")) : "ИП")
                .add("region", loan.get("region").toString()).add("registeredOn", day(2001, 20).toString());
        if (random.nextInt(6) == 0) {
            one.add("liquidatedOn", day(2021, 5).toString());
        }
        one.add("okvedMain", loan.get("okved").toString()).add("okved", Json.createArrayBuilder(random.ints(random.nextInt(4), 0, OKVED.size()).mapToObj(OKVED::get).toList()));
        if (random.nextInt(6) == 0) {
            one.add("bankruptcyOn", day(2021, 5).toString());
        }
        if (random.nextInt(3) > 0) {
            one.add("sme", Json.createObjectBuilder().add("includedOn", day(2016, 9).toString()).add("size", pick(List.of("MICRO", "SMALL", "MEDIUM"))));
        }
        one.add("ngoRegisters", Json.createArrayBuilder(pick(List.of(List.of(), List.of(), List.of("906"), List.of("847"), List.of("906", "847")))));
        if (random.nextInt(4) == 0) {
            one.add("contract696", "К-" + random.nextInt(3) + "/2020");
        }
        return one.build();
    }

    /** One of few, so that they repeat. */
    private LocalDate day(int year, int years) {
        return LocalDate.of(year + random.nextInt(years), 1 + random.nextInt(12), 1);
    }

    /** The files that loans say they came from. */
    private static void receive(Collection<Map<String, Object>> loans) {
        Map<Object, Object> banks = new LinkedHashMap<>();
        loans.stream().filter(loan -> loan.containsKey("import_id")).forEach(loan -> banks.put(loan.get("import_id"), loan.get("bank_id")));
        banks.forEach((id, bank) -> {
            Rows.change("insert into loans.import_file (id, contour, bank_id, sha256, octets, format, received_at) values (?, 'TEST', ?, sha256(?::text::bytea), 1, 'CSV', '2026-01-01Z') on conflict do nothing", id, bank, id);
            Rows.change("insert into loans.import (id, contour, bank_id, file_id, file_name, mode, choice, unknown_columns, row_count, state, received_at, actor_role, served_at, ended_at) select f.id, f.contour, f.bank_id,"
                    + " f.id, 'loans.csv', 'APPLY', 'GOOD_ROWS', '{}', 0, 'DONE', f.received_at, 'BANK_OPERATOR', f.received_at, f.received_at from loans.import_file f where f.id = ? on conflict do nothing", id);
        });
    }

    static void enter(Collection<Map<String, Object>> loans) {
        receive(loans);
        JsonArrayBuilder rows = Json.createArrayBuilder();
        loans.forEach(loan -> {
            JsonObjectBuilder row = Json.createObjectBuilder();
            loan.forEach((column, value) -> {
                if (value instanceof Integer number) {
                    row.add(column, number);
                } else if (value instanceof Long number) {
                    row.add(column, number);
                } else if (value instanceof Boolean flag) {
                    row.add(column, flag);
                } else if (value instanceof JsonObject object) {
                    row.add(column, object);
                } else if (value.toString().startsWith("[")) {
                    row.add(column, Json.createReader(new java.io.StringReader(value.toString())).readArray());
                } else {
                    row.add(column, value.toString());
                }
            });
            rows.add(row);
        });
        String columns = loans.stream().flatMap(loan -> loan.keySet().stream()).distinct().collect(Collectors.joining(", "));
        Rows.change("insert into loans.loan (" + columns + ") select " + columns + " from jsonb_populate_recordset(null::loans.loan, ?::jsonb)", rows.build().toString());
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
