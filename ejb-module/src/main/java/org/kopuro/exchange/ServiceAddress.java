package org.kopuro.exchange;

import java.util.Optional;

/** An X-Road service identifier as addressed by a caller; subsystem and version may be left out. */
public record ServiceAddress(
        String instance, String memberClass, String memberCode, Optional<String> subsystemCode, String code, Optional<String> version) {
}
