package org.kopuro.loans.listing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.BorrowerKind;
import org.kopuro.loans.LoanStatus;
import org.kopuro.loans.Placer;
import org.kopuro.loans.RejectionCode;
import org.kopuro.loans.checks.CheckResult.Verdict;

/** What loans can be asked for by (LOAN-100): a name, how its text is read, and the condition on a loan {@code l}. Bounds are included. */
enum Criterion {
    PROGRAMME("programme", "l.programme = any (?::text[])", many(Criterion::code)),
    STAGE("stage", "l.stage = ?", one((text, field) -> number(text, field, 9))),
    STATUS("status", "l.status = any (?::text[])", many(constant(LoanStatus.class))),
    BORROWER_KIND("borrowerKind", "l.borrower_kind = ?", one(constant(BorrowerKind.class))),
    INN("inn", "l.inn = ?", one((text, field) -> digits(text, field, 10, 12))),
    /** Digits stand in one order in every collation, and twelve of them are the most that a number has. */
    INN_PREFIX("innPrefix", "l.inn >= ? and l.inn <= ?", (texts, field) -> {
        String prefix = digits(single(texts, field), field, 1, 12);
        return new Object[] {prefix, prefix + "9".repeat(12 - prefix.length())};
    }),
    NAME("name", "loans.words_of(l.borrower_name) @@ to_tsquery('simple', ?)", one(Criterion::words)),
    HEAD("head", "loans.words_of(" + LoanColumn.HEAD.value() + ") @@ to_tsquery('simple', ?)", one(Criterion::words)),
    /** With the levels below: a code that goes on, by a digit or a full stop. */
    OKVED("okved", "exists (select from unnest(?::text[]) k (code) where l.okved collate \"C\" >= k.code and l.okved collate \"C\" < k.code || ':')", many(Criterion::okved)) {
        @Override
        String condition(List<String> texts) {
            // One range is what an index knows.
            return texts.size() == 1 ? "l.okved collate \"C\" >= ? and l.okved collate \"C\" < ?" : super.condition(texts);
        }

        @Override
        Object[] parameters(List<String> texts) {
            return texts.size() == 1 ? beginning(okved(texts.get(0), text())) : super.parameters(texts);
        }
    },
    /** By the main code or any additional one. A path that asks for the beginnings of codes finds the levels below, since a code goes on by a digit or a full stop. */
    OKVED_ANY("okvedAny", "jsonb_path_match(l.borrower, ?::jsonpath, '{}', true)", (texts, field) -> new Object[] {
        several(texts, field, Criterion::okved).stream().map(code -> "$.okvedMain starts with \"" + code + "\" || $.okved[*] starts with \"" + code + "\"").collect(Collectors.joining(" || "))}),
    KPP("kpp", LoanColumn.KPP.value() + " = ?", one((text, field) -> matching("[0-9]{4}[0-9A-Z]{2}[0-9]{3}", text, field))),
    OGRN("ogrn", LoanColumn.OGRN.value() + " = ?", one((text, field) -> matching("[0-9]{13}|[0-9]{15}", text, field))),
    LEGAL_FORM("legalForm", LoanColumn.LEGAL_FORM.value() + " = any (?::text[])", many((text, field) -> Input.text(text, field, 512))),
    REGISTERED_FROM("registeredFrom", LoanColumn.REGISTERED_ON.expression() + " >= ?", one(Criterion::dayAsText)),
    REGISTERED_TO("registeredTo", LoanColumn.REGISTERED_ON.expression() + " <= ?", one(Criterion::dayAsText)),
    LIQUIDATED("liquidated", known(LoanColumn.LIQUIDATED_ON), one(Criterion::flag)),
    LIQUIDATED_FROM("liquidatedFrom", LoanColumn.LIQUIDATED_ON.expression() + " >= ?", one(Criterion::dayAsText)),
    LIQUIDATED_TO("liquidatedTo", LoanColumn.LIQUIDATED_ON.expression() + " <= ?", one(Criterion::dayAsText)),
    BANKRUPT("bankrupt", known(LoanColumn.BANKRUPTCY_ON), one(Criterion::flag)),
    BANKRUPTCY_FROM("bankruptcyFrom", LoanColumn.BANKRUPTCY_ON.expression() + " >= ?", one(Criterion::dayAsText)),
    BANKRUPTCY_TO("bankruptcyTo", LoanColumn.BANKRUPTCY_ON.expression() + " <= ?", one(Criterion::dayAsText)),
    SME_SIZE("smeSize", LoanColumn.SME_SIZE.value() + " = any (?::text[])", many((text, field) -> matching("MICRO|SMALL|MEDIUM|LARGE", text, field))),
    SME_INCLUDED_FROM("smeIncludedFrom", LoanColumn.SME_INCLUDED_ON.expression() + " >= ?", one(Criterion::dayAsText)),
    SME_INCLUDED_TO("smeIncludedTo", LoanColumn.SME_INCLUDED_ON.expression() + " <= ?", one(Criterion::dayAsText)),
    CONTRACTED_696("contracted696", known(LoanColumn.CONTRACT_696), one(Criterion::flag)),
    CONTRACT_696("contract696", LoanColumn.CONTRACT_696.value() + " = ?", one((text, field) -> Input.text(text, field, 64))),
    NGO_REGISTER("ngoRegister", "jsonb_exists_any(l.borrower -> 'ngoRegisters', ?::text[])", many((text, field) -> matching("906|847", text, field))),
    REGION("region", "l.region = any (?::text[])", many((text, field) -> digits(text, field, 2, 2))),
    APPLICATION_NUMBER("applicationNumber", "l.application_number = ?", one((text, field) -> Input.text(text, field, 64))),
    APPLIED_FROM("appliedFrom", "l.applied_at >= ?", one((text, field) -> midnight(text, field, 0))),
    APPLIED_TO("appliedTo", "l.applied_at < ?", one((text, field) -> midnight(text, field, 1))),
    REQUESTED_FROM("requestedFrom", "l.requested >= ?", one(Criterion::sum)),
    REQUESTED_TO("requestedTo", "l.requested <= ?", one(Criterion::sum)),
    APPROVED_FROM("approvedFrom", "l.approved >= ?", one(Criterion::sum)),
    APPROVED_TO("approvedTo", "l.approved <= ?", one(Criterion::sum)),
    DECIDED_FROM("decidedFrom", "l.decided_on >= ?", one(Criterion::day)),
    DECIDED_TO("decidedTo", "l.decided_on <= ?", one(Criterion::day)),
    REJECTION_CODE("rejectionCode", "l.rejection_code = any (?::text[])", many(constant(RejectionCode.class))),
    CONTRACTED("contracted", "(l.contract_date is not null) = ?", one(Criterion::flag)),
    CONTRACT_NUMBER("contractNumber", "l.contract_number = ?", one((text, field) -> Input.text(text, field, 64))),
    CONTRACT_DATE_FROM("contractDateFrom", "l.contract_date >= ?", one(Criterion::day)),
    CONTRACT_DATE_TO("contractDateTo", "l.contract_date <= ?", one(Criterion::day)),
    CONTRACT_SUM_FROM("contractSumFrom", "l.contract_sum >= ?", one(Criterion::sum)),
    CONTRACT_SUM_TO("contractSumTo", "l.contract_sum <= ?", one(Criterion::sum)),
    RATE_FROM("rateFrom", "l.rate >= ?", one(Criterion::rate)),
    RATE_TO("rateTo", "l.rate <= ?", one(Criterion::rate)),
    TERM_MONTHS_FROM("termMonthsFrom", "l.term_months >= ?", one((text, field) -> number(text, field, 600))),
    TERM_MONTHS_TO("termMonthsTo", "l.term_months <= ?", one((text, field) -> number(text, field, 600))),
    END_DATE_FROM("endDateFrom", "l.end_date >= ?", one(Criterion::day)),
    END_DATE_TO("endDateTo", "l.end_date <= ?", one(Criterion::day)),
    CONTRACT_HEADCOUNT_FROM("contractHeadcountFrom", "l.contract_headcount >= ?", one((text, field) -> number(text, field, 10_000_000))),
    CONTRACT_HEADCOUNT_TO("contractHeadcountTo", "l.contract_headcount <= ?", one((text, field) -> number(text, field, 10_000_000))),
    HEADCOUNT_FROM("headcountFrom", "l.headcount >= ?", one((text, field) -> number(text, field, 10_000_000))),
    HEADCOUNT_TO("headcountTo", "l.headcount <= ?", one((text, field) -> number(text, field, 10_000_000))),
    ISSUED_FROM("issuedFrom", "l.issued >= ?", one(Criterion::sum)),
    ISSUED_TO("issuedTo", "l.issued <= ?", one(Criterion::sum)),
    LAST_BALANCE_FROM("lastBalanceFrom", "l.last_balance >= ?", one(Criterion::sum)),
    LAST_BALANCE_TO("lastBalanceTo", "l.last_balance <= ?", one(Criterion::sum)),
    MAXIMUM_FROM("maximumFrom", "l.maximum >= ?", one(Criterion::sum)),
    MAXIMUM_TO("maximumTo", "l.maximum <= ?", one(Criterion::sum)),
    VERDICT("verdict", "l.verdict = any (?::text[])", many(constant(Verdict.class))),
    RULE_SET_VERSION("ruleSetVersion", "l.rule_set_version = ?", one((text, field) -> number(text, field, 99_999_999))),
    /** Its condition is the listing's: it hangs on other loans. */
    DUPLICATE("duplicate", "", one(Criterion::flag)),
    OVER_MAXIMUM("overMaximum", "l.over_maximum", one(Criterion::flag)) {
        @Override
        String condition(List<String> texts) {
            return negated(super.condition(texts), texts);
        }
    },
    HEADCOUNT_DIFFERS("headcountDiffers", "l.headcount_differs", one(Criterion::flag)) {
        @Override
        String condition(List<String> texts) {
            return negated(super.condition(texts), texts);
        }
    },
    OUTSIDE_STAGE("outsideStage", "l.outside_stage", one(Criterion::flag)) {
        @Override
        String condition(List<String> texts) {
            return negated(super.condition(texts), texts);
        }
    },
    SOURCE("source", "l.source = any (?::text[])", many(constant(Placer.Source.class))),
    IMPORT("import", "l.import_id = ?", one(Input::uuid)),
    BANK("bank", "l.bank_id = any (?::uuid[])", many((text, field) -> Input.uuid(text, field).toString())),
    STATUS_SINCE("statusSince", "l.status_at >= ?", one(Input::instant)),
    CREATED_SINCE("createdSince", "l.created_at >= ?", one(Input::instant)),
    CHANGED_SINCE("changedSince", "l.changed_at >= ?", one(Input::instant));

