package org.kopuro.access.procedures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.procedures.ChecklistItem.Side;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestProcedures;

/** The table of the requirements, section 6, as it ships: first versions as they were, and the next ones with what those could not say. */
class ShippedProceduresIT {

    private final TestApplication application = new TestApplication("TEST", Scene.NOON);

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {"KG-147, LETTER, none, 003 §7; the address: data, data", "RU-422-696, EMAIL, cpon@nalog.ru, 001 §3, '001 §3.2, §3.5'",
        "RU-1221, EMAIL, cpon@tax.gov.ru, 000 §4, 000 §4.1 to §4.5"})
    void eachVersionTellsContoursApplicantsChannelAndWhereNoticesGo(String code, Channel.Kind kind, String address, String channelSource, String noticesSource) {
        List<Procedure> versions = versions(code);
        assertEquals(code.equals("KG-147") ? List.of(2, 1) : List.of(3, 2, 1), versions.stream().map(Procedure::version).toList());
        for (Procedure version : versions) {
            assertEquals(List.of(Contour.TEST, Contour.PRODUCTION), version.contours());
            assertEquals(new Channel(kind, Optional.ofNullable(address)), version.channel());
            assertEquals(Set.of(Matter.values()), version.provisions().keySet());
            assertEquals(channelSource, version.provision(Matter.CHANNEL).orElseThrow().source());
            assertEquals(noticesSource, version.provision(Matter.NOTICES_TO).orElseThrow().source());
            version.provisions().values().forEach(said -> assertEquals(Set.of(Language.values()), said.texts().keySet()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KG-147", "RU-422-696", "RU-1221"})
    void theNextVersionBeginsOnADayToComeAndTheFormerEndsTheDayBefore(String code) {
        Procedure next = version(code, 2);
        Procedure former = version(code, 1);
        assertFalse(next.validFrom().isBefore(LocalDate.of(2026, 12, 1)));
        assertEquals(Optional.of(next.validFrom().minusDays(1)), former.validTo());
        assertTrue(Rows.of("select sealed from access.procedure_version where procedure_code = ?", code).stream().allMatch("t"::equals));
        assertEquals(String.valueOf(versions(code).size()), Rows.of("select count(distinct id) from access.procedure_version where procedure_code = ?", code).get(0));
        assertEquals(former.deadlines(), next.deadlines());
        assertEquals(former.subjects(), next.subjects());
        assertEquals(former.documents(), next.documents());
        assertEquals(List.of(former.senderZones(), former.jointTestRequired(), former.agreementRequired(), former.ogrnRequired()),
                List.of(next.senderZones(), next.jointTestRequired(), next.agreementRequired(), next.ogrnRequired()));
        assertTrue(next.items().containsAll(former.items()), "nothing is checked no longer");
    }

    /** ACC-47 with ACC-42, ACC-O18. */
    @ParameterizedTest
    @CsvSource({"RU-422-696, TEST, 001 App. 1, 001 §2", "RU-422-696, PRODUCTION, 001 App. 1, 001 §2", "RU-1221, TEST, '000 App. 4, data', 000 §2", "RU-1221, PRODUCTION, '000 App. 4, data', 000 §2"})
    void theRussianProceduresCheckDecreeActionAndMailboxAndHaveNoFalseDataPromised(String code, Contour contour, String form, String duty) {
        Procedure next = version(code, 2);
        List<ChecklistItem> checks = next.items(RequestKind.CONNECT, contour, Side.CHECK);
        assertTrue(codes(checks).containsAll(Set.of("DECREE_AND_ACTION", "ACCESS_EMAIL")), codes(checks).toString());
        checks.stream().filter(item -> item.code().equals("DECREE_AND_ACTION") || item.code().equals("ACCESS_EMAIL")).forEach(item -> assertEquals(form, item.source()));
        ChecklistItem promise = next.items(RequestKind.CONNECT, contour, Side.CONFIRMATION).stream().filter(item -> item.code().equals("NO_FALSE_DATA")).findFirst().orElseThrow();
        assertEquals(duty, promise.source());
        Set<String> before = codes(version(code, 1).items(RequestKind.CONNECT, contour, Side.CONFIRMATION));
        assertFalse(before.contains("NO_FALSE_DATA"), "whoever applied before promised nothing");
    }

    /** ACC-42: decree and action are fields of the request, and no item to be ticked any more. */
    @ParameterizedTest
    @CsvSource({"RU-422-696, '422 696'", "RU-1221, '1221 1528 1598 375 393 469 745 574 754 804 835'"})
    void theThirdVersionsOfTheRussianProceduresConnectUnderDecrees(String code, String decrees) {
        Procedure next = version(code, 3);
        Procedure former = version(code, 2);
        assertEquals(List.of(decrees.split(" ")), next.decrees().stream().map(Decree::code).toList());
        next.decrees().forEach(decree -> assertEquals(Set.of(Language.values()), decree.titles().keySet()));
        assertEquals(List.of(), former.decrees());
        assertEquals(Optional.of(next.validFrom().minusDays(1)), former.validTo());
        assertEquals(former.items().stream().filter(item -> !item.code().equals("DECREE_AND_ACTION")).toList(), next.items());
        assertEquals(List.of(former.deadlines(), former.subjects(), former.documents(), former.grounds(), former.provisions(), former.senderZones(), former.channel(), former.contours()),
                List.of(next.deadlines(), next.subjects(), next.documents(), next.grounds(), next.provisions(), next.senderZones(), next.channel(), next.contours()));
    }

    /** CON-160, decision 0031: only where TEST is voluntary. */
    @Test
    void theProofOfStoppingIsWaivedUnderDecree1221Alone() {
        for (String code : List.of("KG-147", "RU-422-696", "RU-1221")) {
            versions(code).forEach(version -> assertEquals(code.equals("RU-1221"), version.stoppingProofWaived(), code + " " + version.version()));
        }
    }

    /** An exit is not refused on its merits (ACC-45): nothing to tick stands in its way. */
    @ParameterizedTest
    @EnumSource(Contour.class)
    void anExitHasNoChecklist(Contour contour) {
        for (String code : List.of("KG-147", "RU-422-696", "RU-1221")) {
            assertEquals(List.of(), versions(code).get(0).items(RequestKind.DISCONNECT, contour, Side.CHECK));
        }
    }

    /** ACC-T29: the duty that was not performed is named, with its paragraph. */
    @Test
    void terminationNamesTheDuty() {
        List<Ground> grounds = versions("KG-147").get(0).grounds().stream().filter(ground -> ground.measure() == Measure.TERMINATION).toList();
        assertEquals(IntStream.rangeClosed(1, 13).mapToObj(duty -> "003 §14." + duty + ", §15").toList(), grounds.stream().map(Ground::source).toList());
        assertEquals(13, grounds.stream().map(Ground::code).distinct().count());
        assertTrue(grounds.stream().noneMatch(Ground::immediate), "announced at least three working days before");
        assertEquals(Optional.empty(), versions("KG-147").get(0).ground(Measure.TERMINATION, "DUTIES_NOT_PERFORMED"));
        assertTrue(versions("KG-147").get(1).ground(Measure.TERMINATION, "DUTIES_NOT_PERFORMED").isPresent(), "what was published stays");
        assertEquals(new TreeSet<>(Set.of("WITHOUT_EXCHANGE", "STATE_BODY", "INCIDENT")), new TreeSet<>(versions("KG-147").get(0).grounds().stream()
                .filter(ground -> ground.measure() != Measure.TERMINATION).map(Ground::code).toList()));
    }

    /** Over REST, which takes 64 KB. */
    @ParameterizedTest
    @ValueSource(strings = {"KG-147", "RU-422-696", "RU-1221"})
    void theDocumentIsSmallEnoughToComeBackAsTheNextVersion(String code) {
        assertTrue(TestProcedures.document(code).getBytes(StandardCharsets.UTF_8).length < 48 * 1024, () -> TestProcedures.document(code).length() + " characters");
    }

    @Test
    void whatIsSaidIsNotEditedNorAddedTo() {
        for (String sql : List.of("update access.procedure_provision set text_en = 'x'", "delete from access.procedure_provision", "update access.procedure_version set channel_address = 'x@example.kg'",
                "update access.procedure_version set contours = '{TEST}' where version = 2")) {
            assertThrows(IllegalStateException.class, () -> Rows.change(sql), sql);
        }
    }

    private static Set<String> codes(List<ChecklistItem> items) {
        return new TreeSet<>(items.stream().map(ChecklistItem::code).toList());
    }

    private Procedure version(String code, int number) {
        return application.with(Procedures.class, procedures -> procedures.get(code, number));
    }

    private List<Procedure> versions(String code) {
        return application.with(Procedures.class, procedures -> procedures.versions(code));
    }
}
