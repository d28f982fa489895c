package org.kopuro.ledger;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.proof.CanonicalJson;
import org.kopuro.ledger.proof.Entry;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.ledger.proof.Unproven;

/**
 * Entries and their receipts for those who may see them. A receipt opens a keyed hash for whoever names the value behind it: who knows a
 * person's number and may ask learns that the entry is about that person, and nobody learns a number.
 */
@Stateless
public class Receipts {

    private static final int ABOUT_MAX = 1000;
    /** What a call leaves behind, and its caller may prove by it (ACC-83). The first has the call's id, and names the caller. */
    private static final String CALL = "exchange.call";
    private static final Set<String> OF_CALLS = Set.of(CALL, "exchange.messages_kept", "exchange.answer_not_sent");

    @Inject
    private EntryStore entries;
    @Inject
    private Tree tree;
    @Inject
    private BlindingSecrets secrets;

    /** An entry of the contour, or of both contours. */
    public EntryView entry(UUID id, Contour contour) {
        return entries.find(id).filter(entry -> entry.contour().map(contour::equals).orElse(true))
                .orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "entry"));
    }

    /** What was recorded about a row, oldest first. */
    public List<EntryView> about(UUID recordId, Contour contour) {
        return entries.about(recordId, ABOUT_MAX).stream().filter(entry -> entry.contour().map(contour::equals).orElse(true)).toList();
    }

    /** Whether a field of the entry's data is the keyed hash of the value. */
    public boolean tells(EntryView entry, String field, String value) {
        return opening(entry, field, value).isPresent();
    }

    /** Whether it is about a call of the participant's own. */
    public boolean ofCallBy(EntryView entry, UUID participant) {
        Entry told = entry.told();
        if (!OF_CALLS.contains(told.type())) {
            return false;
        }
        Optional<Entry> call = told.type().equals(CALL) ? Optional.of(told) : entries.find(UUID.fromString(told.recordId())).map(EntryView::told);
        return call.filter(one -> one.type().equals(CALL) && one.data().getString("participant", "").equals(participant.toString())).isPresent();
    }

    /**
     * The receipt, covered by the newest checkpoint that has a cosignature or, before witnesses have spoken, by the newest one.
     *
     * @param known values by field; those that the entry holds are opened
     */
    public Receipt receipt(EntryView entry, Map<String, String> known) {
        long index = entry.index().orElseThrow(() -> Refusal.of(LedgerRefusal.ENTRY_NOT_YET_IN_TREE, "entry"));
        TreeStore.Published checkpoint = tree.bestFor(index);
        Map<String, Receipt.Opening> openings = new HashMap<>();
        known.forEach((field, value) -> opening(entry, field, value).ifPresent(opening -> openings.put(field, opening)));
        return new Receipt(entry.content(), index, tree.inclusion(index, checkpoint.size()).path(), tree.note(checkpoint), openings);
    }

    private Optional<Receipt.Opening> opening(EntryView entry, String field, String value) {
        try {
            JsonObject data = CanonicalJson.parse(entry.content(), "entry").getJsonObject("data");
            JsonValue told = data.get(field);
            return told instanceof JsonString text && text.getString().equals(secrets.hash(entry.secret(), entry.id(), field, value))
                    ? Optional.of(Receipt.Opening.of(secrets.key(entry.secret(), entry.id(), field), value)) : Optional.empty();
        } catch (Unproven e) {
            throw new IllegalStateException(e);
        }
    }
}
