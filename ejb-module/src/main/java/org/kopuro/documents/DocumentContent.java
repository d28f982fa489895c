package org.kopuro.documents;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** The octets of a stored document, compared with their digest already and away from the database; lives until it is closed. */
public final class DocumentContent implements Closeable {

    private final DocumentView view;
    private final Spool spool;

    DocumentContent(DocumentView view, Spool spool) {
        this.view = view;
        this.spool = spool;
    }

    public DocumentView view() {
        return view;
    }

    public void writeTo(OutputStream target) throws IOException {
        spool.writeTo(target);
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
