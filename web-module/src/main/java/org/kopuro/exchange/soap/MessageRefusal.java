package org.kopuro.exchange.soap;

import org.kopuro.kernel.RefusalCode;

/** What is wrong with the form of a message, before anybody asks who sent it. Names are X-Road's where X-Road has one. */
public enum MessageRefusal implements RefusalCode {
    INVALID_HTTP_METHOD,
    INVALID_SOAP_ACTION,
    INVALID_REQUEST,
    INVALID_CONTENT_TYPE,
    MIME_PARSING_FAILED,
    MISSING_SOAP,
    INVALID_SOAP,
    INVALID_XML,
    MISSING_HEADER,
    MISSING_HEADER_FIELD,
    DUPLICATE_HEADER_FIELD,
    INVALID_PROTOCOL_VERSION,
    MISSING_BODY,
    INVALID_BODY,
    INCONSISTENT_HEADERS,
    FAULT_AS_REQUEST,
    MUST_UNDERSTAND,
    HEADER_FIELD_TOO_LONG,
    MESSAGE_TOO_LARGE,
    ATTACHMENTS_TOO_MANY,
    ATTACHMENT_NOT_COVERED,
    REQUEST_STRUCTURE_INVALID,
    ENDPOINT_UNKNOWN
}
