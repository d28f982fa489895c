package org.kopuro.accessservices.soap;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.jws.WebService;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.kopuro.accessservices.AccessServices;
import org.kopuro.contract.access.v1.AccessV1;
import org.kopuro.contract.access.v1.Apply;
import org.kopuro.contract.access.v1.ApplyResponse;
import org.kopuro.contract.access.v1.ConnectionStatus;
import org.kopuro.contract.access.v1.ConnectionStatusResponse;
import org.kopuro.contract.access.v1.Disconnect;
import org.kopuro.contract.access.v1.DisconnectResponse;
import org.kopuro.contract.access.v1.EndOutage;
import org.kopuro.contract.access.v1.EndOutageResponse;
import org.kopuro.contract.access.v1.Fault;
import org.kopuro.contract.access.v1.ListRequests;
import org.kopuro.contract.access.v1.ListRequestsResponse;
import org.kopuro.contract.access.v1.ListServices;
import org.kopuro.contract.access.v1.ListServicesResponse;
import org.kopuro.contract.access.v1.MarkNoticesRead;
import org.kopuro.contract.access.v1.MarkNoticesReadResponse;
import org.kopuro.contract.access.v1.Notices;
import org.kopuro.contract.access.v1.NoticesResponse;
import org.kopuro.contract.access.v1.ReportChange;
import org.kopuro.contract.access.v1.ReportChangeResponse;
import org.kopuro.contract.access.v1.ReportOutage;
import org.kopuro.contract.access.v1.ReportOutageResponse;
import org.kopuro.contract.access.v1.RequestProduction;
import org.kopuro.contract.access.v1.RequestProductionResponse;
import org.kopuro.contract.access.v1.RequestStatus;
import org.kopuro.contract.access.v1.RequestStatusResponse;
import org.kopuro.contract.access.v1.RetractRequest;
import org.kopuro.contract.access.v1.RetractRequestResponse;
import org.kopuro.contract.access.v1.SubmitTestReport;
import org.kopuro.contract.access.v1.SubmitTestReportResponse;
import org.kopuro.contract.access.v1.SupplyInformation;
import org.kopuro.contract.access.v1.SupplyInformationResponse;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.edge.RecordedRefusals;
import org.kopuro.exchange.soap.SoapCall;
import org.kopuro.exchange.soap.SoapEndpoint;
import org.kopuro.kernel.Input;

/** {@code /soap/access/v1}. */
@Dependent
@WebService(endpointInterface = "org.kopuro.contract.access.v1.AccessV1", targetNamespace = AccessEndpoint.NAMESPACE, serviceName = "AccessV1Service",
        portName = "AccessV1Port", wsdlLocation = "classpath:contract/access/v1/access.wsdl")
public class AccessEndpoint implements AccessV1, SoapEndpoint {

    static final String NAMESPACE = "urn:kopuro:access:v1";
    /** A conformance report of 1 MiB in base 64 with line breaks, and what stands around it. */
    private static final int DOCUMENT_OCTETS_MAX = 1536 * 1024;
    private static final int PAGE = 50;

    @Inject
    private AccessServices services;
    @Inject
    private RecordedRefusals refusals;

    @Override
    public String address() {
        return "/access/v1";
    }

    @Override
    public Set<String> serviceCodes() {
        return Set.of("apply", "requestProduction", "submitTestReport", "disconnect", "requestStatus", "listRequests", "supplyInformation", "retractRequest",
                "reportChange", "reportOutage", "endOutage", "listServices", "notices", "markNoticesRead", "connectionStatus");
    }

    @Override
    public Set<String> majorVersions() {
        return Set.of(AccessServices.VERSION);
    }

    @Override
    public String namespace() {
        return NAMESPACE;
    }

    @Override
    public int documentOctetsMax() {
        return DOCUMENT_OCTETS_MAX;
    }

    @Override
    public Optional<String> versionForApplicants() {
        return Optional.of(AccessServices.VERSION);
    }

    @Override
    public ApplyResponse apply(Apply message) {
        ApplyResponse out = new ApplyResponse();
        var asked = message.getRequest();
        answer(call -> services.apply(call, () -> Asked.application(asked)), told -> out.setResponse(Contract.standing(told)), out::setFault);
        return out;
    }

    @Override
    public RequestProductionResponse requestProduction(RequestProduction message) {
        RequestProductionResponse out = new RequestProductionResponse();
        var asked = message.getRequest();
        answer(call -> services.requestProduction(call, () -> Asked.application(asked)), told -> out.setResponse(Contract.standing(told)), out::setFault);
        return out;
    }