    private static final Set<Criterion> BROAD = EnumSet.of(PROGRAMME, STATUS, CONTRACTED, VERDICT, APPLIED_FROM, APPLIED_TO, LEGAL_FORM, SME_SIZE, SOURCE, RULE_SET_VERSION);
    /** Of which few loans have what they ask for. */
    private static final Set<Criterion> RARE = EnumSet.of(DUPLICATE, LIQUIDATED, BANKRUPT, CONTRACTED_696);
    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final int VALUES_MAX = 100;
    private static final int WORDS_MAX = 10;

    private final String text;
    private final String condition;
    private final BiFunction<List<String>, String, Object[]> reading;

    Criterion(String text, String condition, BiFunction<List<String>, String, Object[]> reading) {
        this.text = text;
        this.condition = condition;
        this.reading = reading;
    }

    static Optional<Criterion> named(String text) {
        return Stream.of(values()).filter(criterion -> criterion.text.equals(text)).findFirst();
    }

    String text() {
        return text;
    }

    String condition(List<String> texts) {
        return condition;
    }

    /** Refuses what cannot be read. */
    Object[] parameters(List<String> texts) {
        Object[] read = reading.apply(texts, text);
        // What stands in a condition without a parameter was read only to be refused.
        return condition(texts).indexOf('?') < 0 ? new Object[0] : read;
    }

