package org.kopuro.exchange.xroadrest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.exchange.metaservices.ClientView;
import org.kopuro.exchange.metaservices.Metaservices;

/** {@code GET /listClients?xRoadInstance=}: of both protocols and for everybody, as on a Security Server; XML, or JSON for whoever accepts that. */
@WebServlet("/listClients")
public class ListClients extends HttpServlet {

    private static final String XROAD = "http://x-road.eu/xsd/xroad.xsd";
    private static final String IDENTIFIERS = "http://x-road.eu/xsd/identifiers";

    @Inject
    private transient Metaservices metaservices;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<ClientView> clients = metaservices.listClients(Optional.ofNullable(request.getParameter("xRoadInstance")));
        boolean json = Optional.ofNullable(request.getHeader("Accept")).filter(text -> text.contains("application/json")).isPresent();
        response.setContentType(json ? "application/json" : "text/xml;charset=UTF-8");
        response.setHeader("Cache-Control", "max-age=60");
        OutputStream out = response.getOutputStream();
        if (json) {
            out.write(json(clients).getBytes(StandardCharsets.UTF_8));
        } else {
            write(clients, out);
        }
        out.flush();
    }

    private static String json(List<ClientView> clients) {
        JsonArrayBuilder members = Json.createArrayBuilder();
        for (ClientView client : clients) {
            XRoadClient id = client.id();
            JsonObjectBuilder identifier = Json.createObjectBuilder().add("object_type", type(id)).add("xroad_instance", id.instance()).add("member_class", id.memberClass())
                    .add("member_code", id.memberCode());
            if (!id.subsystemCode().isEmpty()) {
                identifier.add("subsystem_code", id.subsystemCode());
            }
            JsonObjectBuilder member = Json.createObjectBuilder().add("id", identifier).add("name", client.name());
            client.subsystemName().ifPresent(name -> member.add("subsystem_name", name));
            members.add(member);
        }
        return Json.createObjectBuilder().add("member", members).build().toString();
    }

    private static void write(List<ClientView> clients, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("xrd", "clientList", XROAD);
            xml.writeNamespace("xrd", XROAD);
            xml.writeNamespace("id", IDENTIFIERS);
            for (ClientView client : clients) {
                XRoadClient id = client.id();
                xml.writeStartElement("xrd", "member", XROAD);
                xml.writeStartElement("xrd", "id", XROAD);
                xml.writeAttribute("id", IDENTIFIERS, "objectType", type(id));
                write(xml, "id", IDENTIFIERS, "xRoadInstance", id.instance());
                write(xml, "id", IDENTIFIERS, "memberClass", id.memberClass());
                write(xml, "id", IDENTIFIERS, "memberCode", id.memberCode());
                if (!id.subsystemCode().isEmpty()) {
                    write(xml, "id", IDENTIFIERS, "subsystemCode", id.subsystemCode());
                }
                xml.writeEndElement();
                write(xml, "xrd", XROAD, "name", client.name());
                if (client.subsystemName().isPresent()) {
                    write(xml, "xrd", XROAD, "subsystemName", client.subsystemName().get());
                }
                xml.writeEndElement();
            }
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void write(XMLStreamWriter xml, String prefix, String namespace, String name, String text) throws XMLStreamException {
        xml.writeStartElement(prefix, name, namespace);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static String type(XRoadClient id) {
        return id.subsystemCode().isEmpty() ? "MEMBER" : "SUBSYSTEM";
    }
}
