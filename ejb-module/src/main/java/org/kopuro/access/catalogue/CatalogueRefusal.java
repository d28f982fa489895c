package org.kopuro.access.catalogue;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why the catalogue does not change so. */
public enum CatalogueRefusal implements RefusalCode {
    /** An account of TEST does not change what holds in both contours. */
    CATALOGUE_BY_PRODUCTION,
    ENTRY_CHANGED_MEANWHILE,
    /** Another account owns the entry, and confirms it. */
    ENTRY_OF_ANOTHER_OWNER,
    ENTRY_OWNER_UNKNOWN,
    ENTRY_NOT_DESCRIBED,
    VERSION_IN_THE_MAKING,
    /** Its contract stands still. */
    VERSION_NO_DRAFT,
    CONTRACT_FILE_TWICE,
    CONTRACT_MISSING,
    /** The contract has no operation of the service's name. */
    OPERATION_MISSING,
    /** ACC-91. */
    CHANGE_NOT_ANNOUNCED,
    /** ACC-11: what PRODUCTION serves can be tried in TEST. */
    NOT_SERVED_IN_TEST,
    /** No release that runs here answers its major version. */
    VERSION_NOT_IMPLEMENTED,
    SERVED_IN_PRODUCTION,
    ONLY_WHAT_WAS_SERVED_IS_RECORDED,
    SERVICE_CODE_TAKEN,
    EXCHANGE_CATALOGUE_NOT_SET,
    TEXT_PUBLISHED_ALREADY,
    TEXT_DATED_OTHERWISE,
    TEXT_VERSION_SKIPPED;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case CATALOGUE_BY_PRODUCTION, ENTRY_OF_ANOTHER_OWNER -> RefusalKind.FORBIDDEN;
            case ENTRY_CHANGED_MEANWHILE, VERSION_IN_THE_MAKING, VERSION_NO_DRAFT, CONTRACT_FILE_TWICE, CHANGE_NOT_ANNOUNCED, NOT_SERVED_IN_TEST,
                    VERSION_NOT_IMPLEMENTED, SERVED_IN_PRODUCTION, ONLY_WHAT_WAS_SERVED_IS_RECORDED, SERVICE_CODE_TAKEN, TEXT_PUBLISHED_ALREADY,
                    TEXT_DATED_OTHERWISE, TEXT_VERSION_SKIPPED -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
