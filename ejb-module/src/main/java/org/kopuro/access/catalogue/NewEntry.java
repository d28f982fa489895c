package org.kopuro.access.catalogue;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * What an entry is to say from now on.
 *
 * @param after             the revision that its author has read; 0 where there is none
 * @param ownerAccount      who alone confirms it, or
 * @param ownerUnit         the unit of which any official of the role does
 * @param confirmWithinDays [data] after which it is stale
 */
public record NewEntry(int after, Map<Language, String> descriptions, String protocol, Optional<UUID> ownerAccount, Optional<String> ownerUnit, int confirmWithinDays) {

    /** [data] ACC-87. */
    public static final int CONFIRM_WITHIN_DAYS = 90;
    private static final int DAYS_MAX = 3650;

    public NewEntry {
        Map<Language, String> checked = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            checked.put(language, Input.lines(descriptions.get(language), "descriptions." + language.tag(), 4000));
        }
        descriptions = Map.copyOf(checked);
        protocol = Input.text(protocol, "protocol", 200);
        ownerUnit = ownerUnit.map(unit -> Input.text(unit, "ownerUnit", 200));
        if (ownerAccount.isPresent() == ownerUnit.isPresent()) {
            throw Refusal.of(ownerUnit.isPresent() ? InputRefusal.FIELD_INVALID : InputRefusal.FIELD_MISSING, "ownerUnit");
        }
        if (after < 0 || after == Integer.MAX_VALUE) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "after");
        }
        if (confirmWithinDays < 1 || confirmWithinDays > DAYS_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "confirmWithinDays");
        }
    }
}
