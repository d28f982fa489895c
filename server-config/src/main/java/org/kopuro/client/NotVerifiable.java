package org.kopuro.client;

/** A message cannot be trusted to come whole from whom it should; the exception's message says why, after "because". */
public final class NotVerifiable extends Exception {

    public NotVerifiable(String why) {
        super(why);
    }
}
