package org.kopuro.registers.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Inn;
import org.kopuro.registers.TaxpayerKind;

class SyntheticTaxpayerTest {

    @Test
    void isTheSameForTheSameSeedAndAnotherForAnother() {
        assertEquals(SyntheticTaxpayer.at(77, 5), SyntheticTaxpayer.at(77, 5));
        assertNotEquals(SyntheticTaxpayer.at(77, 5).fullName() + SyntheticTaxpayer.at(77, 5).address(),
                SyntheticTaxpayer.at(77, 6).fullName() + SyntheticTaxpayer.at(77, 6).address());
    }

    @Test
    void hasAValidNumberOfItsOwnWithADateThatNobodyWasBornOn() {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < 200_000; index++) {
            assertNumberIsSynthetic(index, seen);
        }
    }

    @Test
    void hasAValidNumberEvenAtTheGreatestCount() {
        Set<String> seen = new HashSet<>();
        for (int index = SyntheticTaxpayers.GREATEST_COUNT - 1_000; index < SyntheticTaxpayers.GREATEST_COUNT; index++) {
            assertNumberIsSynthetic(index, seen);
        }
    }

    @Test
    void beginsWithTheDemoTaxpayers() {
        assertEquals(SyntheticTaxpayers.DEMO_ENTREPRENEUR.digits(), SyntheticTaxpayer.at(0, 9).inn());
        assertEquals("Демо предприниматель Айбек", SyntheticTaxpayer.at(0, 9).fullName());
        assertEquals(SyntheticTaxpayers.DEMO_ORGANISATION.digits(), SyntheticTaxpayer.at(1, 9).inn());
        assertEquals("Демо ОсОО", SyntheticTaxpayer.at(1, 9).fullName());
        assertEquals(SyntheticTaxpayers.DEMO_PERSON.digits(), SyntheticTaxpayer.at(2, 9).inn());
    }

    private static void assertNumberIsSynthetic(int index, Set<String> seen) {
        SyntheticTaxpayer taxpayer = SyntheticTaxpayer.at(index, 1);
        Inn inn = new Inn(taxpayer.inn());
        assertEquals("3002", taxpayer.inn().substring(1, 5));
        assertEquals(taxpayer.kind() == TaxpayerKind.ORGANISATION, inn.isOrganisation());
        assertTrue(seen.add(taxpayer.inn()), () -> "twice: " + taxpayer.inn());
    }
}
