package org.kopuro.exchange.soap;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.jws.WebService;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.edge.RecordedRefusals;
import org.kopuro.exchange.metaservices.Metaservices;
import org.kopuro.exchange.metaservices.Offered;
import org.kopuro.exchange.metaservices.OperationalData;
import org.kopuro.exchange.metaservices.OperationalMetaservices;
import org.kopuro.exchange.metaservices.Protocol;
import org.kopuro.exchange.metaservices.PublishedServices;
import org.kopuro.exchange.operations.ServiceHealth;
import org.kopuro.installation.Installation;
import org.w3c.dom.Element;

/**
 * {@code /soap/meta/v1}: X-Road's metaservices, and its operational monitoring. Their messages are X-Road's and have two elements; they are written as a tree, without a binding. Every refusal
 * is a SOAP Fault, as a Security Server's is.
 */
@Dependent
class MetaserviceEndpoint implements SoapEndpoint {

    @Inject
    @Any
    private Instance<PublishedServices> published;
    @Inject
    private Metaservices metaservices;
    @Inject
    private OperationalMetaservices operational;
    @Inject
    private RecordedRefusals refusals;
    @Inject
    private Answers answers;
    @Inject
    private FaultDesk faults;
    @Inject
    private Installation installation;
    private List<PublishedServices> all;

    @Override
    public String address() {
        return "/meta/v1";
    }

    @Override
    public String namespace() {
        return Namespaces.XROAD;
    }

    @Override
    public String namespace(String serviceCode) {
        return serviceCode.equals(OperationalMessages.DATA) || serviceCode.equals(OperationalMessages.HEALTH) ? Namespaces.OPERATIONAL_MONITORING : namespace();
    }

    @Override
    public Set<String> serviceCodes() {
        return Set.of("listMethods", "allowedMethods", "getWsdl", OperationalMessages.DATA, OperationalMessages.HEALTH);
    }

    @Override
    public Set<String> majorVersions() {
        return Set.of(Metaservices.VERSION);
    }

    @Override
    public Optional<String> versionForApplicants() {
        return Optional.of(Metaservices.VERSION);
    }

    @Override
    public boolean metaservices() {
        return true;
    }

    /** Answers a call that the door let in. */
    void answer(SoapCall soapCall, HttpServletResponse response) throws IOException {
        List<PublishedServices> all = all();
        String code = soapCall.message().orElseThrow().header().service().code();
        switch (code) {
            case "listMethods" -> list(soapCall, response, code, call -> metaservices.listMethods(call, Protocol.SOAP, all));
            case "allowedMethods" -> list(soapCall, response, code, call -> metaservices.allowedMethods(call, Protocol.SOAP, all));
            case OperationalMessages.DATA -> tellRecords(soapCall, response);
            case OperationalMessages.HEALTH -> tellHealth(soapCall, response);
            default -> describe(soapCall, response);
        }
    }

    /** Asked for once, and not at the start: this endpoint is one of them. */
    private synchronized List<PublishedServices> all() {
        if (all == null) {
            all = published.stream().toList();
        }
        return all;
    }

    private void list(SoapCall soapCall, HttpServletResponse response, String code, Function<Call, Answer<List<Offered>>> work) throws IOException {
        Optional<List<Offered>> told = settled(soapCall, response, work);
        if (told.isEmpty()) {
            return;
        }
        Element list = payload(code + "Response");
        Dom.declare(list, "id", Namespaces.IDENTIFIERS);
        for (Offered service : told.get()) {
            Element element = Dom.append(list, Namespaces.XROAD, "xrd:service");
            element.setAttributeNS(Namespaces.IDENTIFIERS, "id:objectType", "SERVICE");
            Dom.append(element, Namespaces.IDENTIFIERS, "id:xRoadInstance", installation.instance());
            Dom.append(element, Namespaces.IDENTIFIERS, "id:memberClass", installation.memberClass());
            Dom.append(element, Namespaces.IDENTIFIERS, "id:memberCode", installation.memberCode());
            Dom.append(element, Namespaces.IDENTIFIERS, "id:subsystemCode", installation.subsystemCode());
            Dom.append(element, Namespaces.IDENTIFIERS, "id:serviceCode", service.code());
            Dom.append(element, Namespaces.IDENTIFIERS, "id:serviceVersion", service.version());
        }
        answers.answer(list.getOwnerDocument(), soapCall, List.of(), response, response::setContentType, response::getOutputStream);
    }

