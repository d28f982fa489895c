/**
 * What all letters about access have in common: whom they concern, under which procedure, in which language, and how to answer.
 *
 * <h2>Package specification</h2>
 * A letter is written in the transaction of what it tells (ACC-80), under a key that makes a repetition harmless. Words that stand for codes are in the
 * letter's language. A letter carries links, never a secret (ACC-59).
 *
 * <h2>Design notes</h2>
 * {@link org.kopuro.notices} knows nothing of connections and requests; this is the little that stands between.
 */
package org.kopuro.access.letters;
