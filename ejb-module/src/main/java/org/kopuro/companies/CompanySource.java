package org.kopuro.companies;

/** Which register was asked. */
public enum CompanySource {
    OWN_REGISTER, EXTERNAL_REGISTER
}
