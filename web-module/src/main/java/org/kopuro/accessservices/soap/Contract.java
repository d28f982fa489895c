package org.kopuro.accessservices.soap;

import java.util.List;
import java.util.Map;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.duties.ReportView;
import org.kopuro.access.requests.Cause;
import org.kopuro.access.requests.CauseAnswer;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.ServiceWish;
import org.kopuro.access.requests.SubsystemWish;
import org.kopuro.accessservices.CatalogueOffer;
import org.kopuro.accessservices.Standing;
import org.kopuro.contract.access.v1.AgreementEntry;
import org.kopuro.contract.access.v1.AnswerToCause;
import org.kopuro.contract.access.v1.CatalogueEntry;
import org.kopuro.contract.access.v1.CatalogueList;
import org.kopuro.contract.access.v1.ChecklistGap;
import org.kopuro.contract.access.v1.ConnectionEntry;
import org.kopuro.contract.access.v1.FiledReport;
import org.kopuro.contract.access.v1.FiledRequest;
import org.kopuro.contract.access.v1.FiledService;
import org.kopuro.contract.access.v1.NoticeList;
import org.kopuro.contract.access.v1.NoticesRead;
import org.kopuro.contract.access.v1.ParticipantParticulars;
import org.kopuro.contract.access.v1.ParticipantStanding;
import org.kopuro.contract.access.v1.RefusalCause;
import org.kopuro.contract.access.v1.RequestPage;
import org.kopuro.contract.access.v1.RequestStanding;
import org.kopuro.contract.access.v1.Title;
import org.kopuro.contract.access.v1.UnreadNotice;
import org.kopuro.contract.access.v1.WantedSubsystem;
import org.kopuro.exchange.soap.ContractTime;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NoticeView;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;
import org.kopuro.participants.SubsystemId;

/** What the facade tells as types of the contract. */
final class Contract {

    private Contract() {
    }

    static RequestStanding standing(org.kopuro.accessservices.RequestStanding standing) {
        RequestStanding out = new RequestStanding();
        out.setRequest(request(standing.request(), standing.subsystems()));
        standing.gaps().forEach(gap -> {
            ChecklistGap row = new ChecklistGap();
            row.setCode(gap.code());
            row.setText(gap.text());
            row.setSource(gap.source());
            out.getGap().add(row);
        });
        standing.lacking().forEach(lack -> {
            RefusalCause row = new RefusalCause();
            row.setCode(lack.code());
            row.setText(lack.text());
            out.getLacking().add(row);
        });
        standing.questions().ifPresent(out::setQuestions);
        standing.deadline().map(ContractTime::moment).ifPresent(out::setDeadline);
        return out;
    }

    static RequestPage page(org.kopuro.accessservices.RequestPage page) {
        RequestPage out = new RequestPage();
        page.requests().forEach(request -> out.getRequest().add(request(request, page.subsystems())));
        return out;
    }

    private static FiledRequest request(RequestView request, Map<SubsystemId, String> subsystems) {
        FiledRequest out = new FiledRequest();
        out.setId(request.id().value().toString());
        out.setNumber(request.number());
        out.setKind(request.kind().name());
        out.setContour(request.contour().name());
        out.setProcedure(request.procedure());
        out.setVersion(request.version());
        out.setState(request.state().name());
        out.setSince(ContractTime.moment(request.since()));
        out.setReceivedAt(ContractTime.moment(request.receivedAt()));
        out.setAnswerEmail(request.answerEmail());
        request.desiredDay().map(ContractTime::day).ifPresent(out::setDesiredDay);
        request.previous().ifPresent(previous -> out.setPrevious(previous.value().toString()));
        for (ServiceWish wish : request.services()) {
            FiledService row = new FiledService();
            row.setSubsystem(subsystems.get(wish.subsystem()));
            row.setService(wish.service());
            row.setDrops(wish.drops());
            wish.purpose().ifPresent(row::setPurpose);
            out.getService().add(row);
        }
        if (!request.particulars().equals(Particulars.NONE)) {
            ParticipantParticulars stated = new ParticipantParticulars();
            request.particulars().fullName().ifPresent(stated::setFullName);
            request.particulars().noticeEmail().ifPresent(stated::setNoticeEmail);
            request.particulars().ogrn().map(Ogrn::digits).ifPresent(stated::setOgrn);
            request.particulars().inn().map(Inn::digits).ifPresent(stated::setInn);
            request.particulars().russianInn().map(RussianInn::digits).ifPresent(stated::setRussianInn);
            out.setParticulars(stated);
        }
        for (SubsystemWish wish : request.subsystems()) {
            for (SubsystemWish.Called service : wish.services()) {
                FiledService row = new FiledService();
                row.setSubsystem(wish.code());
                row.setService(service.code());
                row.setDrops(false);
                row.setPurpose(service.purpose());
                out.getService().add(row);
            }
            WantedSubsystem row = new WantedSubsystem();
            row.setCode(wish.code());
            wish.name().ifPresent(row::setName);
            row.setDrops(wish.drops());
            out.getSubsystem().add(row);
        }
        request.confirmedVersion().ifPresent(out::setConfirmedVersion);
        out.getDecree().addAll(request.underDecrees().decrees());
        request.underDecrees().action().map(Enum::name).ifPresent(out::setAction);
        for (CauseAnswer answer : request.answers()) {
            AnswerToCause row = new AnswerToCause();
            row.setCode(answer.code());
            row.setText(answer.text());
            out.getAnswer().add(row);
        }
        for (Cause cause : request.causes()) {
            RefusalCause row = new RefusalCause();
            row.setCode(cause.code());
            row.setText(cause.text());
            out.getCause().add(row);
        }
        return out;
    }

