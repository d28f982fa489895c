package org.kopuro.access.tasks;

/** What makes something a task. */
public enum TaskKind {
    /** Something is owed by a day (ACC-34). */
    OBLIGATION,
    /** A suspension was announced. */
    SUSPENSION,
    /** A termination was announced. */
    TERMINATION,
    /** An outage of services was announced. */
    OUTAGE,
    /** A change of services was announced. */
    CHANGE,
    /** An agreement ends soon, and nothing follows it. */
    AGREEMENT_ENDS,
    /** A document that the connection rests on ends soon or has ended, and nothing follows it. */
    DOCUMENT_ENDS,
    /** A decree that the connection is under was changed, and nobody has decided what follows (ACC-76); for officials only. */
    DECREE_CHANGED,
    /** An entry of the catalogue waits for its owner's confirmation. */
    ENTRY_STALE
}
