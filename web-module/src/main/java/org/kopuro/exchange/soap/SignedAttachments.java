package org.kopuro.exchange.soap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.apache.wss4j.common.ext.Attachment;
import org.apache.wss4j.common.ext.AttachmentRequestCallback;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.kernel.Refusal;

/**
 * Gives the engine the files that a signature covers (WS-Security's SwA profile). They are read off the wire when the first of them is asked for. That is after the signature's value
 * has been verified, so that it is known by then whose key signed their digests: nobody else's files go to the disk (decision 0034).
 */
final class SignedAttachments implements CallbackHandler {

    /** Reads what came beside the message. */
    interface Reading {
        /** @param thumbprint of the certificate whose key signed */
        Attachments read(byte[] thumbprint) throws IOException;
    }

    private final Reading reading;
    private final byte[] thumbprint;
    private Attachments read;
    private IOException broken;

    SignedAttachments(Reading reading, byte[] thumbprint) {
        this.reading = reading;
        this.thumbprint = thumbprint;
    }

    /** Refuses nobody: the files did not arrive. What else the engine cannot read is the signature's. */
    void requireArrived() throws IOException {
        if (broken != null) {
            throw broken;
        }
    }

    @Override
    public void handle(Callback[] callbacks) throws IOException {
        for (Callback callback : callbacks) {
            if (callback instanceof AttachmentRequestCallback asked) {
                asked.setAttachments(List.of(attachment(asked.getAttachmentId())));
            }
        }
    }

    private Attachment attachment(String id) throws IOException {
        if (read == null) {
            try {
                read = reading.read(thumbprint);
            } catch (IOException e) {
                broken = e;
                throw e;
            }
        }
        AttachedFile file = read.find(id).orElseThrow(() -> Refusal.of(IdentityRefusal.SIGNATURE_INVALID, "ds:Signature"));
        String type = file.getContentType().toLowerCase(Locale.ROOT);
        // The profile has texts and XML rewritten before they are digested: another file than the one that is kept would be proven.
        if (type.startsWith("text/") || type.contains("xml")) {
            throw Refusal.of(IdentityRefusal.SIGNATURE_FORM_REFUSED, "wsse:Security", "text/*, */xml");
        }
        Attachment attachment = new Attachment();
        attachment.setId(id);
        attachment.setMimeType("application/octet-stream");
        attachment.setSourceStream(new FromTheBeginning(file));
        return attachment;
    }

    /** The engine goes back to where it began; a stream that could not would be copied into memory for that. */
    private static final class FromTheBeginning extends FilterInputStream {

        private final AttachedFile file;

        FromTheBeginning(AttachedFile file) {
            super(file.octets());
            this.file = file;
        }

        @Override
        public boolean markSupported() {
            return true;
        }

        @Override
        public synchronized void mark(int limit) {
            // It is at the beginning.
        }

        @Override
        public synchronized void reset() {
            in = file.octets();
        }
    }
}
