/**
 * Loans over REST (LOAN-140): {@code /api/v1/loans} and the trees beside it. Translates and delegates.
 *
 * <h2>Package specification</h2>
 * Sums are texts with two decimals, in roubles; a card's version is its ETag, and whoever changes one says in {@code If-Match} which version he read (428 without, 412 with another one). Whoever enters one
 * sends an {@code Idempotency-Key}. A bank is its account's participant, never a field of the request. Sources: LOAN-31, LOAN-32, LOAN-140.
 */
package org.kopuro.loans.rest;
