package org.kopuro.server.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.registers.bulk.PayrollLoader;
import org.kopuro.registers.bulk.PayrollTable;
import org.kopuro.registers.bulk.RegisterLoader;
import org.kopuro.registers.bulk.RegisterTable;
import org.kopuro.registers.bulk.RowError;

/**
 * Invented borrowers with every kind of fate, in the registers that a check looks at, loaded as an operator loads extracts: the same rows on any machine. All of them are of region 99, which gives no
 * numbers to anybody. The first one's report of the third quarter of 2021 is the worked example of LOAN-85: in September 120 records, of which 12 have no category and 8 repeat a SNILS.
 */
final class DemoBorrowers {

    // First: the numbers below are made with them.
    private static final int[] INN_WEIGHTS = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};

    static final String EXAMPLE_INN = companyInn(1, 0);
    static final String BANK_INN = companyInn(2, 0);
    static final String BANK_OGRN = ogrn("102990000001", 11);

    private static final int BORROWERS = 200;
    private static final int EMPLOYERS = 40;
    private static final long SEED = 279;
    private static final int EVERY_PROPRIETOR = 4;
    private static final int COUNTED_OF_EXAMPLE = 100;
    private static final int REPEATED_OF_EXAMPLE = 8;
    private static final int WITHOUT_CATEGORY_OF_EXAMPLE = 12;
    private static final int FIRST_SNILS = 120_000_000;

    private static final String[] WORDS = {"Ромашка", "Вектор", "Заря", "Север", "Каравай", "Горизонт", "Маяк", "Родник", "Орбита", "Сказка"};
    private static final String[] SURNAMES = {"Примеров", "Образцов", "Тестов", "Учебный", "Пробный", "Макетов", "Условный", "Вымышленный"};
    private static final String[] NAMES = {"Иван Петрович", "Пётр Ильич", "Олег Андреевич", "Семён Львович", "Артём Юрьевич"};
    private static final String[] ACTIVITIES = {"56.10", "55.10", "49.41", "90.01", "93.11", "96.02", "47.51", "62.01", "01.11", "25.11"};
    private static final String[] REGIONS = {"77", "78", "50", "16", "23", "54", "66", "99"};
    private static final String[] SIZES = {"MICRO", "MICRO", "SMALL", "MEDIUM"};

    private final Connection owner;
    private final Path keys;

    DemoBorrowers(Connection owner, Path keys) {
        this.owner = owner;
        this.keys = keys;
    }

    /** Companies last: they say that all the rest is there. */
    void fill() throws SQLException, IOException {
        if (isFilled()) {
            return;
        }
        try {
            load(PayrollTable.PAYROLL_REPORT, reports());
            load(PayrollTable.PFR_INSURED, insured());
            load(RegisterTable.SME, enterprises());
            load(RegisterTable.NGO, organisations());
            load(RegisterTable.CONTRACT_696, contracts());
            load(RegisterTable.COMPANY, companies());
        } catch (Refusal refusal) {
            throw new IOException("the borrowers were refused: " + refusal.code(), refusal);
        }
    }

    private boolean isFilled() throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement("select 1 from registers.company where contour = 'TEST' and inn = ?")) {
            statement.setString(1, EXAMPLE_INN);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void load(RegisterTable table, List<String> rows) throws SQLException, IOException {
        List<RowError> errors = new ArrayList<>();
        new RegisterLoader(owner).load(Contour.TEST, table, extract(table.columns(), rows), errors::add, read -> { });
        requireWhole(errors);
    }

    private void load(PayrollTable table, List<String> rows) throws SQLException, IOException {
        List<RowError> errors = new ArrayList<>();
        new PayrollLoader(owner, keys).load(Contour.TEST, table, extract(table.columns(), rows), errors::add, read -> { });
        requireWhole(errors);
    }

    private static void requireWhole(List<RowError> errors) {
        errors.stream().filter(error -> !error.loaded()).findFirst().ifPresent(error -> {
            throw error.refusal();
        });
    }

    private static InputStream extract(List<String> columns, List<String> rows) {
        return new ByteArrayInputStream((String.join(",", columns) + "\n" + String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Of ten borrowers one came with the second stage; some went, and some are about to. */
    private static LocalDate registeredOn(int index) {
        int days = random(index, 0).nextInt(360);
        return index > 0 && index % 10 == 7 ? LocalDate.of(2020, 7, 1).plusDays(days) : LocalDate.of(2008 + index % 8, 1, 1).plusDays(days);
    }

    private static List<String> companies() {
        List<String> rows = new ArrayList<>();
        for (int index = 0; index < BORROWERS; index++) {
            LocalDate registered = registeredOn(index);
            rows.add(company(index, registered, "", ""));
            if (index % 25 == 24) {
                rows.add(company(index, LocalDate.of(2021, 10, 5), "2021-10-05", ""));
            }
            if (index % 25 == 12) {
                rows.add(company(index, LocalDate.of(2021, 9, 1), "", "2021-09-01"));
            }
        }
        return rows;
    }

    private static String company(int index, LocalDate validFrom, String liquidatedOn, String bankruptcyOn) {
        SplittableRandom random = random(index, 1);
        String person = person(random.nextInt(SURNAMES.length * NAMES.length));
        String word = WORDS[random.nextInt(WORDS.length)];
        String region = REGIONS[random.nextInt(REGIONS.length)];
        String activity = index == 0 ? ACTIVITIES[0] : ACTIVITIES[random.nextInt(ACTIVITIES.length)];
        String year = "%02d".formatted(registeredOn(index).getYear() % 100);
        boolean proprietor = isProprietor(index);
        return String.join(",", inn(index), validFrom.toString(), proprietor ? person : (isListed(index) ? "АНО «" : "ООО «") + word + "-" + (index + 1) + "»", proprietor ? "" : person,
                proprietor ? "" : "990101001", proprietor ? ogrn("3" + year + "99" + "%09d".formatted(index + 1), 13) : ogrn("1" + year + "99" + "%07d".formatted(index + 1), 11),
                proprietor ? "Индивидуальный предприниматель" : isListed(index) ? "Автономная некоммерческая организация" : "Общество с ограниченной ответственностью", region,
                registeredOn(index).toString(), liquidatedOn, activity, activity.equals("56.10") ? "47.51" : "56.10", bankruptcyOn);
    }

    private static List<String> enterprises() {
        return IntStream.range(0, BORROWERS).filter(index -> index % 10 < 8 && !isListed(index)).mapToObj(index -> {
            LocalDate included = registeredOn(index).isBefore(LocalDate.of(2016, 8, 1)) ? LocalDate.of(2016, 8, 1) : registeredOn(index);
            return String.join(",", inn(index), included.toString(), index == 0 ? "SMALL" : SIZES[random(index, 2).nextInt(SIZES.length)], included.toString(), "");
        }).toList();
    }

    private static List<String> organisations() {
        return IntStream.range(0, BORROWERS).filter(DemoBorrowers::isListed).mapToObj(index -> (index % 20 == 9 ? "906" : "847") + ",2021-07-01," + inn(index) + ",true").toList();
    }

    private static List<String> contracts() {
        return IntStream.range(0, BORROWERS).filter(index -> index % 3 == 0 && registeredOn(index).getYear() < 2020)
                .mapToObj(index -> inn(index) + ",К-" + (index + 1) + "/2020," + LocalDate.of(2020, 6, 15).plusDays(index % 60) + ",").toList();
    }

    /** As the months that a borrower with workers is asked about under 422 and 696. */
    private static List<String> insured() {
        return IntStream.range(0, EMPLOYERS).boxed().flatMap(index -> List.of("2020-03", "2020-06", "2020-09").stream().map(month -> inn(index) + "," + month + "," + workers(index))).toList();
    }

    private static List<String> reports() {
        List<String> rows = new ArrayList<>();
        for (int index = 0; index < EMPLOYERS; index++) {
            report(index, 2020, 4, "2021-01-28", rows);
            report(index, 2021, 1, "2021-04-28", rows);
            report(index, 2021, 3, "2021-10-28", rows);
        }
        return rows;
    }

    private static void report(int index, int year, int quarter, String filedOn, List<String> rows) {
        if (registeredOn(index).isAfter(LocalDate.of(year, quarter * 3 - 2, 1))) {
            return;
        }
        List<String> workers = index == 0 ? example() : IntStream.range(0, workers(index)).mapToObj(worker -> worker(index * 1_000 + worker, 0, "НР", "EMPLOYMENT")).toList();
        String report = String.join(",", inn(index), Integer.toString(year), Integer.toString(quarter), "0", filedOn + "T11:15:00+03:00", filedOn + "T18:00:00+03:00",
                Integer.toString(workers.size() * 3));
        for (int month = quarter * 3 - 2; month <= quarter * 3; month++) {
            for (String worker : workers) {
                rows.add(report + "," + "%d-%02d".formatted(year, month) + "," + worker);
            }
        }
    }

    /** Whoever repeats a SNILS has changed the name; whoever has no category is under a civil-law contract. */
    private static List<String> example() {
        List<String> rows = new ArrayList<>();
        for (int worker = 0; worker < COUNTED_OF_EXAMPLE; worker++) {
            rows.add(worker(worker, 0, "НР", "EMPLOYMENT"));
        }
        for (int worker = 0; worker < REPEATED_OF_EXAMPLE; worker++) {
            rows.add(worker(worker, 1, "НР", "EMPLOYMENT"));
        }
        for (int worker = 0; worker < WITHOUT_CATEGORY_OF_EXAMPLE; worker++) {
            rows.add(worker(COUNTED_OF_EXAMPLE + worker, 0, "", "GPC"));
        }
        return rows;
    }

    private static String worker(int number, int names, String category, String contract) {
        return String.join(",", person(number + names), snils(number), personInn(3, number), category, contract);
    }

    private static int workers(int index) {
        return index == 0 ? COUNTED_OF_EXAMPLE : 1 + random(index, 3).nextInt(12);
    }

    private static String person(int number) {
        return SURNAMES[number % SURNAMES.length] + " " + NAMES[number / SURNAMES.length % NAMES.length];
    }

    private static boolean isProprietor(int index) {
        return index % EVERY_PROPRIETOR == 2;
    }

    private static boolean isListed(int index) {
        return index % 20 == 9 || index % 40 == 19;
    }

    private static String inn(int index) {
        return isProprietor(index) ? personInn(1, index) : companyInn(1, index);
    }

    /** Draws for one purpose of one borrower; two purposes do not disturb each other. */
    private static SplittableRandom random(int index, int purpose) {
        return new SplittableRandom((SEED * 10_000 + index) * 10 + purpose);
    }

    private static String companyInn(int office, int index) {
        return withInnDigit("990%d%05d".formatted(office, index + 1));
    }

    private static String personInn(int office, int index) {
        return withInnDigit(withInnDigit("990%d%06d".formatted(office, index + 1)));
    }

    /** LOAN-121 and LOAN-122: the weights end with the digit before. */
    private static String withInnDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += Character.digit(digits.charAt(i), 10) * INN_WEIGHTS[INN_WEIGHTS.length - digits.length() + i];
        }
        return digits + sum % 11 % 10;
    }

    private static String ogrn(String digits, int modulus) {
        return digits + Long.parseLong(digits) % modulus % 10;
    }

    private static String snils(int worker) {
        String digits = Integer.toString(FIRST_SNILS + worker);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += Character.digit(digits.charAt(i), 10) * (digits.length() - i);
        }
        return digits + "%02d".formatted(sum % 101 % 100);
    }
}
