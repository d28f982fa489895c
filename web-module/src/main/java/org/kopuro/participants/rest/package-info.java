/** The register of participants over REST, for the authority's operators. */
package org.kopuro.participants.rest;
