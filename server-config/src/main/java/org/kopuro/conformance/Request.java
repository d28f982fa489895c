package org.kopuro.conformance;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.kopuro.client.Identifier;

/**
 * A product's request as far as it could be read, whatever its protocol: what all scenarios judge. What more there is of it concerns the {@link Wire} it came by, to read
 * and to answer.
 */
sealed interface Request permits SoapRequest, RestRequest {

    /** The message's; empty when it has none. */
    String id();

    String service();

    String inn();

    Optional<String> token();

    /** What was signed: two requests of which these are equal are one message to TEST. Empty where the connection proves the caller: nobody else could repeat it. */
    Optional<String> digests();

    /** What the protocol demands of it and it lacks, as what follows "because". */
    List<String> flaws(Identifier client, X509Certificate certificate, Clock clock);
}
