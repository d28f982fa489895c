package org.kopuro.access.contracts;

/** A file of a contract: its WSDL, or a schema that is known to the others by its file name. */
public record ContractDocument(String fileName, byte[] octets) {
}
