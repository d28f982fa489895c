package org.kopuro.registers.payroll;

import java.time.YearMonth;

/**
 * What the records of a month in a report come to (LOAN-62, LOAN-68).
 *
 * @param rows       records of the month, those under civil-law contracts included
 * @param triples    distinct (full name, SNILS, INN)
 * @param snils      distinct SNILS of records that have an insured person's category
 * @param noSnils    records without SNILS
 * @param noCategory records with SNILS and without category
 * @param sha256     of the records as keyed hashes, sorted; in hexadecimal
 */
public record MonthCounted(ReportView report, YearMonth month, int rows, int triples, int snils, int noSnils, int noCategory, String sha256) {

    /** Records with a category whose SNILS was counted already. */
    public int repeatedSnils() {
        return rows - noSnils - noCategory - snils;
    }

    public int repeatedTriples() {
        return rows - triples;
    }
}
