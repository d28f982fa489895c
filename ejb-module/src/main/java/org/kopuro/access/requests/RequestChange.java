package org.kopuro.access.requests;

import java.util.Optional;

/**
 * In what a request differs from the refused one that it follows (ACC-48).
 *
 * @param field  as it is named where requests are filed; {@code documents} and {@code products.documents} are files that came or went
 * @param before empty where it was not there; of a list, one entry that is there no more
 * @param after  empty where it is there no more; of a list, one entry that is new
 */
public record RequestChange(String field, Optional<String> before, Optional<String> after) {
}
