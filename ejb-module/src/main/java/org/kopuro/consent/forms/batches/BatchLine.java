package org.kopuro.consent.forms.batches;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kopuro.consent.forms.NewForm;
import org.kopuro.consent.forms.Representative;
import org.kopuro.consent.forms.Signing;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;

/**
 * A row of the list, as it stands there.
 *
 * @param number from 1
 */
record BatchLine(int number, List<String> fields) {

    private static final int OWN_NUMBER_MAX = 100;
    private static final Pattern UNKEPT = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    /** What is declared; refused as a single transfer would be. */
    NewForm form() {
        Optional<Representative> representative = present("representativeInn").or(() -> present("representativeName")).or(() -> present("representativeGround"))
                .map(any -> new Representative(Inn.of(text("representativeInn"), "representativeInn"), text("representativeName"), text("representativeGround")));
        return new NewForm(text("number"), Inn.of(text("taxpayerInn"), "taxpayerInn"), text("taxpayerName"), representative,
                NewForm.services(Stream.of(text("services").strip().split("\\s+")).filter(code -> !code.isEmpty()).toList()), Input.day(text("signedOn"), "signedOn"),
                present("lastDay").map(day -> Input.day(day, "lastDay")), text("formVersion"), Input.oneOf(Signing.class, text("signing"), "signing"), text("file"), text("fileSha256"));
    }

    /** The participant's own number, whether or not it can be one. */
    String ownNumber() {
        String told = text("number");
        // No database keeps a NUL in a text, nor half of a character.
        return UNKEPT.matcher(told.length() <= OWN_NUMBER_MAX ? told : told.substring(0, OWN_NUMBER_MAX)).replaceAll(" ");
    }

    Optional<String> file() {
        return present("file");
    }

    Optional<String> signature() {
        return present("signature");
    }

    List<String> files() {
        return Stream.concat(file().stream(), signature().stream()).toList();
    }

    private Optional<String> present(String column) {
        return Optional.of(text(column)).filter(text -> !text.isBlank());
    }

    private String text(String column) {
        return fields.get(BatchList.COLUMNS.indexOf(column));
    }
}