    /** Met by so many loans, or along an order that is followed anyway. */
    boolean broad(LoanOrder order, List<String> texts) {
        return BROAD.contains(this) || RARE.contains(this) && "false".equals(texts.get(0)) || this == CHANGED_SINCE && order.column() == LoanColumn.CHANGED_AT;
    }

    /** Whether a borrower has it: of one whom the registers did not know nobody can say that it has not. */
    private static String known(LoanColumn column) {
        return "l.borrower is not null and (" + column.value() + " is not null) = ?";
    }

    /** A flag as it stands. */
    private static String negated(String flag, List<String> texts) {
        return "true".equals(texts.get(0)) ? flag : "not " + flag;
    }

    private static BiFunction<List<String>, String, Object[]> one(BiFunction<String, String, ?> reading) {
        return (texts, field) -> new Object[] {reading.apply(single(texts, field), field)};
    }

    private static BiFunction<List<String>, String, Object[]> many(BiFunction<String, String, String> reading) {
        return (texts, field) -> new Object[] {several(texts, field, reading)};
    }

    private static List<String> several(List<String> texts, String field, BiFunction<String, String, String> reading) {
        if (texts.isEmpty() || texts.size() > VALUES_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return texts.stream().map(text -> reading.apply(text, field)).toList();
    }

    private static String single(List<String> texts, String field) {
        if (texts.size() != 1) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return texts.get(0);
    }

    private static <E extends Enum<E>> BiFunction<String, String, String> constant(Class<E> type) {
        return (text, field) -> Input.oneOf(type, text, field).name();
    }

    static String code(String text, String field) {
        return matching("[0-9A-Za-z-]{1,20}", text, field);
    }

    static String okved(String text, String field) {
        return matching("[0-9]{2}(\\.[0-9]([0-9](\\.[0-9][0-9]?)?)?)?", text, field);
    }

    private static String digits(String text, String field, int min, int max) {
        return matching("[0-9]{" + min + "," + max + "}", text, field);
    }

    private static String matching(String pattern, String text, String field) {
        if (text == null || text.length() > 64 || !text.matches(pattern)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return text;
    }

    private static Object[] beginning(String digits) {
        return new Object[] {digits, digits + ":"};
    }

    private static Instant midnight(String text, String field, int daysLater) {
        return day(text, field).plusDays(daysLater).atStartOfDay(MOSCOW).toInstant();
    }

    private static LocalDate day(String text, String field) {
        LocalDate day = Input.day(text, field);
        if (day.getYear() < 1 || day.getYear() > 9998) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return day;
    }

    /** Of the years 1 to 9998, which all have four digits: such texts are in the order of days. */
    private static String dayAsText(String text, String field) {
        return day(text, field).toString();
    }

    private static Integer number(String text, String field, int max) {
        int number = Integer.parseInt(matching("[0-9]{1,8}", text, field));
        if (number > max) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return number;
    }

    /** Roubles, with kopecks behind a full stop where there are any. */
    private static Long sum(String text, String field) {
        return new BigDecimal(matching("[0-9]{1,13}(\\.[0-9]{1,2})?", text, field)).movePointRight(2).longValueExact();
    }

    private static BigDecimal rate(String text, String field) {
        return new BigDecimal(matching("[0-9]{1,3}(\\.[0-9]{1,4})?", text, field));
    }

    static Boolean flag(String text, String field) {
        return "true".equals(matching("true|false", text, field));
    }

    /** Words of letters and digits only, each the beginning of one: nothing of what is typed has a meaning to the search but them. */
    private static String words(String text, String field) {
        String words = Arrays.stream(Input.text(text, field, 200).replace('Ё', 'Е').replace('ё', 'е').split("[^\\p{L}\\p{N}]+")).filter(word -> !word.isEmpty()).limit(WORDS_MAX + 1L)
                .map(word -> "'" + word + "':*").collect(Collectors.joining(" & "));
        if (words.isEmpty() || words.chars().filter(c -> c == '&').count() >= WORDS_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return words;
    }
}
