/**
 * What every REST resource shares: the application's root, reading JSON bodies field by field, and one mapper for whatever
 * goes wrong, as RFC 9457 problem details.
 */
package org.kopuro.exchange.rest;
