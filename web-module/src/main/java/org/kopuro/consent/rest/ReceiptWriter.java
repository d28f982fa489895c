package org.kopuro.consent.rest;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.kopuro.consent.ConsentReceipt;

/** A receipt is read as JSON and kept as a JWS (CON-141); whoever asks says which. */
@Provider
@Produces({MediaType.APPLICATION_JSON, ReceiptWriter.JOSE})
public class ReceiptWriter implements MessageBodyWriter<ConsentReceipt> {

    static final String JOSE = "application/jose";
    private static final MediaType SIGNED = MediaType.valueOf(JOSE);

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == ConsentReceipt.class;
    }

    @Override
    public void writeTo(ConsentReceipt receipt, Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType, MultivaluedMap<String, Object> headers, OutputStream out)
            throws IOException {
        out.write((SIGNED.isCompatible(mediaType) ? receipt.signed() : receipt.json()).getBytes(StandardCharsets.UTF_8));
    }
}
