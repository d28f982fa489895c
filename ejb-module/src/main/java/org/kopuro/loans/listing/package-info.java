/**
 * Lists of loans: filtered, sorted, page by page; rankings, aggregates, files (LOAN-100 to LOAN-104, LOAN-135 to LOAN-137).
 *
 * <h2>Concepts</h2>
 * A <em>scope</em> is what somebody may see at all: a bank its own loans, a regulator those of its programmes, officials and auditors all of a contour. A <em>filter</em> says which of them are wanted, an
 * <em>order</em> how they are sorted. A <em>listing</em> is all pages of one filter in one order; its <em>cursor</em> names the snapshot of its first page and the loan that was read last.
 *
 * <h2>Package specification</h2>
 * Every page of a listing is read as of the first one: what was changed meanwhile stands as it stood then, duplicate flags included, so that no write makes a loan appear twice or not at all. A cursor
 * holds nothing of a loan but its id, is bound to scope, filter and order, and lives a day. Days are in Moscow, sums whole kopecks, texts sorted by code point. Where a value is missing a loan comes last,
 * whichever way it is sorted.
 *
 * <h2>Design notes</h2>
 * The scope is part of every statement, and of what a cursor's loan is looked for in: nobody can place himself behind somebody else's loan to learn of its sums (LOAN-155). Snapshots of the database tell
 * what a page saw; moments could not, as what began before a listing may be committed after it (decision 0042). What a regulator lists, and what anybody exports, is an entry of the ledger.
 * A file is read page by page, each in a transaction of its own and on a thread of the container's while the one before is written: two processors are at work, two pages in memory, and no transaction waits for
 * whoever reads the file.
 */
package org.kopuro.loans.listing;
