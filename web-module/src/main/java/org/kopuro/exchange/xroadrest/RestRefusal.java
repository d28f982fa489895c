package org.kopuro.exchange.xroadrest;

import org.kopuro.kernel.RefusalCode;

/** What is wrong with the form of a REST request, before anybody asks who sent it. Names are X-Road's where X-Road has one. */
public enum RestRefusal implements RefusalCode {
    BAD_REQUEST,
    INVALID_CLIENT_IDENTIFIER,
    INVALID_HTTP_METHOD,
    INVALID_CONTENT_TYPE,
    DUPLICATE_HEADER_FIELD,
    HEADER_FIELD_TOO_LONG,
    MESSAGE_TOO_LARGE,
    CONTENT_DIGEST_INVALID
}
