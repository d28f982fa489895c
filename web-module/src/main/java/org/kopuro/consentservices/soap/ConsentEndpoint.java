package org.kopuro.consentservices.soap;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.jws.WebService;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.kopuro.consentservices.ConsentServices;
import org.kopuro.contract.consent.v1.ConsentV1;
import org.kopuro.contract.consent.v1.Fault;
import org.kopuro.contract.consent.v1.FindUsage;
import org.kopuro.contract.consent.v1.FindUsageResponse;
import org.kopuro.contract.consent.v1.FormFile;
import org.kopuro.contract.consent.v1.FormFileResponse;
import org.kopuro.contract.consent.v1.FormStatus;
import org.kopuro.contract.consent.v1.FormStatusResponse;
import org.kopuro.contract.consent.v1.TransferForm;
import org.kopuro.contract.consent.v1.TransferFormResponse;
import org.kopuro.contract.consent.v1.UsageReceipt;
import org.kopuro.contract.consent.v1.UsageReceiptResponse;
import org.kopuro.contract.consent.v1.WithdrawForm;
import org.kopuro.contract.consent.v1.WithdrawFormResponse;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.edge.RecordedRefusals;
import org.kopuro.exchange.soap.SoapCall;
import org.kopuro.exchange.soap.SoapEndpoint;
import org.kopuro.kernel.Input;

/** {@code /soap/consent/v1}. */
@Dependent
@WebService(endpointInterface = "org.kopuro.contract.consent.v1.ConsentV1", targetNamespace = ConsentEndpoint.NAMESPACE, serviceName = "ConsentV1Service",
        portName = "ConsentV1Port", wsdlLocation = "classpath:contract/consent/v1/consent.wsdl")
public class ConsentEndpoint implements ConsentV1, SoapEndpoint {

    static final String NAMESPACE = "urn:kopuro:consent:v1";

    @Inject
    private ConsentServices services;
    @Inject
    private RecordedRefusals refusals;

    @Override
    public String address() {
        return "/consent/v1";
    }

    @Override
    public Set<String> serviceCodes() {
        return Set.of("transferForm", "withdrawForm", "formStatus", "formFile", "findUsage", "usageReceipt");
    }

    @Override
    public Set<String> majorVersions() {
        return Set.of(ConsentServices.VERSION);
    }

    @Override
    public String namespace() {
        return NAMESPACE;
    }

    @Override
    public boolean takesAttachments() {
        return true;
    }

    @Override
    public Set<String> swaReferences() {
        return Set.of("fileReference", "signatureReference");
    }

    @Override
    public Optional<String> versionForApplicants() {
        return Optional.of(ConsentServices.VERSION);
    }

    @Override
    public TransferFormResponse transferForm(TransferForm message) {
        TransferFormResponse out = new TransferFormResponse();
        var asked = message.getRequest();
        answer(call -> services.transferForm(call, () -> Asked.form(asked), Asked.octets(asked.getFile(), asked.getFileReference(), "fileReference"),
                        Asked.octets(asked.getSignature(), asked.getSignatureReference(), "signatureReference")),
                told -> out.setResponse(Contract.result(told)), out::setFault);
        return out;
    }

    @Override
    public WithdrawFormResponse withdrawForm(WithdrawForm message) {
        WithdrawFormResponse out = new WithdrawFormResponse();
        var asked = message.getRequest();
        answer(call -> services.withdrawForm(call, asked::getNumber, () -> Input.instant(asked.getWithdrawnAt(), "withdrawnAt")), told -> out.setResponse(Contract.standing(told)), out::setFault);
        return out;
    }

    @Override
    public FormStatusResponse formStatus(FormStatus message) {
        FormStatusResponse out = new FormStatusResponse();
        var asked = message.getRequest();
        answer(call -> services.formStatus(call, asked::getNumber), told -> out.setResponse(Contract.standing(told)), out::setFault);
        return out;
    }

    @Override
    public FindUsageResponse findUsage(FindUsage message) {
        FindUsageResponse out = new FindUsageResponse();
        var asked = message.getRequest();
        answer(call -> services.findUsage(call, () -> Asked.usage(asked)), told -> out.setResponse(Contract.usages(told)), out::setFault);
        return out;
    }

    @Override
    public UsageReceiptResponse usageReceipt(UsageReceipt message) {
        UsageReceiptResponse out = new UsageReceiptResponse();
        var asked = message.getRequest();
        answer(call -> services.usageReceipt(call, () -> Input.uuid(asked.getLedgerEntry(), "ledgerEntry")), told -> out.setResponse(Contract.receipt(told)), out::setFault);
        return out;
    }

    @Override
    public FormFileResponse formFile(FormFile message) {
        FormFileResponse out = new FormFileResponse();
        var asked = message.getRequest();
        answer(call -> services.formFile(call, asked::getNumber, () -> Input.oneOf(ConsentServices.Part.class, asked.getWhat(), "what"), SoapCall::closeWhenAnswered),
                told -> out.setResponse(Contract.file(told, SoapCall.isMtom())), out::setFault);
        return out;
    }

    private <T> void answer(Function<Call, Answer<T>> work, Consumer<T> response, Consumer<Fault> fault) {
        Call call = SoapCall.current();
        Reply.to(refusals.of(call, () -> work.apply(call)), response, fault);
    }
}
