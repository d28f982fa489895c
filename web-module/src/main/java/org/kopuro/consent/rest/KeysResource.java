package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.kopuro.consent.events.PublishedKeys;
import org.kopuro.exchange.rest.Permitted;

/** {@code /api/v1/keys}: the keys that anybody checks signed tokens with, present and former. */
@Path("/keys")
public class KeysResource {

    @Inject
    private PublishedKeys keys;

    @GET
    @Permitted(everybody = true)
    @Produces("application/jwk-set+json")
    public String all() {
        return keys.json();
    }
}
