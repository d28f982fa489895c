package org.kopuro.loans.headcount;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.kopuro.ledger.proof.CanonicalJson;
import org.kopuro.ledger.proof.Unproven;

/** The members of a sheet that somebody hands in, each as what it has to be. */
record SheetMembers(JsonObject object) {

    private static final Pattern ROUBLES = Pattern.compile("(0|[1-9][0-9]{0,14})\\.([0-9]{2})");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final Set<String> NAMES = Set.of("form", "formVersion", "contour", "loan", "at", "ruleSet", "appliedAt", "appliedOn", "contractOn", "month", "monthAsserted", "metric", "wage",
            "factorPercent", "monthsMax", "monthsUntil", "months", "formula", "cap", "uncapped", "result", "read", "counted", "excluded", "source");

    /** All that a sheet has, and nothing else. */
    static SheetMembers of(String text) throws Unproven {
        if (text.length() > SheetFile.LENGTH_MAX) {
            throw new Unproven("The sheet is longer than " + SheetFile.LENGTH_MAX + " characters.");
        }
        SheetMembers sheet = new SheetMembers(CanonicalJson.parse(text, "The sheet"));
        if (!sheet.object().keySet().equals(NAMES) || !sheet.text("form").equals(SheetText.FORM) || sheet.number("formVersion") != SheetText.VERSION) {
            throw new Unproven("This is not a calculation sheet of version " + SheetText.VERSION + ".");
        }
        return sheet;
    }

    boolean isNull(String name) {
        return object.get(name) == null || object.get(name).getValueType() == JsonValue.ValueType.NULL;
    }

    String text(String name) throws Unproven {
        return maybe(name).orElseThrow(() -> new Unproven("The sheet's " + name + " is missing."));
    }

    Optional<String> maybe(String name) throws Unproven {
        if (isNull(name)) {
            return Optional.empty();
        }
        if (object.get(name) instanceof JsonString text) {
            return Optional.of(text.getString());
        }
        throw new Unproven("The sheet's " + name + " is not a text.");
    }

    int number(String name) throws Unproven {
        if (object.get(name) instanceof JsonNumber number && NUMBER.matcher(number.toString()).matches()) {
            return number.intValueExact();
        }
        throw new Unproven("The sheet's " + name + " is not a whole number from 0.");
    }

    boolean flag(String name) throws Unproven {
        if (object.get(name) != JsonValue.TRUE && object.get(name) != JsonValue.FALSE) {
            throw new Unproven("The sheet's " + name + " is neither true nor false.");
        }
        return object.get(name) == JsonValue.TRUE;
    }

    /** A sum that stands in roubles. */
    long kopecks(String name) throws Unproven {
        String text = text(name);
        if (!ROUBLES.matcher(text).matches()) {
            throw new Unproven("The sheet's " + name + " is not a sum in roubles with two decimals.");
        }
        return Long.parseLong(text.replace(".", ""));
    }

    Optional<Long> maybeKopecks(String name) throws Unproven {
        return isNull(name) ? Optional.empty() : Optional.of(kopecks(name));
    }

    SheetMembers object(String name) throws Unproven {
        if (object.get(name) instanceof JsonObject inner) {
            return new SheetMembers(inner);
        }
        throw new Unproven("The sheet's " + name + " is not an object.");
    }
}
