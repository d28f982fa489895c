/**
 * Transfers of many forms at once.
 *
 * <h2>Concepts</h2>
 * A <em>batch</em> is an archive (ZIP) with {@code consents.csv}, a row for each form, and the files that the rows name. Every row is a transfer by itself and has a result by itself;
 * {@code REFUSED} is what would refuse a single transfer. The <em>report</em> lists the results.
 *
 * <h2>Package specification</h2>
 * What is wrong with the archive as such refuses it before anything is transferred: a form that is none, too many rows, a file that two rows name or none. Afterwards good rows are registered
 * though others fail (CON-94). A row's result is written in the transaction of its transfer, once: the same archive sent again, from wherever, has the same answer, and goes on where it was
 * interrupted. A limit that is reached stops a batch where it is. What stops a row's services, as a suspension under their procedure does, is no result of it
 * either: it is told, and tried again when the archive comes again. A rejected row leaves a line in the log of the taxpayer whom it named.
 *
 * <h2>Design notes</h2>
 * The archive lies in a temporary file and is read entry by entry, each once; of it the files of registered forms remain, and nothing else. Sources: CON-93, CON-94.
 */
package org.kopuro.consent.forms.batches;
