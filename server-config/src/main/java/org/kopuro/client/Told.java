package org.kopuro.client;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.w3c.dom.Element;

/** Says an answer in lines for people. */
final class Told {

    private static final List<String> LANGUAGES = List.of("ru", "ky", "en");

    private final PrintStream out;
    private final String language;

    /** Refusals are told in the locale's language where they exist in it, else in English. */
    Told(PrintStream out, Locale locale) {
        this.out = out;
        this.language = LANGUAGES.contains(locale.getLanguage()) ? locale.getLanguage() : "en";
    }

    /** True when the service answered, false when it refused. */
    boolean tell(Answer answer) {
        Element payload = answer.payload();
        if (Xml.is(payload, Xml.SOAP, "Fault")) {
            tellFault(payload);
            if (!answer.signed()) {
                out.println("not signed: the server signs for callers whose signature it could verify");
            }
            return false;
        }
        Optional<Element> fault = Xml.child(payload, Xml.TAX, "fault");
        if (fault.isPresent()) {
            tellRefusal(fault.get(), "faultCode", Xml.TAX);
            Xml.child(fault.get(), Xml.TAX, "occurrence").ifPresent(element -> line("occurrence", element));
            return false;
        }
        Xml.child(payload, Xml.TAX, "response").ifPresent(response -> tellFields(response, ""));
        return true;
    }

    private void tellFields(Element parent, String indent) {
        for (Element field : Xml.children(parent)) {
            if (Xml.children(field).isEmpty()) {
                out.println(indent + field.getLocalName() + ": " + field.getTextContent());
            } else {
                out.println(indent + field.getLocalName() + ":");
                tellFields(field, indent + "  ");
            }
        }
    }

    private void tellFault(Element fault) {
        Optional<Element> detail = Xml.child(fault, "", "detail");
        Optional<Element> refusal = detail.flatMap(element -> Xml.child(element, Xml.REFUSAL, "refusal"));
        if (refusal.isPresent()) {
            tellRefusal(refusal.get(), "code", Xml.REFUSAL);
        } else {
            Xml.child(fault, "", "faultcode").ifPresent(element -> line("refused", element));
            Xml.child(fault, "", "faultstring").ifPresent(element -> line("why", element));
        }
        detail.flatMap(element -> Xml.child(element, "", "faultDetail")).ifPresent(element -> line("occurrence", element));
    }

    private void tellRefusal(Element refusal, String codeName, String namespace) {
        Xml.child(refusal, namespace, codeName).ifPresent(element -> line("refused", element));
        Xml.child(refusal, namespace, "field").ifPresent(element -> line("field", element));
        Xml.children(refusal).stream().filter(element -> Xml.is(element, namespace, "explanation") && element.getAttribute("language").equals(language))
                .findFirst().ifPresent(explanation -> {
                    Xml.child(explanation, namespace, "sentence").ifPresent(element -> line("why", element));
                    Xml.child(explanation, namespace, "whatToDo").ifPresent(element -> line("what to do", element));
                });
    }

    private void line(String name, Element element) {
        out.println(name + ": " + element.getTextContent());
    }
}
