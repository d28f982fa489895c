package org.kopuro.registers.payroll;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;

/** Payroll reports as the owner loads them; here nobody has a secret. */
public final class PayrollRows {

    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime() % 100_000_000);

    private final Contour contour;
    private final String inn;
    private final YearMonth quarterEnd;
    private int correction;
    private Instant filedAt;
    private Instant acceptedAt;
    private Instant loadedAt;
    private final List<Object[]> workers = new ArrayList<>();

    private PayrollRows(Contour contour, String inn, YearMonth month) {
        this.contour = contour;
        this.inn = inn;
        quarterEnd = month.plusMonths(2 - (month.getMonthValue() - 1) % 3);
        acceptedAt(quarterEnd.plusMonths(1).atDay(10).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /** A first report of the month's quarter, accepted on the tenth day after its end. */
    public static PayrollRows aReport(Contour contour, String inn, YearMonth month) {
        return new PayrollRows(contour, inn, month);
    }

    /** Ten digits that nobody has used here. */
    public static String freshInn() {
        return "90" + String.format("%08d", NUMBERS.incrementAndGet() % 100_000_000);
    }

    public PayrollRows correction(int number) {
        correction = number;
        return this;
    }

    /** Filed and loaded at the same moment. */
    public PayrollRows acceptedAt(Instant moment) {
        filedAt = moment;
        acceptedAt = moment;
        loadedAt = moment;
        return this;
    }

    public PayrollRows loadedAt(Instant moment) {
        loadedAt = moment;
        return this;
    }

    /** @param snils empty is none */
    public PayrollRows worker(YearMonth month, String name, String snils, String workerInn, boolean category, boolean gpc) {
        workers.add(new Object[] {month.atDay(1), hash(name + '\n' + snils + '\n' + workerInn), snils.isEmpty() ? null : hash(snils), category, gpc});
        return this;
    }

    /** So many employed people with a category. */
    public PayrollRows workers(YearMonth month, int number) {
        for (int i = 0; i < number; i++) {
            worker(month, "N" + i, "S" + i, "I" + i, true, false);
        }
        return this;
    }

    public UUID stored() {
        UUID id = UUID.randomUUID();
        Rows.change("insert into registers.payroll_report values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", id, contour.name(), inn, quarterEnd.getYear(), quarterEnd.getMonthValue() / 3, correction,
                Timestamp.from(filedAt), Timestamp.from(acceptedAt), Timestamp.from(loadedAt));
        if (!workers.isEmpty()) {
            Rows.change("""
                    insert into registers.payroll_worker (report_id, contour, month, line, triple, snils, has_category, gpc)
                    select ?, ?, w.month, w.line, decode(w.triple, 'hex'), decode(w.snils, 'hex'), w.category, w.gpc
                      from unnest(?::date[], ?::text[], ?::text[], ?::boolean[], ?::boolean[]) with ordinality w (month, triple, snils, category, gpc, line)""", id, contour.name(),
                    workers.stream().map(worker -> (LocalDate) worker[0]).map(LocalDate::toString).toArray(String[]::new), column(1), column(2),
                    column(3), column(4));
        }
        Rows.change("insert into registers.payroll_month select * from registers.payroll_count where report_id = ?", id);
        return id;
    }

    private String[] column(int index) {
        return workers.stream().map(worker -> worker[index] == null ? null : worker[index].toString()).toArray(String[]::new);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