    @Override
    public SubmitTestReportResponse submitTestReport(SubmitTestReport message) {
        SubmitTestReportResponse out = new SubmitTestReportResponse();
        var asked = message.getRequest();
        answer(call -> services.submitTestReport(call, () -> Asked.application(asked), asked.getReport()), told -> out.setResponse(Contract.standing(told)), out::setFault);
        return out;
    }

    @Override
    public DisconnectResponse disconnect(Disconnect message) {
        DisconnectResponse out = new DisconnectResponse();
        var asked = message.getRequest();
        answer(call -> services.apply(call, () -> Asked.application(asked)), told -> out.setResponse(Contract.standing(told)), out::setFault);
        return out;
    }

    @Override
    public RequestStatusResponse requestStatus(RequestStatus message) {
        RequestStatusResponse out = new RequestStatusResponse();
        var asked = message.getRequest();
        answer(call -> services.requestStatus(call, () -> Asked.request(asked.getId())), told -> out.setResponse(Contract.standing(told)), out::setFault);
        return out;
    }

    @Override
    public ListRequestsResponse listRequests(ListRequests message) {
        ListRequestsResponse out = new ListRequestsResponse();
        var asked = message.getRequest();
        answer(call -> services.listRequests(call, Optional.ofNullable(asked.getBefore()), limit(asked.getLimit())), told -> out.setResponse(Contract.page(told)), out::setFault);
        return out;
    }

    @Override
    public SupplyInformationResponse supplyInformation(SupplyInformation message) {
        SupplyInformationResponse out = new SupplyInformationResponse();
        var asked = message.getRequest();
        answer(call -> services.supplyInformation(call, () -> Asked.request(asked.getId()), asked.getAnswers()), told -> out.setResponse(Contract.standing(told)), out::setFault);
        return out;
    }

    @Override
    public RetractRequestResponse retractRequest(RetractRequest message) {
        RetractRequestResponse out = new RetractRequestResponse();
        var asked = message.getRequest();
        answer(call -> services.retractRequest(call, () -> Asked.request(asked.getId())), told -> out.setResponse(Contract.standing(told)), out::setFault);
        return out;
    }

    @Override
    public ReportChangeResponse reportChange(ReportChange message) {
        ReportChangeResponse out = new ReportChangeResponse();
        var asked = message.getRequest();
        answer(call -> services.report(call, () -> Asked.news(asked)), told -> out.setResponse(Contract.report(told)), out::setFault);
        return out;
    }

    @Override
    public ReportOutageResponse reportOutage(ReportOutage message) {
        ReportOutageResponse out = new ReportOutageResponse();
        var asked = message.getRequest();
        answer(call -> services.report(call, () -> Asked.news(asked)), told -> out.setResponse(Contract.report(told)), out::setFault);
        return out;
    }

    @Override
    public EndOutageResponse endOutage(EndOutage message) {
        EndOutageResponse out = new EndOutageResponse();
        var asked = message.getRequest();
        answer(call -> services.endOutage(call, () -> Asked.report(asked.getId()), () -> Input.instant(asked.getEnd(), "end")), told -> out.setResponse(Contract.report(told)), out::setFault);
        return out;
    }

    @Override
    public ListServicesResponse listServices(ListServices message) {
        ListServicesResponse out = new ListServicesResponse();
        answer(call -> services.listServices(call), told -> out.setResponse(Contract.services(told)), out::setFault);
        return out;
    }

    @Override
    public NoticesResponse notices(Notices message) {
        NoticesResponse out = new NoticesResponse();
        var asked = message.getRequest();
        answer(call -> services.notices(call, limit(asked.getLimit())), told -> out.setResponse(Contract.notices(told)), out::setFault);
        return out;
    }

    @Override
    public MarkNoticesReadResponse markNoticesRead(MarkNoticesRead message) {
        MarkNoticesReadResponse out = new MarkNoticesReadResponse();
        var asked = message.getRequest();
        answer(call -> services.markNoticesRead(call, () -> Asked.notices(asked)), told -> out.setResponse(Contract.read(told)), out::setFault);
        return out;
    }

    @Override
    public ConnectionStatusResponse connectionStatus(ConnectionStatus message) {
        ConnectionStatusResponse out = new ConnectionStatusResponse();
        answer(call -> services.connectionStatus(call), told -> out.setResponse(Contract.standing(told)), out::setFault);
        return out;
    }

    private <T> void answer(Function<Call, Answer<T>> work, Consumer<T> response, Consumer<Fault> fault) {
        Call call = SoapCall.current();
        Reply.to(refusals.of(call, () -> work.apply(call)), response, fault);
    }

    private static int limit(Integer asked) {
        return asked == null ? PAGE : asked;
    }
}
