package org.kopuro.loans;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestProgrammes;

/**
 * A bank that is connected under RU-1221 and accredited to a programme of its own, and borrowers that the registers know. It is Monday, 2 March 2026, noon. A test says what is different in its situation.
 */
public final class LoanScene {

    /** The day on which applications are made here. */
    public static final LocalDate APPLIED = LocalDate.of(2026, 2, 2);

    private static final AtomicInteger NUMBERS = new AtomicInteger(ThreadLocalRandom.current().nextInt(10_000_000));

    public final TestApplication application;
    public final Contour contour;
    public final String programme;
    public final String regulator;
    public final UUID bank;
    public final Actor operator = Actor.of(UUID.randomUUID(), "BANK_OPERATOR");

    public LoanScene(String duplicatePolicy) {
        this(Contour.TEST, duplicatePolicy);
    }

    public LoanScene(Contour contour, String duplicatePolicy) {
        this(contour, new TestApplication("TEST,PRODUCTION", Scene.NOON), duplicatePolicy);
    }

    private LoanScene(Contour contour, TestApplication application, String duplicatePolicy) {
        this.application = application;
        this.contour = contour;
        regulator = TestProgrammes.regulator();
        programme = TestProgrammes.programme(duplicatePolicy, false, regulator);
        bank = aBank(application, contour, programme);
    }

    private LoanScene(LoanScene other) {
        application = other.application;
        contour = other.contour;
        regulator = other.regulator;
        programme = other.programme;
        bank = aBank(application, contour, programme);
    }

    /** Of a bank that has come here by itself, as far as it has; accredited to the programme. */
    public static LoanScene of(TestApplication application, Contour contour, ParticipantId bank, String programme) {
        TestProgrammes.accredit(bank.value(), contour, programme, LocalDate.of(2020, 1, 1));
        return new LoanScene(application, contour, bank.value(), programme);
    }

    private LoanScene(TestApplication application, Contour contour, UUID bank, String programme) {
        this.application = application;
        this.contour = contour;
        this.bank = bank;
        this.programme = programme;
        regulator = "MINEC";
    }

    /** Another bank in the same programme. */
    public LoanScene anotherBank() {
        return new LoanScene(this);
    }

    /** Connected under RU-1221, and accredited. */
    public static UUID aBank(TestApplication application, Contour contour, String... programmes) {
        Scene scene = Scene.unconnected(contour, application);
        UUID bank = scene.participant.id().value();
        scene.connect(contour, "RU-1221");
        for (String programme : programmes) {
            TestProgrammes.accredit(bank, contour, programme, LocalDate.of(2020, 1, 1));
        }
        return bank;
    }

    public Placer placer() {
        return Placer.api(bank, contour, operator);
    }

    public Viewer viewer() {
        return Viewer.bank(bank, contour, operator);
    }

    public Viewer watching() {
        return Viewer.regulator(Set.of(programme), contour, Actor.of(UUID.randomUUID(), "REGULATOR"));
    }

    /** A company's number that is nobody else's, with its check digit. One after another, as of ten million a few thousand at random would meet. */
    public static String inn() {
        String nine = "77" + "%07d".formatted(NUMBERS.getAndIncrement() % 10_000_000);
        int[] weights = {2, 4, 10, 3, 5, 9, 4, 6, 8};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (nine.charAt(i) - '0');
        }
        return nine + sum % 11 % 10;
    }

    /** A company that EGRUL knows. */
    public String aBorrower() {
        String inn = inn();
        known(contour, inn, "ООО «Ромашка»");
        return inn;
    }

    public static void known(Contour contour, String inn, String name) {
        Rows.change("""
                insert into registers.company (contour, inn, valid_from, revision, name, head, kpp, ogrn, legal_form, region, registered_on, okved_main)
                values (?, ?, date '2015-01-01', 1, ?, 'Иванов Иван Иванович', '770701001', '1027700132195', 'ООО', '77', date '2015-01-01', '56.10')""", contour.name(), inn, name);
        Rows.change("insert into registers.borrower_load (contour, register, loaded_at, first_day, records) values (?, 'COMPANY', ?, date '2015-01-01', 1) on conflict do nothing", contour.name(),
                Instant.parse("2026-01-01T00:00:00Z").atOffset(ZoneOffset.UTC));
    }

    /** An application under the scene's programme, with a number of its own. */
    public Map<LoanField, Object> application(String inn) {
        Map<LoanField, Object> stated = new EnumMap<>(LoanField.class);
        stated.put(LoanField.PROGRAMME, programme);
        stated.put(LoanField.INN, inn);
        stated.put(LoanField.APPLICATION_NUMBER, UUID.randomUUID().toString());
        stated.put(LoanField.APPLIED_AT, APPLIED.atTime(10, 0).atZone(Installation.MOSCOW).toInstant());
        stated.put(LoanField.REQUESTED, 1_000_000_00L);
        return stated;
    }

    public static Map<LoanField, Object> approval() {
        return new EnumMap<>(Map.of(LoanField.APPROVED, 900_000_00L, LoanField.DECIDED_ON, LocalDate.of(2026, 2, 10)));
    }

    public static Map<LoanField, Object> rejection() {
        return new EnumMap<>(Map.of(LoanField.REJECTION_CODE, "SOLVENCY", LoanField.DECIDED_ON, LocalDate.of(2026, 2, 10)));
    }

    public static Map<LoanField, Object> contract() {
        return new EnumMap<>(Map.of(LoanField.CONTRACT_NUMBER, "K-1", LoanField.CONTRACT_DATE, LocalDate.of(2026, 2, 16), LoanField.CONTRACT_SUM, 900_000_00L, LoanField.RATE, new BigDecimal("3.0000"),
                LoanField.TERM_MONTHS, 12, LoanField.CONTRACT_HEADCOUNT, 10));
    }

    public LoanView form(Map<LoanField, Object> stated) {
        return enter(LoanEvent.FORM, stated);
    }

    public LoanView enter(LoanEvent event, Map<LoanField, Object> stated) {
        String key = UUID.randomUUID().toString();
        return application.with(Loans.class, loans -> loans.enter(Wish.enter(event, stated, Optional.empty()), placer(), new RequestKey(key, new byte[32])));
    }

    public LoanView apply(LoanView before, LoanEvent event, Map<LoanField, Object> stated) {
        return apply(before, event, stated, "as agreed");
    }

    public LoanView apply(LoanView before, LoanEvent event, Map<LoanField, Object> stated, String reason) {
        return application.with(Loans.class, loans -> loans.change(Wish.change(before.loan().id(), event, stated, before.loan().version(), Optional.ofNullable(reason)), placer()));
    }

    /** A loan with a contract of which nothing is issued. */
    public LoanView contracted(String inn) {
        return apply(apply(form(application(inn)), LoanEvent.APPROVE, approval()), LoanEvent.CONTRACT, contract());
    }

    public LoanView get(UUID loan) {
        return application.with(Loans.class, loans -> loans.get(loan, viewer()));
    }

    public static Map<LoanField, Object> stating(LoanField field, Object value) {
        return new EnumMap<>(Map.of(field, value));
    }

    public static List<DatedSum> sums(Object... daysAndKopecks) {
        List<DatedSum> sums = new ArrayList<>();
        for (int i = 0; i < daysAndKopecks.length; i += 2) {
            sums.add(new DatedSum(LocalDate.parse((String) daysAndKopecks[i]), (Long) daysAndKopecks[i + 1]));
        }
        return sums;
    }
}
