/**
 * Operational monitoring as X-Road has it: what the wire saw of each call, and how services fare.
 *
 * <h2>Concepts</h2>
 * An <em>operation</em> is what the edge measured of one recorded call: when it came and left, its sizes, how the answer was told. An <em>operational
 * record</em> is what is read of it: the fields of {@code op-monitoring.xsd}, those of the caller and the message taken from the usage entry. A service's
 * <em>health</em> is when it last succeeded and failed, and the least, mean and most of its durations and sizes of late.
 *
 * <h2>Package specification</h2>
 * Operations are statistics: written every few seconds in batches, lost with a node that dies before, kept for as many days as the installation says. Only calls
 * whose caller was authenticated have one. Records are asked for by the second in which they were written, and those of the newest minute are withheld, so that a
 * reader who goes on where he stopped misses none. A page ends with a whole second. Times are milliseconds since 1970, {@code monitoringDataTs} and the bounds
 * are seconds; sizes are octets. Kopuro is provider and Security Server in one: it knows neither {@code requestOutTs} nor {@code responseInTs}, nor the
 * addresses of Security Servers, and leaves these fields out, as it does every field that has no value. {@code faultString} is the refusal's code: its sentence
 * may name persons.
 *
 * <h2>Design notes</h2>
 * Nothing here costs a call a statement (decision 0014). The JSON of a record is made where its columns are, by the database.
 * Sources: X-Road's Operational Monitoring Protocol; ACC-95.
 */
package org.kopuro.exchange.operations;
