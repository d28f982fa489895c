/** Checks evidence of a call offline: the container, its signature, and that its members belong together. */
package org.kopuro.verify.evidence;
