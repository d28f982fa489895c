package org.kopuro.access.staff;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.kopuro.access.letters.Days;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;

/** Keeps the authority's units, and tells them. */
@Stateless
public class Staff {

    private static final int PAGE_MAX = 500;

    @Inject
    private StaffStore store;
    @Inject
    private Letters letters;
    @Inject
    private Procedures procedures;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** From its first day on, today or later, this unit is told. */
    public StaffUnit set(NewStaffUnit unit, Actor by) {
        if (unit.firstDay().isBefore(today())) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "firstDay");
        }
        unit.procedure().ifPresent(procedures::calendar);
        StaffUnit set = new StaffUnit(UUID.randomUUID(), unit.contour(), unit.procedure(), unit.firstDay(), unit.name(), unit.language(), unit.addresses(), unit.headLanguage(),
                unit.headAddresses(), clock.instant());
        store.add(set, by);
        ledger.record(LedgerEvent.of("access.staff_unit_set", 1, set.contour(), "staff_unit", set.id(), set.setAt()).with("procedure", set.procedure())
                .with("firstDay", set.firstDay().toString()).with("addresses", (long) set.addresses().size()).with("headAddresses", (long) set.headAddresses().size())
                .with("actor", by.account()).with("actorRole", by.role()).personal("name", set.name()).personal("mailboxes", String.join(" ", set.addresses()))
                .personal("headMailboxes", String.join(" ", set.headAddresses())));
        return set;
    }

    /** The units of today and those to come, by procedure and day. */
    public List<StaffUnit> list(Contour contour) {
        return store.list(contour, today());
    }

    /** Who is told today; a procedure's own unit before the one for all. */
    public Optional<StaffUnit> of(Contour contour, String procedure) {
        return store.of(contour, procedure, today());
    }

    /**
     * Tells the unit, or its head, in the caller's transaction; where there is none, that is kept. The same key is told once.
     *
     * @param subject what it is about, in a participant's letter as well: the staff's has a key of its own
     * @param days    of the procedure, which the caller's other letters tell as well
     * @param facts   those of the kind, in a language; number, date, addressee, procedure, contour and link are given
     * @return whether somebody is told
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public boolean tell(NoticeKind kind, Desk desk, Letters.Subject subject, Days days, Contour contour, Function<Language, Map<String, String>> facts) {
        String key = "staff:" + kind + ":" + subject.dedupKey();
        Optional<StaffUnit> found = of(contour, days.procedure().code());
        if (found.isEmpty()) {
            store.addUntold(key, contour, new Untold(kind, days.procedure().code(), subject.kind(), subject.id(), subject.number(), clock.instant()));
            return false;
        }
        StaffUnit unit = found.get();
        Language language = desk == Desk.UNIT ? unit.language() : unit.headLanguage();
        NewNotice letter = letters.begin(kind, new Letters.Subject(subject.kind(), subject.id(), subject.number(), key), unit.name(), language, days, contour)
                .to(desk == Desk.UNIT ? unit.addresses() : unit.headAddresses()).with("link", letters.link("obligations")).with("howToAnswer", Letters.word(language, "answer.staff"));
        letters.send(letter.with(facts.apply(language)));
        return true;
    }

    /** What nobody was told, the newest first. */
    public List<Untold> untold(Contour contour, int limit) {
        return store.untold(contour, Math.max(1, Math.min(limit, PAGE_MAX)));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Installation.ZONE);
    }
}
