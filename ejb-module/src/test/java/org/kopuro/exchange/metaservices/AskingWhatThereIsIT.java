package org.kopuro.exchange.metaservices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.catalogue.Contracts;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** A subsystem asks the exchange what there is to call. */
class AskingWhatThereIsIT {

    private record Some(Protocol protocol, Set<String> serviceCodes, Optional<String> versionForApplicants, boolean metaservices) implements PublishedServices {

        @Override
        public Set<String> majorVersions() {
            return Set.of("v1", "v2");
        }
    }

    private static final List<PublishedServices> PUBLISHED = List.of(
            new Some(Protocol.SOAP, Set.of("headcount", "tpDataByINN", "notInTheCatalogue"), Optional.empty(), false),
            new Some(Protocol.SOAP, Set.of("apply"), Optional.of("v1"), false),
            new Some(Protocol.SOAP, Set.of("listMethods"), Optional.of("v1"), true),
            new Some(Protocol.REST, Set.of("headcount"), Optional.empty(), false));

    private final Scene scene = new Scene();

    private Answer<List<Offered>> list(Call call, Protocol protocol) {
        return scene.application.with(Metaservices.class, metaservices -> metaservices.listMethods(call, protocol, PUBLISHED));
    }

    private Set<String> allowed(Call call) {
        Answer<List<Offered>> answer = scene.application.with(Metaservices.class, metaservices -> metaservices.allowedMethods(call, Protocol.SOAP, PUBLISHED));
        return codes(answer);
    }

    private static Set<String> codes(Answer<List<Offered>> answer) {
        return new TreeSet<>(((Answer.Disclosed<List<Offered>>) answer).value().stream().map(Offered::code).toList());
    }

    private RefusalCode refusal(String code, String version) {
        return assertThrows(Refusal.class, () -> scene.application.with(Metaservices.class, metaservices ->
                metaservices.described(scene.call("getWsdl", null), Protocol.SOAP, PUBLISHED, Optional.ofNullable(code), Optional.ofNullable(version)))).code();
    }

    @Test
    void itIsToldWhatIsCalledOverTheProtocolAndIsInTheCatalogue() {
        Answer<List<Offered>> answer = list(scene.call("listMethods", null), Protocol.SOAP);
        assertEquals(Set.of("apply", "headcount", "tpDataByINN"), codes(answer));
        assertEquals(Set.of("headcount"), codes(list(scene.call("listMethods", null), Protocol.REST)));
        assertEquals(List.of("listMethods|DISCLOSED|3"), Rows.of("select concat_ws('|', service_code, outcome, records) from consent.usage where occurrence = ?", answer.occurrence()));
    }

    @Test
    void itIsToldWhatItMayCallItself() {
        assertEquals(Set.of("apply", "headcount", "tpDataByINN"), allowed(scene.call("allowedMethods", null)));
        scene.apply(ConnectionEvent.SUSPEND);
        assertEquals(Set.of("apply"), allowed(scene.call("allowedMethods", null)), "nothing of the authority's while suspended");
    }

    @Test
    void aStrangerIsToldNothing() {
        Call call = scene.call("listMethods", null);
        Call stranger = new Call(call.client(), call.service(), call.messageId(), call.userId(), call.issue(), call.consentToken(),
                org.kopuro.exchange.Credential.signature(Scene.freshDigest(), Scene.freshDigest()), call.remoteAddress());
        Answer.Refused<?> refused = assertInstanceOf(Answer.Refused.class, list(stranger, Protocol.SOAP));
        assertEquals(IdentityRefusal.CERTIFICATE_UNKNOWN, refused.refusal().code());
    }

