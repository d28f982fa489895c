package org.kopuro.conformance;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.kopuro.verify.WrongUse;

/** What is judged: asked for one call, it makes it in its own way. */
interface Product {

    int ANSWERED = 0;
    int REFUSED = 1;

    /**
     * @param values by the names of places: service, inn, token (empty: none), url, server-cert
     * @param enough asked now and then: true ends the product
     * @return the exit code; empty when it had to be ended
     */
    OptionalInt call(Map<String, String> values, BooleanSupplier enough) throws WrongUse, InterruptedException;

    /** In which it ends by itself. */
    Duration limit();
}
