package org.kopuro.participants;

import java.util.Optional;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;

/**
 * What is to be otherwise in a participant's record from now on (ACC-46); what is empty stays.
 *
 * @param inn once known, it stays: whose number it is says whose data may be had without a token
 */
public record Particulars(Optional<String> fullName, Optional<String> noticeEmail, Optional<Ogrn> ogrn, Optional<Inn> inn) {

    public static final Particulars NONE = new Particulars(Optional.empty(), Optional.empty(), Optional.empty());

    /** That says nothing of the INN. */
    public Particulars(Optional<String> fullName, Optional<String> noticeEmail, Optional<Ogrn> ogrn) {
        this(fullName, noticeEmail, ogrn, Optional.empty());
    }

    public Particulars {
        fullName = fullName.map(name -> Input.text(name, "particulars.fullName", 500));
        noticeEmail = noticeEmail.map(address -> Input.text(address, "particulars.noticeEmail", 254));
    }

    /** Of a participant whose INN is known, no other one is told. */
    public void refuseAnotherInn(ParticipantView known) {
        if (inn.isPresent() && known.inn().isPresent() && !known.inn().equals(inn.map(Inn::digits))) {
            throw Refusal.of(ParticipantRefusal.INN_KNOWN_OTHERWISE, "particulars.inn");
        }
    }

    public boolean isEmpty() {
        return equals(NONE);
    }
}
