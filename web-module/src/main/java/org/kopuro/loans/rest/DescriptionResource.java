package org.kopuro.loans.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.kopuro.exchange.rest.Permitted;

/** {@code /api/v1/loans/openapi}: what is here, for programs and for whoever writes them (LOAN-140, LOAN-141). No secret, so for everybody. */
@Path("/loans/openapi")
@Produces(MediaType.APPLICATION_JSON)
public class DescriptionResource {

    private static final String FILE = "openapi.json";

    @GET
    @Permitted(everybody = true)
    public byte[] description() {
        try (InputStream in = DescriptionResource.class.getResourceAsStream(FILE)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
