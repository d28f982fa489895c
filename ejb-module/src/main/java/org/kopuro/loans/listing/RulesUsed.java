package org.kopuro.loans.listing;

/** A version of a programme's rules, and how many of an export's loans are under it (LOAN-103). */
public record RulesUsed(String programme, int stage, int version, long loans) {
}
