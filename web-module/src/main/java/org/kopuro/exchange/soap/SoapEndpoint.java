package org.kopuro.exchange.soap;

import java.util.Set;

/** A SOAP service that the exchange publishes; the implementation carries the {@code @WebService} contract. */
public interface SoapEndpoint {

    /** The address below {@code /soap}, for example {@code /tax/v1}. */
    String address();

    /** The service codes it answers: the names of its request elements. */
    Set<String> serviceCodes();

    /** The namespace of its request elements. */
    String namespace();
}
