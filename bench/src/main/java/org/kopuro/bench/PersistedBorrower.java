package org.kopuro.bench;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The peer's register of companies. */
@Entity
@Table(schema = "bench", name = "borrower")
class PersistedBorrower {

    @Id
    String inn;
    String name;

    protected PersistedBorrower() {
    }
}
