/** Consents over REST: a taxpayer's cabinet, those who hold tokens, and the authority. */
package org.kopuro.consent.rest;
