/**
 * Loans out of files (LOAN-90 to LOAN-96): a bank sends a workbook or a CSV text, learns of each row what becomes of it, or would.
 *
 * <h2>Concepts</h2>
 * A <em>file</em> is what a bank sent, by its SHA-256. An <em>import</em> is a file put to use in one way: {@code CHECK} shows what would happen, {@code APPLY} does it; of the good rows alone, or of all
 * or nothing. A <em>row's result</em> has the outcome, the loan, what is to be said about it and what it changes. A <em>chunk</em> is so many rows that are judged together.
 *
 * <h2>Life cycle</h2>
 * Where the bank wants four eyes, what is to be applied is PROPOSED until its controller confirms it. RECEIVED → CHECKING (a dry run, and the first half of all or nothing) or APPLYING → DONE; all or nothing with a refused row → REFUSED, and nothing is placed; CANCELLED by the bank until then. A file that is refused while it is worked on ends its import, which says why: REFUSED, or CANCELLED where something of it is placed.
 *
 * <h2>Package specification</h2>
 * What is wrong with a file as such refuses it before anything of it is kept: too large, packed to explode, with programs, links that load, document types, merged cells, a mandatory column missing, half
 * a file. What is wrong with a cell is its row's result. A chunk is one transaction: its loans, their entries in the ledger, its rows' results and how far the import has come are there together or not
 * at all. So a node may die at any instruction: another takes the import over when the lease has run out, reads the file from the beginning, skips the rows that are done, and ends where the first would have.
 * The same file sent again for the same purpose is the same import. Rows are numbered as a spreadsheet numbers them; the heading is a row. Days and times without a zone are Moscow's. Sums are kopecks.
 *
 * <h2>Design notes</h2>
 * A workbook is read by the parser that reads other XML of strangers, part by part, with limits on each; a library for it would bring a second StAX parser onto the class path of a server that chooses by
 * class path, and hold a file and its texts in memory as a whole. Of the file, the parts kept in the database are removed some days after the last import of it has ended (decision 0041).
 */
package org.kopuro.loans.imports;
