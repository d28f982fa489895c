/** Representation over REST: mandates in the cabinet, and for whom a signed-in person acts in a request. */
package org.kopuro.representation.rest;
