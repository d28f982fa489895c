package org.kopuro.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A participant may prove its own calls by their entries, and sees no others (ACC-83, ACC-61). */
class ProvingOwnCallsIT {

    private final Scene scene = new Scene();

    @Test
    void theEntryOfACallIsItsCallersAndNobodyElses() {
        scene.application.run(TaxServices.class, services -> services.tpDataByINN(scene.call("tpDataByINN", null), scene.inn.digits()));
        UUID call = UUID.fromString(Rows.of("select occurrence from consent.usage where participant_id = ?", scene.participant.id().value()).get(0));
        assertTrue(mayProve(call, scene.participant.id().value()));
        assertFalse(mayProve(call, new Scene().participant.id().value()));
    }

    @Test
    void whatIsRecordedOfItsTokensAndItselfIsNoCallOfIts() {
        UUID token = scene.token().token().id().value();
        for (UUID record : List.of(token, scene.participant.id().value(), scene.connection().id().value())) {
            List<EntryView> entries = scene.application.with(Receipts.class, receipts -> receipts.about(record, Contour.TEST));
            assertFalse(entries.isEmpty());
            entries.forEach(entry -> assertFalse(isOfCallBy(entry, scene.participant.id().value()), entry::content));
        }
    }

    private boolean mayProve(UUID call, UUID participant) {
        List<EntryView> entries = scene.application.with(Receipts.class, receipts -> receipts.about(call, Contour.TEST));
        assertEquals(1, entries.size());
        return isOfCallBy(entries.get(0), participant);
    }

    private boolean isOfCallBy(EntryView entry, UUID participant) {
        return scene.application.with(Receipts.class, receipts -> receipts.ofCallBy(entry, participant));
    }
}
