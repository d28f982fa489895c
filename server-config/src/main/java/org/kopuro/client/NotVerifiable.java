package org.kopuro.client;

/** The answer cannot be trusted to come whole from the server that was asked; the message says why, after "because". */
final class NotVerifiable extends Exception {

    NotVerifiable(String why) {
        super(why);
    }
}
