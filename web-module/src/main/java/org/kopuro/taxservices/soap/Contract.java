package org.kopuro.taxservices.soap;

import java.math.BigInteger;
import org.kopuro.contract.tax.v1.BusinessActivity;
import org.kopuro.contract.tax.v1.DebtStatus;
import org.kopuro.contract.tax.v1.HeadcountByMonth;
import org.kopuro.contract.tax.v1.IncomeByMonth;
import org.kopuro.contract.tax.v1.MonthlyHeadcount;
import org.kopuro.contract.tax.v1.MonthlyIncome;
import org.kopuro.contract.tax.v1.Registration;
import org.kopuro.contract.tax.v1.TaxPayment;
import org.kopuro.contract.tax.v1.TaxPayments;
import org.kopuro.contract.tax.v1.TaxpayerKind;
import org.kopuro.exchange.Asked;
import org.kopuro.exchange.soap.ContractTime;
import org.kopuro.kernel.Inn;
import org.kopuro.registers.DebtView;
import org.kopuro.registers.MonthlyHeadcountView;
import org.kopuro.registers.MonthlyIncomeView;
import org.kopuro.registers.PaymentView;
import org.kopuro.registers.TaxpayerView;
import org.kopuro.taxservices.TaxServices.InPeriod;

/** Views of the registers as types of the contract. */
final class Contract {

    private static final String SOM = "KGS";

    private Contract() {
    }

    static Registration registration(TaxpayerView taxpayer) {
        Registration out = new Registration();
        out.setInn(taxpayer.inn().digits());
        out.setKind(TaxpayerKind.valueOf(taxpayer.kind().name()));
        out.setFullName(taxpayer.fullName());
        out.setRayonCode(taxpayer.districtCode());
        out.setZIP(taxpayer.postcode());
        out.setFullAddress(taxpayer.address());
        out.setActivityCode(taxpayer.activityCode());
        out.setRegisteredOn(ContractTime.day(taxpayer.registeredOn()));
        out.setEndedOn(taxpayer.endedOn() == null ? null : ContractTime.day(taxpayer.endedOn()));
        return out;
    }

    static BusinessActivity businessActivity(TaxpayerView taxpayer) {
        BusinessActivity out = new BusinessActivity();
        out.setInn(taxpayer.inn().digits());
        out.setRayonCode(taxpayer.districtCode());
        out.setFullName(taxpayer.fullName());
        out.setZIP(taxpayer.postcode());
        out.setFullAddress(taxpayer.address());
        return out;
    }

    static BusinessActivity noBusinessActivity() {
        BusinessActivity out = new BusinessActivity();
        out.setInn("");
        return out;
    }

    static DebtStatus debtStatus(String inn, DebtView debt) {
        DebtStatus out = new DebtStatus();
        out.setInn(inn.strip());
        out.setHasDebt(debt.hasDebt());
        out.setAsOf(ContractTime.day(debt.asOf().orElseThrow()));
        return out;
    }

    static TaxPayments taxPayments(InPeriod<PaymentView> payments) {
        Asked.Period period = payments.asked().period().orElseThrow();
        TaxPayments out = new TaxPayments();
        out.setInn(payments.asked().inn().digits());
        out.setDateFrom(ContractTime.day(period.from()));
        out.setDateTo(ContractTime.day(period.to()));
        out.setCurrency(SOM);
        for (PaymentView payment : payments.rows()) {
            TaxPayment row = new TaxPayment();
            row.setDate(ContractTime.day(payment.paidOn()));
            row.setTaxCode(payment.taxCode());
            row.setAmount(payment.amount().toDecimal());
            out.getPayment().add(row);
        }
        return out;
    }

    static IncomeByMonth incomes(InPeriod<MonthlyIncomeView> incomes) {
        IncomeByMonth out = new IncomeByMonth();
        out.setInn(incomes.asked().inn().digits());
        out.setCurrency(SOM);
        for (MonthlyIncomeView income : incomes.rows()) {
            MonthlyIncome row = new MonthlyIncome();
            row.setYearMonth(income.month().toString());
            row.setEmployerInn(income.employer().map(Inn::digits).orElse(null));
            row.setAmount(income.amount().toDecimal());
            out.getMonth().add(row);
        }
        return out;
    }

    static HeadcountByMonth headcounts(InPeriod<MonthlyHeadcountView> headcounts) {
        HeadcountByMonth out = new HeadcountByMonth();
        out.setInn(headcounts.asked().inn().digits());
        for (MonthlyHeadcountView headcount : headcounts.rows()) {
            MonthlyHeadcount row = new MonthlyHeadcount();
            row.setYearMonth(headcount.month().toString());
            row.setInsuredPersons(BigInteger.valueOf(headcount.insuredPersons()));
            out.getMonth().add(row);
        }
        return out;
    }
}
