/** A taxpayer's tokens over REST. */
package org.kopuro.consent.rest;
