package org.kopuro.accessservices.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kopuro.contract.access.v1.ApplicationForm;
import org.kopuro.contract.access.v1.ParticipantParticulars;
import org.kopuro.contract.access.v1.ProductionWish;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;

/** What a system's request states of its participant (ACC-3, ACC-46). */
class StatingParticularsTest {

    @Test
    void aChangeStatesWhatIsOtherwiseNow() {
        assertEquals(new Particulars(Optional.of("Bank"), Optional.of("a@bank.example"), Optional.empty()), Asked.application(change("Bank", "a@bank.example", null)).particulars());
        assertEquals(Particulars.NONE, Asked.application(change(null, null, null)).particulars());
        ApplicationForm without = change(null, null, null);
        without.setParticulars(null);
        assertEquals(Particulars.NONE, Asked.application(without).particulars());
    }

    @Test
    void theNumberIsCheckedWhereItIsRead() {
        assertEquals(Optional.of(new Ogrn("1027700132195")), Asked.application(change(null, null, " 1027700132195 ")).particulars().ogrn());
        Refusal refusal = assertThrows(Refusal.class, () -> Asked.application(change(null, null, "1027700132194")));
        assertEquals(ParticipantRefusal.OGRN_CHECK_DIGIT, refusal.code());
        assertEquals("particulars.ogrn", refusal.field());
    }

    @Test
    void soIsARussianInn() {
        ApplicationForm form = change(null, null, null);
        form.getParticulars().setRussianInn(" 7707083893 ");
        assertEquals(Optional.of(new RussianInn("7707083893")), Asked.application(form).particulars().russianInn());
        form.getParticulars().setRussianInn("7707083894");
        Refusal refusal = assertThrows(Refusal.class, () -> Asked.application(form));
        assertEquals(ParticipantRefusal.RUSSIAN_INN_CHECK_DIGIT + " particulars.russianInn", refusal.code() + " " + refusal.field());
    }

    @Test
    void aWishForProductionStatesItToo() {
        ProductionWish wish = new ProductionWish();
        wish.setParticulars(particulars(null, null, "1027700132195"));
        assertEquals(Optional.of(new Ogrn("1027700132195")), Asked.application(wish).particulars().ogrn());
    }

    private static ApplicationForm change(String name, String address, String ogrn) {
        ApplicationForm form = new ApplicationForm();
        form.setKind("CHANGE");
        form.setParticulars(particulars(name, address, ogrn));
        return form;
    }

    private static ParticipantParticulars particulars(String name, String address, String ogrn) {
        ParticipantParticulars particulars = new ParticipantParticulars();
        particulars.setFullName(name);
        particulars.setNoticeEmail(address);
        particulars.setOgrn(ogrn);
        return particulars;
    }
}