    @Test
    void aDescriptionIsOfAServiceAndItsVersion() {
        assertEquals(MetaserviceRefusal.SERVICE_CODE_MISSING, refusal(null, null));
        assertEquals(MetaserviceRefusal.SERVICE_CODE_MISSING, refusal(" ", null));
        assertEquals(AccessRefusal.SERVICE_UNKNOWN, refusal("noSuchService", null));
        assertEquals(AccessRefusal.SERVICE_UNKNOWN, refusal("notInTheCatalogue", null));
        assertEquals(AccessRefusal.SERVICE_UNKNOWN, refusal("listMethods", null));
        assertEquals(AccessRefusal.SERVICE_UNKNOWN, refusal("headcount", "v0"));
        Answer<Offered> answer = scene.application.with(Metaservices.class, metaservices ->
                metaservices.described(scene.call("getWsdl", null), Protocol.SOAP, PUBLISHED, Optional.of("headcount"), Optional.of("")));
        assertEquals(new Offered("headcount", "v1"), ((Answer.Disclosed<Offered>) answer).value());
    }

    /** TEST serves a version that PRODUCTION does not: it is told there, and there only. */
    @Test
    void versionsAreThoseThatTheCallersContourServes() {
        String code = "ms" + UUID.randomUUID().toString().substring(0, 8);
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'x', 'x', 'x', 'KG-147')", code);
        Rows.change("insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call) values (?, '2024-01-01', false, 'NOT_USED', true)", code);
        Contracts.serve(scene.application, code, "v2", Contour.TEST);
        List<PublishedServices> published = List.of(new Some(Protocol.SOAP, Set.of(code), Optional.empty(), false));
        Scene production = new Scene(Contour.PRODUCTION, scene.application);
        Contracts.serve(scene.application, code, "v3", Contour.TEST);
        assertEquals(List.of("v2", "v1"), versions(scene, published), "v3 is answered by another endpoint");
        assertEquals(List.of("v1"), versions(production, published));
        Answer<Offered> described = scene.application.with(Metaservices.class, metaservices ->
                metaservices.described(scene.call("getWsdl", null), Protocol.SOAP, published, Optional.of(code), Optional.empty()));
        assertEquals(new Offered(code, "v2"), ((Answer.Disclosed<Offered>) described).value(), "the newest");
        assertEquals(AccessRefusal.SERVICE_UNKNOWN, assertThrows(Refusal.class, () -> scene.application.with(Metaservices.class, metaservices ->
                metaservices.described(production.call("getWsdl", null), Protocol.SOAP, published, Optional.of(code), Optional.of("v2")))).code());
    }

    private static List<String> versions(Scene caller, List<PublishedServices> published) {
        Answer<List<Offered>> answer = caller.application.with(Metaservices.class, metaservices -> metaservices.listMethods(caller.call("listMethods", null), Protocol.SOAP, published));
        return ((Answer.Disclosed<List<Offered>>) answer).value().stream().map(Offered::version).toList();
    }

    @Test
    void whoTakesPartAreConnectedOrganisations() {
        XRoadClient subsystem = scene.client();
        XRoadClient member = new XRoadClient(subsystem.instance(), subsystem.memberClass(), subsystem.memberCode(), "");
        assertTrue(clients(scene.application).containsAll(Set.of(subsystem, member)));
        assertTrue(clients(scene.application).contains(new XRoadClient("central-server", "GOV", "70000002", "gns-service")), "ourselves");
        assertFalse(clients(new TestApplication("PRODUCTION", Scene.NOON)).contains(subsystem), "not where the other contour is served");
        assertEquals(List.of(), scene.application.with(Metaservices.class, metaservices -> metaservices.listClients(Optional.of("another"))));

        Rows.change("update participants.participant set kind = 'NATURAL_PERSON' where id = ?", scene.participant.id().value());
        assertFalse(clients(scene.application).contains(member), "a person's code is personal data");
        Rows.change("update participants.participant set kind = 'STATE_BODY' where id = ?", scene.participant.id().value());
        assertTrue(clients(scene.application).contains(member));
        scene.apply(ConnectionEvent.DISCONNECT);
        assertFalse(clients(scene.application).contains(member), "whoever was disconnected takes part no longer");
    }

    private static List<XRoadClient> clients(TestApplication application) {
        return application.with(Metaservices.class, metaservices -> metaservices.listClients(Optional.of("central-server"))).stream().map(ClientView::id).toList();
    }
}