    private void describe(SoapCall soapCall, HttpServletResponse response) throws IOException {
        List<PublishedServices> all = all();
        Element asked = soapCall.message().orElseThrow().payload();
        Optional<Offered> told = settled(soapCall, response,
                call -> metaservices.described(call, Protocol.SOAP, all, text(asked, "serviceCode"), text(asked, "serviceVersion")));
        if (told.isEmpty()) {
            return;
        }
        Offered service = told.get();
        Element described = payload("getWsdlResponse");
        Dom.append(described, Namespaces.XROAD, "xrd:serviceCode", service.code());
        Dom.append(described, Namespaces.XROAD, "xrd:serviceVersion", service.version());
        SoapEndpoint endpoint = all.stream().filter(SoapEndpoint.class::isInstance).map(SoapEndpoint.class::cast)
                .filter(each -> each.serviceCodes().contains(service.code())).findFirst().orElseThrow();
        byte[] contract = WholeContract.of(endpoint.getClass().getAnnotation(WebService.class).wsdlLocation(), installation.publicAddress() + "/soap" + endpoint.address());
        answerBeside(soapCall, response, described, "file", Answers.CONTENT_TYPE, contract);
    }

    private void tellRecords(SoapCall soapCall, HttpServletResponse response) throws IOException {
        Element asked = soapCall.message().orElseThrow().payload();
        Optional<OperationalData> told = settled(soapCall, response, call -> operational.operationalData(call, () -> OperationalMessages.criteria(asked)));
        if (told.isPresent()) {
            answerBeside(soapCall, response, OperationalMessages.answer(told.get()), OperationalMessages.RECORDS_ID, OperationalMessages.RECORDS_TYPE, told.get().gzip());
        }
    }

    private void answerBeside(SoapCall soapCall, HttpServletResponse response, Element message, String id, String type, byte[] file) throws IOException {
        answers.answer(message.getOwnerDocument(), soapCall, List.of(new Answers.Beside(id, AnswerFile.of(type, file))), response, response::setContentType, response::getOutputStream);
    }

    private void tellHealth(SoapCall soapCall, HttpServletResponse response) throws IOException {
        Element asked = soapCall.message().orElseThrow().payload();
        Optional<List<ServiceHealth>> told = settled(soapCall, response, call -> operational.health(call, () -> OperationalMessages.provider(asked)));
        if (told.isPresent()) {
            answers.answer(OperationalMessages.answer(told.get(), installation).getOwnerDocument(), soapCall, List.of(), response, response::setContentType, response::getOutputStream);
        }
    }

    /** What there is to tell; empty where a refusal has been told instead. */
    private <T> Optional<T> settled(SoapCall soapCall, HttpServletResponse response, Function<Call, Answer<T>> work) throws IOException {
        Call call = soapCall.call().orElseThrow();
        Answer<T> answer = refusals.of(call, () -> work.apply(call));
        soapCall.settled(answer);
        if (answer instanceof Answer.Refused<T> refused) {
            faults.refuse(response, soapCall, refused);
            return Optional.empty();
        }
        return Optional.of(((Answer.Disclosed<T>) answer).value());
    }

    private static Element payload(String name) {
        Element payload = Dom.append(Answers.emptyBody(), Namespaces.XROAD, "xrd:" + name);
        Dom.declare(payload, "xrd", Namespaces.XROAD);
        return payload;
    }

    private static Optional<String> text(Element parent, String name) {
        return Dom.children(parent, Namespaces.XROAD, name).stream().findFirst().map(element -> element.getTextContent().strip());
    }
}
