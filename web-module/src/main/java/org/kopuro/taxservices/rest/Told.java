package org.kopuro.taxservices.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import org.kopuro.exchange.Asked;
import org.kopuro.registers.DebtView;
import org.kopuro.registers.MonthlyHeadcountView;
import org.kopuro.registers.MonthlyIncomeView;
import org.kopuro.registers.PaymentView;
import org.kopuro.registers.TaxpayerView;
import org.kopuro.taxservices.TaxServices.InPeriod;

/** Views of the registers as JSON. */
final class Told {

    private static final String SOM = "KGS";

    private Told() {
    }

    static JsonObject registration(TaxpayerView taxpayer) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("inn", taxpayer.inn().digits()).add("kind", taxpayer.kind().name()).add("FullName", taxpayer.fullName())
                .add("RayonCode", taxpayer.districtCode());
        add(out, "ZIP", taxpayer.postcode());
        add(out, "FullAddress", taxpayer.address());
        add(out, "activityCode", taxpayer.activityCode());
        out.add("registeredOn", taxpayer.registeredOn().toString());
        add(out, "endedOn", taxpayer.endedOn());
        return out.build();
    }

    static JsonObject businessActivity(TaxpayerView taxpayer) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("inn", taxpayer.inn().digits()).add("RayonCode", taxpayer.districtCode()).add("FullName", taxpayer.fullName());
        add(out, "ZIP", taxpayer.postcode());
        add(out, "FullAddress", taxpayer.address());
        return out.build();
    }

    static JsonObject debtStatus(String inn, DebtView debt) {
        return Json.createObjectBuilder().add("inn", inn.strip()).add("hasDebt", debt.hasDebt()).add("asOf", debt.asOf().orElseThrow().toString()).build();
    }

    static JsonObject taxPayments(InPeriod<PaymentView> payments) {
        Asked.Period period = payments.asked().period().orElseThrow();
        JsonArrayBuilder rows = Json.createArrayBuilder();
        payments.rows().forEach(payment -> rows.add(Json.createObjectBuilder().add("date", payment.paidOn().toString()).add("taxCode", payment.taxCode())
                .add("amount", payment.amount().toDecimal())));
        return Json.createObjectBuilder().add("inn", payments.asked().inn().digits()).add("dateFrom", period.from().toString()).add("dateTo", period.to().toString())
                .add("currency", SOM).add("payment", rows).build();
    }

    static JsonObject incomes(InPeriod<MonthlyIncomeView> incomes) {
        JsonArrayBuilder rows = Json.createArrayBuilder();
        for (MonthlyIncomeView income : incomes.rows()) {
            JsonObjectBuilder row = Json.createObjectBuilder().add("yearMonth", income.month().toString());
            income.employer().ifPresent(employer -> row.add("employerInn", employer.digits()));
            rows.add(row.add("amount", income.amount().toDecimal()));
        }
        return Json.createObjectBuilder().add("inn", incomes.asked().inn().digits()).add("currency", SOM).add("month", rows).build();
    }

    static JsonObject headcounts(InPeriod<MonthlyHeadcountView> headcounts) {
        JsonArrayBuilder rows = Json.createArrayBuilder();
        headcounts.rows().forEach(headcount -> rows.add(Json.createObjectBuilder().add("yearMonth", headcount.month().toString())
                .add("insuredPersons", headcount.insuredPersons())));
        return Json.createObjectBuilder().add("inn", headcounts.asked().inn().digits()).add("month", rows).build();
    }

    /** What the register does not have is not there. */
    private static void add(JsonObjectBuilder out, String name, Object value) {
        Optional.ofNullable(value).ifPresent(known -> out.add(name, known.toString()));
    }
}
