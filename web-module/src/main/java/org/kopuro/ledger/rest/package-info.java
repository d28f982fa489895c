/** The ledger over HTTP: the public tree under {@code /ledger} ({@code docs/protocols/ledger.md}), entries and receipts under {@code /api/v1/ledger}. */
package org.kopuro.ledger.rest;
