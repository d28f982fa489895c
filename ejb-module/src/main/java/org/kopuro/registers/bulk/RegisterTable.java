package org.kopuro.registers.bulk;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A table that an extract can fill, with the columns of its file in their order. */
public enum RegisterTable {
    TAXPAYER("inn", "kind", "full_name", "district_code", "postcode", "address", "activity_code", "registered_on", "ended_on"),
    TAX_DEBT("inn", "tax_code", "amount", "as_of"),
    TAX_PAYMENT("inn", "paid_on", "tax_code", "sequence_number", "amount"),
    INCOME("inn", "month", "employer_inn", "amount"),
    HEADCOUNT("inn", "month", "insured_persons"),
    HEAD("inn", "head_inn", "since", "ended_on"),
    /** EGRUL and EGRIP, of which each row tells of a company or a sole proprietor from a day on. */
    COMPANY("inn", "valid_from", "name", "head", "kpp", "ogrn", "legal_form", "region", "registered_on", "liquidated_on", "okved_main", "okved", "bankruptcy_on"),
    SME("inn", "valid_from", "size", "included_on", "excluded_on"),
    NGO("register", "as_of", "inn", "listed"),
    CONTRACT_696("inn", "number", "concluded_on", "annulled_on"),
    OKVED("code", "title", "valid_from", "valid_to");

    private final List<String> columns;

    RegisterTable(String... columns) {
        this.columns = List.of(columns);
    }

    /** The header line of the file, name by name. */
    public List<String> columns() {
        return columns;
    }

    /** As in the database and on the command line: {@code tax_debt}. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<RegisterTable> named(String tableName) {
        for (RegisterTable table : values()) {
            if (table.tableName().equals(tableName)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }
}
