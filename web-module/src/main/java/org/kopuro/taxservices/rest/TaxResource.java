package org.kopuro.taxservices.rest;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Set;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.xroadrest.RestEndpoint;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.taxservices.TaxRefusal;
import org.kopuro.taxservices.TaxServices;

/** {@code /r1/…/tpDataByINN} and the others. */
@Dependent
public class TaxResource implements RestEndpoint {

    @Inject
    private TaxServices services;

    @Override
    public Set<String> serviceCodes() {
        return Set.of("tpDataByINN", "tpDataByINNforBusinessActivity", "taxpayerDataByInn", "TPpaymentDateByInn", "incomeStatement", "headcount");
    }

    @Override
    public Set<String> majorVersions() {
        return Set.of("v1");
    }

    @Override
    public String schema() {
        return "contract/tax/v1/messages.xsd";
    }

    @Override
    public int status(RefusalCode code) {
        return code == TaxRefusal.TAXPAYER_UNKNOWN ? 404 : RestEndpoint.super.status(code);
    }

    @Override
    public Answer<JsonObject> answer(Call call, JsonBody asked) {
        String inn = asked.optionalText("inn").orElse("");
        return switch (call.service().code()) {
            case "tpDataByINN" -> services.tpDataByINN(call, alone(asked, inn)).as(Told::registration);
            case "tpDataByINNforBusinessActivity" -> services.tpDataByINNforBusinessActivity(call, alone(asked, inn)).as(Told::businessActivity);
            case "taxpayerDataByInn" -> services.taxpayerDataByInn(call, alone(asked, inn)).as(debt -> Told.debtStatus(inn, debt));
            case "TPpaymentDateByInn" -> {
                Period period = period(asked, "dateFrom", "dateTo");
                yield services.tpPaymentDateByInn(call, inn, period.from(), period.to()).as(Told::taxPayments);
            }
            case "incomeStatement" -> {
                Period period = period(asked, "monthFrom", "monthTo");
                yield services.incomeStatement(call, inn, period.from(), period.to()).as(Told::incomes);
            }
            case "headcount" -> {
                Period period = period(asked, "monthFrom", "monthTo");
                yield services.headcount(call, inn, period.from(), period.to()).as(Told::headcounts);
            }
            default -> throw new IllegalStateException(call.service().code());
        };
    }

    private static String alone(JsonBody asked, String inn) {
        asked.end();
        return inn;
    }

    private static Period period(JsonBody asked, String from, String to) {
        Period period = new Period(asked.optionalText(from).orElse(""), asked.optionalText(to).orElse(""));
        asked.end();
        return period;
    }

    private record Period(String from, String to) {
    }
}
