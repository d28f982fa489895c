package org.kopuro.bench;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** What is written first by whoever has POI and JPA: the workbook as objects, and its rows persisted one by one. EclipseLink as it is without settings. */
final class PersistingPeer implements AutoCloseable {

    private final EntityManagerFactory factory;

    PersistingPeer(LoanBench bench) throws IOException {
        factory = Persistence.createEntityManagerFactory("bench", Map.of("jakarta.persistence.jdbc.url", bench.address(), "jakarta.persistence.jdbc.user", "kopuro_owner", "jakarta.persistence.jdbc.password",
                bench.ownerPassword()));
    }

    /** @param prefix of numbers, so that no two rounds and ways have the same */
    void persist(byte[] file, String prefix, int rowsATransaction, boolean all) throws IOException {
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(file)); EntityManager entities = factory.createEntityManager()) {
            Sheet sheet = workbook.getSheetAt(0);
            for (int number = 1; number <= sheet.getLastRowNum(); number++) {
                if (number % rowsATransaction == 1 || rowsATransaction == 1) {
                    entities.getTransaction().begin();
                }
                PersistedLoan loan = loan(sheet.getRow(number), prefix);
                if (all) {
                    note(entities, loan);
                }
                entities.persist(loan);
                if (number % rowsATransaction == 0 || number == sheet.getLastRowNum()) {
                    entities.getTransaction().commit();
                    entities.clear();
                }
            }
        }
    }

    private static PersistedLoan loan(Row row, String prefix) {
        PersistedLoan loan = new PersistedLoan();
        loan.id = UUID.randomUUID().toString();
        loan.applicationNumber = prefix + row.getCell(0).getStringCellValue();
        loan.programme = row.getCell(1).getStringCellValue();
        loan.inn = row.getCell(2).getStringCellValue();
        loan.appliedOn = day(row, 3);
        loan.requested = sum(row, 4);
        loan.approved = sum(row, 5);
        loan.decidedOn = day(row, 6);
        loan.contractNumber = row.getCell(7).getStringCellValue();
        loan.contractDate = day(row, 8);
        loan.contractSum = sum(row, 9);
        loan.rate = sum(row, 10);
        loan.termMonths = (int) row.getCell(11).getNumericCellValue();
        loan.issues = row.getCell(12).getStringCellValue();
        loan.balances = row.getCell(13).getStringCellValue();
        return loan;
    }

    private static LocalDate day(Row row, int column) {
        return row.getCell(column).getLocalDateTimeCellValue().toLocalDate();
    }

    private static BigDecimal sum(Row row, int column) {
        return BigDecimal.valueOf(row.getCell(column).getNumericCellValue());
    }

    /** Whether the number is taken, who the borrower is, whether he has another loan; then what is kept of it. */
    private static void note(EntityManager entities, PersistedLoan loan) {
        long taken = entities.createQuery("select count(l) from PersistedLoan l where l.programme = :programme and l.applicationNumber = :number", Long.class).setParameter("programme", loan.programme)
                .setParameter("number", loan.applicationNumber).getSingleResult();
        String borrower = entities.createQuery("select b.name from PersistedBorrower b where b.inn = :inn", String.class).setParameter("inn", loan.inn).getSingleResult();
        long others = entities.createQuery("select count(l) from PersistedLoan l where l.programme = :programme and l.inn = :inn", Long.class).setParameter("programme", loan.programme)
                .setParameter("inn", loan.inn).getSingleResult();
        String card = loan.card();
        entities.persist(new PersistedNote(loan.id, "HISTORY", card));
        entities.persist(new PersistedNote(loan.id, "CHECK", borrower + " " + taken + " " + others));
        entities.persist(new PersistedNote(loan.id, "LEDGER", card));
    }

    @Override
    public void close() {
        factory.close();
    }
}
