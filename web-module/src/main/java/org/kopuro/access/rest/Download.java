package org.kopuro.access.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.kopuro.documents.DocumentContent;

/** A stored document as an answer: to be saved, never shown by the browser in our name. */
public final class Download {

    private Download() {
    }

    public static Response of(DocumentContent content) {
        StreamingOutput stream = out -> {
            try (content) {
                content.writeTo(out);
            }
        };
        String name = URLEncoder.encode(content.view().fileName(), StandardCharsets.UTF_8).replace("+", "%20");
        return Response.ok(stream, MediaType.APPLICATION_OCTET_STREAM).header("Content-Disposition", "attachment; filename*=UTF-8''" + name)
                .header("X-Content-Type-Options", "nosniff").build();
    }
}
