package org.kopuro.companies;

/** What a register knows of a company. */
public enum CompanyState {
    ACTIVE, ENDED, NOT_FOUND
}
