package org.kopuro.companies;

import org.kopuro.kernel.RefusalCode;

/** Why a company was not checked. */
public enum CompanyRefusal implements RefusalCode {
    INN_NOT_OF_AN_ORGANISATION
}
