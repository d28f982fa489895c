package org.kopuro.client;

import org.w3c.dom.Element;

/** An X-Road subsystem, written {@code instance/class/member/subsystem}. */
public record Identifier(String instance, String memberClass, String memberCode, String subsystem) {

    public static final Identifier DEMO_BANK = new Identifier("central-server", "COM", "60009999", "demo-bank-service");
    public static final Identifier TAX_AUTHORITY = new Identifier("central-server", "GOV", "70000002", "gns-service");

    public static Identifier of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("an identifier has four parts, instance/class/member/subsystem");
        }
        return new Identifier(parts[0], parts[1], parts[2], parts[3]);
    }

    /** A member that calls by itself has no subsystem. */
    void appendTo(Element element) {
        Xml.append(element, Xml.IDENTIFIERS, "id:xRoadInstance", instance);
        Xml.append(element, Xml.IDENTIFIERS, "id:memberClass", memberClass);
        Xml.append(element, Xml.IDENTIFIERS, "id:memberCode", memberCode);
        if (!subsystem.isEmpty()) {
            Xml.append(element, Xml.IDENTIFIERS, "id:subsystemCode", subsystem);
        }
    }

    @Override
    public String toString() {
        return instance + "/" + memberClass + "/" + memberCode + "/" + subsystem;
    }
}
