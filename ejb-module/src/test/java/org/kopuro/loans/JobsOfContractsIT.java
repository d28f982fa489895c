package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kopuro.loans.headcount.JobsLost;
import org.kopuro.loans.headcount.KeptJobs;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.registers.payroll.PayrollRows;
import org.kopuro.testing.Rows;

/** Banks and regulators see which borrowers no longer keep the jobs of their contracts (LOAN-78, LOAN-136). */
class JobsOfContractsIT {

    private final LoanScene scene = new LoanScene("FLAG");

    @Test
    void aBorrowerBelowTheThresholdIsListedForItsBankAndTheRegulatorAndNobodyElse() {
        Rows.change("""
                insert into loans.rule_set (programme, stage, version, issued_from, keep_percent, source, reason, proposed_at, outcome, decided_at)
                values (?, 0, 2, date '2020-01-01', 90, 'a test', 'x', now(), 'APPROVED', now())""", scene.programme);
        LoanView nine = contract(37, 33);
        contract(37, 34);
        JobsLost lost = new JobsLost(nine.loan().id(), YearMonth.of(2025, 12), 33, RuleSet.Metric.TRIPLE_WITH_GPC, new KeptJobs(37, 34), Optional.empty());
        assertEquals(new JobAlerts.Page(List.of(lost), 2, Optional.empty()), alerts(scene.viewer()));
        assertEquals(List.of(lost), alerts(scene.watching()).lost());
        assertEquals(List.of(), alerts(scene.anotherBank().viewer()).lost());
        Viewer stranger = Viewer.regulator(Set.of("1528"), scene.contour, scene.watching().actor());
        assertEquals(List.of(), alerts(stranger).lost().stream().filter(one -> one.loan().equals(nine.loan().id())).toList());
    }

    private LoanView contract(int fixed, int workers) {
        String inn = scene.aBorrower();
        Map<LoanField, Object> contract = new EnumMap<>(LoanScene.contract());
        contract.put(LoanField.CONTRACT_HEADCOUNT, fixed);
        LoanView contracted = scene.apply(scene.apply(scene.form(scene.application(inn)), LoanEvent.APPROVE, LoanScene.approval()), LoanEvent.CONTRACT, contract);
        PayrollRows.aReport(scene.contour, inn, YearMonth.of(2025, 12)).workers(YearMonth.of(2025, 12), workers).stored();
        return contracted;
    }

    private JobAlerts.Page alerts(Viewer viewer) {
        return scene.application.with(JobAlerts.class, alerts -> alerts.lost(viewer, Optional.empty()));
    }
}
