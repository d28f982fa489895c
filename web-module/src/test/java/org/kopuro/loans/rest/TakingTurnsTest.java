package org.kopuro.loans.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.imports.ImportRefusal;

/** What is a file takes a turn, and who watches takes a place. */
class TakingTurnsTest {

    private static List<String> files(Class<?> resource) {
        return Stream.of(resource.getMethods()).filter(method -> method.isAnnotationPresent(Permitted.class) && LoanRateLimit.isFile(method)).map(Method::getName).sorted().toList();
    }

    @Test
    void filesAreWhatIsCalledHoweverTheAddressIsSpelled() {
        assertEquals(List.of("askedCsv", "askedXlsx", "csv", "xlsx"), files(LoanExportsResource.class));
        assertEquals(List.of("askedCsv", "askedXlsx", "csv", "xlsx"), files(LoanRankingsResource.class));
        assertEquals(List.of("askedCsv", "askedXlsx", "csv", "xlsx"), files(LoanAggregatesResource.class));
        assertEquals(List.of("receive", "text", "workbook"), files(LoanImportsResource.class));
        assertEquals(List.of(), files(LoanTemplatesResource.class));
        assertEquals(List.of(), files(LoansResource.class));
    }

    @Test
    void oneParticipantTakesFivePlacesOfWatchers() {
        ImportWatchers watchers = new ImportWatchers();
        LoanRates.Asker bank = new LoanRates.Asker(Contour.TEST, UUID.randomUUID());
        for (int i = 0; i < 5; i++) {
            watchers.enter(bank);
        }
        assertEquals(ImportRefusal.IMPORT_WATCHERS_TOO_MANY, assertThrows(Refusal.class, () -> watchers.enter(bank)).code());
        watchers.enter(new LoanRates.Asker(Contour.PRODUCTION, bank.id()));
        watchers.leave(bank);
        watchers.enter(bank);
    }

    @Test
    void allTogetherTakeAHundred() {
        ImportWatchers watchers = new ImportWatchers();
        for (int i = 0; i < 100; i++) {
            watchers.enter(new LoanRates.Asker(Contour.TEST, UUID.randomUUID()));
        }
        LoanRates.Asker late = new LoanRates.Asker(Contour.TEST, UUID.randomUUID());
        for (int i = 0; i < 10; i++) {
            assertEquals(ImportRefusal.IMPORT_WATCHERS_TOO_MANY, assertThrows(Refusal.class, () -> watchers.enter(late)).code());
        }
    }
}
