package org.kopuro.exchange.operations;

/**
 * How long stops of a kind took from the request to the acknowledgement, on all nodes, in milliseconds (CON-73).
 *
 * @param p50       half of them took no longer
 * @param p99       of a hundred, ninety-nine
 * @param within100 acknowledged within 100 ms; the next ones likewise, each with those before it
 */
public record StopTimes(StopKind kind, long stops, int p50, int p99, int max, long within100, long within300, long within1000, long within3000) {
}
