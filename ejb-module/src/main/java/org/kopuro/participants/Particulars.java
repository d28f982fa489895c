package org.kopuro.participants;

import java.util.Optional;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;

/**
 * What is to be otherwise in a participant's record from now on (ACC-46); what is empty stays.
 *
 * @param inn        once known, it stays: whose number it is says whose data may be had without a token
 * @param russianInn for procedures of that country; once known, it stays, too
 */
public record Particulars(Optional<String> fullName, Optional<String> noticeEmail, Optional<Ogrn> ogrn, Optional<Inn> inn, Optional<RussianInn> russianInn) {

    public static final Particulars NONE = new Particulars(Optional.empty(), Optional.empty(), Optional.empty());

    /** That says nothing of a Russian INN. */
    public Particulars(Optional<String> fullName, Optional<String> noticeEmail, Optional<Ogrn> ogrn, Optional<Inn> inn) {
        this(fullName, noticeEmail, ogrn, inn, Optional.empty());
    }

    /** That says nothing of any INN. */
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
        if (russianInn.isPresent() && known.russianInn().isPresent() && !known.russianInn().equals(russianInn)) {
            throw Refusal.of(ParticipantRefusal.INN_KNOWN_OTHERWISE, "particulars.russianInn");
        }
    }

    /** Numbers that a participant of this kind does not have. */
    public void refuseOfAnotherKind(ParticipantKind kind) {
        ogrn.ifPresent(number -> number.requireOf(kind, "particulars.ogrn"));
        russianInn.ifPresent(number -> number.requireOf(kind, "particulars.russianInn"));
    }

    public boolean isEmpty() {
        return equals(NONE);
    }
}
