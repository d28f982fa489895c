package org.kopuro.outgoing;

import java.util.Optional;

/** The X-Road address of another agency's service. */
public record PeerAddress(String instance, String memberClass, String memberCode, String subsystemCode, String code, Optional<String> version) {

    /** Reads {@code instance/class/member/subsystem/service[/version]}, as settings have it. */
    public static PeerAddress of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 5 && parts.length != 6) {
            throw new IllegalArgumentException("An address of a service has five or six parts, not " + parts.length + ".");
        }
        return new PeerAddress(parts[0], parts[1], parts[2], parts[3], parts[4], parts.length == 6 ? Optional.of(parts[5]) : Optional.empty());
    }

    @Override
    public String toString() {
        return String.join("/", instance, memberClass, memberCode, subsystemCode, code) + version.map(text -> "/" + text).orElse("");
    }
}