    static FiledReport report(ReportView report) {
        FiledReport out = new FiledReport();
        out.setId(report.id().value().toString());
        out.setNumber(report.number());
        out.setKind(report.kind().name());
        out.setContour(report.contour().name());
        out.setProcedure(report.procedure());
        out.setReceivedAt(ContractTime.moment(report.receivedAt()));
        report.day().map(ContractTime::day).ifPresent(out::setDay);
        report.start().map(ContractTime::moment).ifPresent(out::setStart);
        report.end().map(ContractTime::moment).ifPresent(out::setEnd);
        report.dueAt().map(ContractTime::moment).ifPresent(out::setDueAt);
        report.late().ifPresent(out::setLate);
        return out;
    }

    static CatalogueList services(List<CatalogueOffer> services) {
        CatalogueList out = new CatalogueList();
        for (CatalogueOffer offered : services) {
            CatalogueEntry row = new CatalogueEntry();
            row.setCode(offered.service().code());
            row.setVersion(offered.service().version());
            row.setProcedure(offered.service().procedure());
            for (Language language : Language.values()) {
                Title title = new Title();
                title.setLanguage(language.tag());
                title.setValue(offered.service().titles().get(language));
                row.getTitle().add(title);
            }
            row.setEnabled(offered.service().enabled());
            row.setDisclosesTaxSecret(offered.service().rule().disclosesTaxSecret());
            row.setTokenRule(offered.service().rule().tokenRule().name());
            row.setMayCall(offered.mayCall());
            out.getService().add(row);
        }
        return out;
    }

    static NoticeList notices(List<NoticeView> notices) {
        NoticeList out = new NoticeList();
        for (NoticeView notice : notices) {
            UnreadNotice row = new UnreadNotice();
            row.setId(notice.id().toString());
            row.setKind(notice.kind().name());
            row.setLanguage(notice.language().tag());
            row.setSubject(notice.subject());
            row.setBody(notice.body());
            row.setWrittenAt(ContractTime.moment(notice.writtenAt()));
            out.getNotice().add(row);
        }
        return out;
    }

    static NoticesRead read(int count) {
        NoticesRead out = new NoticesRead();
        out.setCount(count);
        return out;
    }

    static ParticipantStanding standing(Standing standing) {
        ParticipantStanding out = new ParticipantStanding();
        for (ConnectionView connection : standing.connections()) {
            ConnectionEntry row = new ConnectionEntry();
            row.setProcedure(connection.procedure());
            row.setContour(connection.contour().name());
            row.setState(connection.state().name());
            row.setPassesCalls(connection.state().passesCalls());
            row.setSince(ContractTime.moment(connection.since()));
            connection.ground().ifPresent(row::setGround);
            row.setReason(connection.reason());
            connection.announcedFor().map(ContractTime::moment).ifPresent(row::setAnnouncedFor);
            out.getConnection().add(row);
        }
        for (AgreementView agreement : standing.agreements()) {
            AgreementEntry row = new AgreementEntry();
            row.setNumber(agreement.number());
            row.setProcedure(agreement.procedure());
            row.setState(agreement.state().name());
            agreement.terms().map(terms -> ContractTime.day(terms.firstDay())).ifPresent(row::setFirstDay);
            agreement.terms().flatMap(terms -> terms.lastDay()).map(ContractTime::day).ifPresent(row::setLastDay);
            agreement.announcedFor().map(ContractTime::moment).ifPresent(row::setAnnouncedFor);
            out.getAgreement().add(row);
        }
        return out;
    }
}
