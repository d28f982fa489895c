package org.kopuro.exchange.soap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.kopuro.kernel.Refusal;

/**
 * Reads a multipart message part by part while it arrives, and holds nothing of it but a buffer. Parts, header fields and their lengths are bounded; a multipart inside, a message
 * that ends before its closing boundary and transfer encodings that do not decode are refused. Apache James mime4j does the reading.
 */
final class MultipartReader {

    private static final String FIELD = "multipart/related";
    private static final Pattern NOT_PRINTED = Pattern.compile("[^\\x20-\\x7E]");
    private static final Pattern BRACKETS = Pattern.compile("^<|>$");
    private static final int PARTS_MAX = 100;
    private static final int FIELDS_MAX = 30;
    private static final int FIELD_OCTETS_MAX = 4 * 1024;
    private static final MimeConfig CONFIG = MimeConfig.custom().setStrictParsing(true).setMaxHeaderCount(FIELDS_MAX).setMaxHeaderLen(FIELD_OCTETS_MAX)
            .setMaxLineLen(FIELD_OCTETS_MAX).setMaxContentLen(-1).build();

    private final Metered body;
    private final MimeTokenStream tokens = new MimeTokenStream(CONFIG);
    private int parts;
    private boolean over;

    MultipartReader(Metered body, String contentType) {
        this.body = body;
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parseHeadless(body, contentType);
    }

    /** A part; its content is what the transfer encoding encodes, and can be read until the next part is asked for. */
    record Part(String contentType, Optional<String> id, InputStream content) {
    }

    /** Empty when the closing boundary has been read. */
    Optional<Part> next() throws IOException {
        if (over) {
            return Optional.empty();
        }
        try {
            return advance();
        } catch (MimeException e) {
            throw malformed();
        } catch (IOException e) {
            throw refusalOr(e);
        } catch (Refusal refusal) {
            over = true;
            throw refusal;
        }
    }

    /** Of a part's content. */
    int read(Part part, byte[] buffer) throws IOException {
        try {
            return part.content().read(buffer);
        } catch (IOException e) {
            throw refusalOr(e);
        }
    }

    /** The first octets of a part. */
    byte[] octets(Part part, int most) throws IOException {
        try {
            return part.content().readNBytes(most);
        } catch (IOException e) {
            throw refusalOr(e);
        }
    }

    /** How many parts are left; nothing of them is kept. */
    int drop() throws IOException {
        int dropped = 0;
        while (next().isPresent()) {
            dropped++;
        }
        return dropped;
    }

    private Optional<Part> advance() throws IOException, MimeException {
        String contentType = null;
        String id = null;
        for (EntityState state = tokens.next(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            switch (state) {
                case T_START_MULTIPART -> refuseInside();
                case T_START_BODYPART -> {
                    if (++parts > PARTS_MAX) {
                        throw malformed();
                    }
                }
                case T_FIELD -> {
                    Field field = tokens.getField();
                    if (field.getName().equalsIgnoreCase("Content-Type")) {
                        contentType = once(contentType, NOT_PRINTED.matcher(field.getBody().strip()).replaceAll(" "));
                    } else if (field.getName().equalsIgnoreCase("Content-ID")) {
                        id = once(id, BRACKETS.matcher(field.getBody().strip()).replaceAll(""));
                        if (NOT_PRINTED.matcher(id).find()) {
                            throw malformed();
                        }
                    }
                }
                case T_BODY -> {
                    if (contentType == null) {
                        throw Refusal.of(MessageRefusal.INVALID_CONTENT_TYPE, FIELD);
                    }
                    return Optional.of(new Part(contentType, Optional.ofNullable(id), tokens.getDecodedInputStream()));
                }
                default -> { }
            }
        }
        over = true;
        return Optional.empty();
    }

    private void refuseInside() {
        if (parts > 0) {
            throw malformed();
        }
    }

    /** Of two values, who reads which? */
    private String once(String before, String value) {
        if (before != null || value.isEmpty()) {
            throw malformed();
        }
        return value;
    }

    private Refusal refusalOr(IOException e) throws IOException {
        over = true;
        if (body.isBroken()) {
            throw e;
        }
        return malformed();
    }

    private Refusal malformed() {
        over = true;
        return Refusal.of(MessageRefusal.MIME_PARSING_FAILED, FIELD);
    }
}
