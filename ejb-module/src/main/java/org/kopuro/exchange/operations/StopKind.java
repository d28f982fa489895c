package org.kopuro.exchange.operations;

/** By what a taxpayer stops calls. */
public enum StopKind {
    DEACTIVATION, FREEZE, PAUSE, WITHDRAWAL, DISPUTE
}
