package org.kopuro.participants;

import java.util.Optional;
import org.kopuro.kernel.Input;

/** What is to be otherwise in a participant's record from now on (ACC-46); what is empty stays. */
public record Particulars(Optional<String> fullName, Optional<String> noticeEmail, Optional<Ogrn> ogrn) {

    public static final Particulars NONE = new Particulars(Optional.empty(), Optional.empty(), Optional.empty());

    public Particulars {
        fullName = fullName.map(name -> Input.text(name, "particulars.fullName", 500));
        noticeEmail = noticeEmail.map(address -> Input.text(address, "particulars.noticeEmail", 254));
    }

    public boolean isEmpty() {
        return equals(NONE);
    }
}
