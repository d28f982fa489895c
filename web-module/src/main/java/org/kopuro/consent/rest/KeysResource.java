package org.kopuro.consent.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.kopuro.consent.events.PublishedKeys;

/** {@code /api/v1/keys}: the keys that anybody checks signed tokens with, present and former. */
@Path("/keys")
public class KeysResource {

    @Inject
    private PublishedKeys keys;

    @GET
    @PermitAll
    @Produces("application/jwk-set+json")
    public String all() {
        return keys.json();
    }
}
