package org.kopuro.bench;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** What the peer keeps of a loan besides: its history, its check, its ledger entry. */
@Entity
@Table(schema = "bench", name = "noted")
class PersistedNote {

    @Id
    String id;
    String loan;
    String kind;
    String content;

    protected PersistedNote() {
    }

    PersistedNote(String loan, String kind, String content) {
        id = UUID.randomUUID().toString();
        this.loan = loan;
        this.kind = kind;
        this.content = content;
    }
}
