package org.kopuro.access.contracts;

import org.kopuro.kernel.RefusalCode;

/** Why files are not a contract. */
public enum ContractRefusal implements RefusalCode {
    CONTRACT_TOO_LARGE,
    CONTRACT_NOT_READABLE,
    /** A file is neither a WSDL nor a schema. */
    CONTRACT_OF_ANOTHER_KIND,
    CONTRACT_WITHOUT_WSDL,
    CONTRACT_WITH_SEVERAL_WSDL,
    CONTRACT_REFERS_ELSEWHERE,
    CONTRACT_REDEFINES,
    /** It names an element, a type or a group that no file has. */
    CONTRACT_INCOMPLETE,
    /** What it describes is out of all proportion to its text. */
    CONTRACT_TOO_COMPLEX
}
