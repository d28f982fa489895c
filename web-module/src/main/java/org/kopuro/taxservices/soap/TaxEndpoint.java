package org.kopuro.taxservices.soap;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.jws.WebService;
import java.util.Set;
import org.kopuro.contract.tax.v1.Headcount;
import org.kopuro.contract.tax.v1.HeadcountResponse;
import org.kopuro.contract.tax.v1.IncomeStatement;
import org.kopuro.contract.tax.v1.IncomeStatementResponse;
import org.kopuro.contract.tax.v1.TPpaymentDateByInn;
import org.kopuro.contract.tax.v1.TPpaymentDateByInnResponse;
import org.kopuro.contract.tax.v1.TaxV1;
import org.kopuro.contract.tax.v1.TaxpayerDataByInn;
import org.kopuro.contract.tax.v1.TaxpayerDataByInnResponse;
import org.kopuro.contract.tax.v1.TpDataByINN;
import org.kopuro.contract.tax.v1.TpDataByINNResponse;
import org.kopuro.contract.tax.v1.TpDataByINNforBusinessActivity;
import org.kopuro.contract.tax.v1.TpDataByINNforBusinessActivityResponse;
import org.kopuro.exchange.soap.SoapCall;
import org.kopuro.exchange.soap.SoapEndpoint;
import org.kopuro.taxservices.TaxRefusal;
import org.kopuro.taxservices.TaxServices;

/** {@code /soap/tax/v1}. */
@Dependent
@WebService(endpointInterface = "org.kopuro.contract.tax.v1.TaxV1", targetNamespace = TaxEndpoint.NAMESPACE, serviceName = "TaxV1Service",
        portName = "TaxV1Port", wsdlLocation = "classpath:contract/tax/v1/tax.wsdl")
public class TaxEndpoint implements TaxV1, SoapEndpoint {

    static final String NAMESPACE = "http://gns-security-server.x-road.fi/producer";

    @Inject
    private TaxServices services;

    @Override
    public String address() {
        return "/tax/v1";
    }

    @Override
    public Set<String> serviceCodes() {
        return Set.of("tpDataByINN", "tpDataByINNforBusinessActivity", "taxpayerDataByInn", "TPpaymentDateByInn", "incomeStatement", "headcount");
    }

    @Override
    public Set<String> majorVersions() {
        return Set.of("v1");
    }

    @Override
    public String namespace() {
        return NAMESPACE;
    }

    @Override
    public TpDataByINNResponse tpDataByINN(TpDataByINN message) {
        TpDataByINNResponse out = new TpDataByINNResponse();
        Reply.to(services.tpDataByINN(SoapCall.current(), message.getRequest().getInn()),
                taxpayer -> out.setResponse(Contract.registration(taxpayer)), out::setFault);
        return out;
    }

    @Override
    public TpDataByINNforBusinessActivityResponse tpDataByINNforBusinessActivity(TpDataByINNforBusinessActivity message) {
        TpDataByINNforBusinessActivityResponse out = new TpDataByINNforBusinessActivityResponse();
        Reply.to(services.tpDataByINNforBusinessActivity(SoapCall.current(), message.getRequest().getInn()),
                taxpayer -> out.setResponse(Contract.businessActivity(taxpayer)), fault -> {
                    out.setFault(fault);
                    if (fault.getFaultCode().equals(TaxRefusal.TAXPAYER_UNKNOWN.name())) {
                        // Clients of the tax service's own contract look for an empty inn.
                        out.setResponse(Contract.noBusinessActivity());
                    }
                });
        return out;
    }

    @Override
    public TaxpayerDataByInnResponse taxpayerDataByInn(TaxpayerDataByInn message) {
        TaxpayerDataByInnResponse out = new TaxpayerDataByInnResponse();
        String inn = message.getRequest().getInn();
        Reply.to(services.taxpayerDataByInn(SoapCall.current(), inn), debt -> out.setResponse(Contract.debtStatus(inn, debt)), out::setFault);
        return out;
    }

    @Override
    public TPpaymentDateByInnResponse tPpaymentDateByInn(TPpaymentDateByInn message) {
        TPpaymentDateByInnResponse out = new TPpaymentDateByInnResponse();
        var request = message.getRequest();
        Reply.to(services.tpPaymentDateByInn(SoapCall.current(), request.getInn(), request.getDateFrom(), request.getDateTo()),
                payments -> out.setResponse(Contract.taxPayments(payments)), out::setFault);
        return out;
    }

    @Override
    public IncomeStatementResponse incomeStatement(IncomeStatement message) {
        IncomeStatementResponse out = new IncomeStatementResponse();
        var request = message.getRequest();
        Reply.to(services.incomeStatement(SoapCall.current(), request.getInn(), request.getMonthFrom(), request.getMonthTo()),
                incomes -> out.setResponse(Contract.incomes(incomes)), out::setFault);
        return out;
    }

    @Override
    public HeadcountResponse headcount(Headcount message) {
        HeadcountResponse out = new HeadcountResponse();
        var request = message.getRequest();
        Reply.to(services.headcount(SoapCall.current(), request.getInn(), request.getMonthFrom(), request.getMonthTo()),
                headcounts -> out.setResponse(Contract.headcounts(headcounts)), out::setFault);
        return out;
    }
}
