package org.kopuro.access.catalogue;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.kopuro.documents.DocumentView;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Texts for everybody, in numbered versions that are never edited (ACC-84, ACC-88). */
@Stateless
public class Texts {

    @Inject
    private TextStore store;
    @Inject
    private Documents documents;
    @Inject
    private Installation installation;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Publishes a version's text in a language. The first language of a version sets its day. */
    public TextView publish(NewText text, Upload file, Contour contour, Actor by) {
        installation.requireForBoth(contour, CatalogueRefusal.CATALOGUE_BY_PRODUCTION);
        Instant at = clock.instant();
        store.begin(text);
        DocumentView document = documents.store(file, by.account().orElseThrow().toString());
        store.add(text, document, at, by);
        ledger.record(LedgerEvent.of("access.text_published", 1, "published_text", document.id(), at).with("kind", text.kind()).with("version", text.version())
                .with("language", text.language()).with("dated", text.dated()).with("sha256", document.sha256()).with("actor", by.account()).with("actorRole", by.role()));
        return get(text.kind(), text.version(), text.language());
    }

    /** All versions, of each kind the newest first. */
    public List<TextView> list() {
        return store.list();
    }

    public TextView get(TextKind kind, int version, Language language) {
        return store.find(kind, version, language).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "text"));
    }
}
