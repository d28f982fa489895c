package org.kopuro.bench;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;

/** The peer's loan: a row of the file. */
@Entity
@Table(schema = "bench", name = "persisted")
class PersistedLoan {

    @Id
    String id;
    @Column(name = "application_number")
    String applicationNumber;
    String programme;
    String inn;
    @Column(name = "applied_on")
    LocalDate appliedOn;
    BigDecimal requested;
    BigDecimal approved;
    @Column(name = "decided_on")
    LocalDate decidedOn;
    @Column(name = "contract_number")
    String contractNumber;
    @Column(name = "contract_date")
    LocalDate contractDate;
    @Column(name = "contract_sum")
    BigDecimal contractSum;
    BigDecimal rate;
    @Column(name = "term_months")
    int termMonths;
    String issues;
    String balances;

    protected PersistedLoan() {
    }

    String card() {
        return String.join("|", id, applicationNumber, programme, inn, appliedOn.toString(), requested.toPlainString(), approved.toPlainString(), decidedOn.toString(), contractNumber, contractDate.toString(),
                contractSum.toPlainString(), rate.toPlainString(), Integer.toString(termMonths), issues, balances);
    }
}
