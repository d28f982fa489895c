package org.kopuro.exchange;

/**
 * What a service takes beside its message.
 *
 * @param megabytesMax of 1024 × 1024 octets, of one of them
 */
public record AttachmentLimit(int countMax, int megabytesMax) {
}
