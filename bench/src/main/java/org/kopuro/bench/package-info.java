/** Drives servers from outside and compares them, side by side, in interleaved rounds. Nothing of it ships. */
package org.kopuro.bench;
