/** Checks of companies over REST, for the authority's staff. */
package org.kopuro.companies.rest;
