package org.kopuro.loans.listing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An export that was begun (LOAN-103): what it is of, when, and under which rules its loans are. */
public final class LoanExport {

    private final UUID id;
    private final Instant at;
    private final LoanScope scope;
    private final LoanFilter filter;
    private final Optional<LoanOrder> order;
    private final List<RulesUsed> rules;
    private final Listing listing;

    LoanExport(UUID id, Instant at, LoanScope scope, LoanFilter filter, Optional<LoanOrder> order, List<RulesUsed> rules, Listing listing) {
        this.id = id;
        this.at = at;
        this.scope = scope;
        this.filter = filter;
        this.order = order;
        this.rules = List.copyOf(rules);
        this.listing = listing;
    }

    /** Of its entry in the ledger. */
    public UUID id() {
        return id;
    }

    public Instant at() {
        return at;
    }

    public LoanFilter filter() {
        return filter;
    }

    /** Empty where nothing was asked. */
    public Optional<LoanOrder> order() {
        return order;
    }

    public List<RulesUsed> rules() {
        return rules;
    }

    /** How many loans it holds. */
    public long loans() {
        return rules.stream().mapToLong(RulesUsed::loans).sum();
    }

    LoanScope scope() {
        return scope;
    }

    Listing listing() {
        return listing;
    }

    /** Programmes that are read one after another, each as an index has it; none where all are read at once. */
    List<String> parts() {
        return order.isPresent() || scope.bank().isPresent() ? List.of() : rules.stream().map(RulesUsed::programme).distinct().toList();
    }
}
