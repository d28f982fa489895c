/**
 * Filling the registers: real extracts from CSV files, synthetic taxpayers for the TEST contour, payroll reports with their workers hashed.
 *
 * <h2>Concepts</h2>
 * An <em>extract</em> is a CSV file for one {@linkplain org.kopuro.registers.bulk.RegisterTable table}; its formats are in
 * {@code docs/operating/registers.md}. A row is <em>good</em> or <em>refused</em>; a refused row is told with its line,
 * column, code and sentence and does not stop the good ones. A <em>synthetic</em> taxpayer has an INN with the date
 * 30 February, which no real person has.
 *
 * <h2>Package specification</h2>
 * Nothing here runs in the application server: the caller brings a connection under the owner's role, in auto-commit mode,
 * and keeps it; each load is one transaction, each chunk of synthetic taxpayers another. Any size of input takes bounded
 * memory. One load runs per contour at a time; a second one is refused at once. No method accepts {@code null}.
 *
 * <h2>Design notes</h2>
 * A record of an extract is one line. RFC 4180 would allow a line break inside quotes, but then one lost quote swallows the
 * rest of the file; here it costs one row, and a line break in a name is refused as any other control character. Rows are
 * checked one by one in Java (form), then as a set in a temporary table (unknown taxpayers, duplicates), then merged by one
 * statement. Loading the same file twice gives the same register.
 *
 * <p>The registers of borrowers are append-only: what a file says otherwise than the newest revision of its key becomes the next one, and each load is noted with the first day that it tells of.
 *
 * <p>A debt extract tells changes: an amount of zero settles a debt, an unmentioned debt stays. The day that debt answers
 * carry moves only when the whole extract went in, because a refused row may have been the one that matters.
 *
 * <h2>Sources</h2>
 * RFC 4180; PostgreSQL's COPY text format.
 */
package org.kopuro.registers.bulk;
