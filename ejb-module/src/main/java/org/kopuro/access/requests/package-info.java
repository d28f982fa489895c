/**
 * What participants ask for, and how it is decided: connection, joint test, restoration, disconnection, changes.
 *
 * <h2>Concepts</h2>
 * A <em>request</em> is filed in the cabinet or registered by an official from a letter. Its <em>checklist</em> is the procedure's; each item that is not
 * ticked becomes a cause of the refusal (ACC-47), as does each document that its products lack. A <em>finding</em> is what a register of companies said of the applicant (ACC-5). A <em>proposal</em> is what one official wants and another one decides (ACC-2).
 *
 * <h2>Package specification</h2>
 * A request that lacks what it must have is not taken up, and turned away for that only: the database finds it (ACC-T02, ACC-T03).
 * A request is judged by the version of the procedure that was in force on the day of its receipt (ACC-21), and its clocks start at the receipt (ACC-33).
 * It changes by events only; a pair of state and event outside the table is refused and changes nothing (ACC-65). What a grant brings about happens in its
 * transaction: connection, access rights, restoration, disconnection, and the ledger's entry. A voluntary exit cannot be refused on its merits (ACC-45).
 * A joint test is shown by screen forms or an accepted report, and its grant says of which services ({@code access.jointtests}). The day of a change is kept and judged as a
 * report of it ({@code access.duties}, ACC-46). Where the procedure demands an agreement, PRODUCTION is granted and restored only within one. An agreement from before the order stands for a request: what
 * it lists is opened for a subsystem by a proposal about the agreement, and a second official's approval (ACC-56).
 * With its confirmation a register of companies is asked about whoever wants to be connected, in no transaction; a register that does not answer hinders nothing, and one that does not
 * know the company has the official say why it is registered all the same.
 */
package org.kopuro.access.requests;
