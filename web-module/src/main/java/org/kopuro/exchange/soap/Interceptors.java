package org.kopuro.exchange.soap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.net.URLDecoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.apache.cxf.binding.soap.Soap11;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.CheckFaultInterceptor;
import org.apache.cxf.binding.soap.interceptor.MustUnderstandInterceptor;
import org.apache.cxf.binding.soap.interceptor.ReadHeadersInterceptor;
import org.apache.cxf.binding.soap.interceptor.SoapActionInInterceptor;
import org.apache.cxf.binding.soap.interceptor.SoapHeaderInterceptor;
import org.apache.cxf.binding.soap.interceptor.StartBodyInterceptor;
import org.apache.cxf.endpoint.Endpoint;
import org.apache.cxf.interceptor.AbstractOutDatabindingInterceptor;
import org.apache.cxf.interceptor.AttachmentInInterceptor;
import org.apache.cxf.interceptor.AttachmentOutInterceptor;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.interceptor.Interceptor;
import org.apache.cxf.interceptor.StaxInInterceptor;
import org.apache.cxf.interceptor.StaxOutInterceptor;
import org.apache.cxf.jaxws.interceptors.SwAOutInterceptor;
import org.apache.cxf.message.Attachment;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.staxutils.W3CDOMStreamReader;
import org.apache.cxf.staxutils.W3CDOMStreamWriter;
import org.apache.cxf.transport.http.AbstractHTTPDestination;

/**
 * Our three places in CXF's chain. In: the Body element that the door verified is what CXF binds. Out: CXF writes its answer into
 * a tree, which is completed, signed and written. Fault: whatever an endpoint throws goes to the {@link FaultDesk}.
 */
final class Interceptors {

    /** Readers of the raw message, all of whose work the door has done. */
    private static final Set<Class<?>> READERS = Set.of(AttachmentInInterceptor.class, StaxInInterceptor.class, ReadHeadersInterceptor.class,
            SoapActionInInterceptor.class, MustUnderstandInterceptor.class, CheckFaultInterceptor.class, SoapHeaderInterceptor.class, StartBodyInterceptor.class);

    private Interceptors() {
    }

    static void install(Endpoint endpoint, Answers answers, FaultDesk faults) {
        endpoint.getBinding().getInInterceptors().removeIf(Interceptors::isReader);
        endpoint.getInInterceptors().removeIf(Interceptors::isReader);
        // Attachments are written behind the signed document, by Answers.
        endpoint.getBinding().getOutInterceptors().removeIf(Interceptors::writesAttachments);
        endpoint.getOutInterceptors().removeIf(Interceptors::writesAttachments);
        endpoint.getInInterceptors().add(new Verified());
        endpoint.getOutInterceptors().add(new AsTree(answers));
        endpoint.getOutFaultInterceptors().add(new ToFaultDesk(faults));
        // What does not fit the schema is refused with the place, not silently read as empty.
        endpoint.put(Message.SCHEMA_VALIDATION_ENABLED, "IN");
    }

    /** The second one brings the first along wherever a contract knows swaRef. */
    private static boolean writesAttachments(Interceptor<? extends Message> interceptor) {
        return interceptor instanceof AttachmentOutInterceptor || interceptor instanceof SwAOutInterceptor;
    }

    private static boolean isReader(Interceptor<? extends Message> interceptor) {
        return READERS.contains(interceptor.getClass());
    }

    private static final class Verified extends AbstractPhaseInterceptor<SoapMessage> {

        Verified() {
            super(Phase.RECEIVE);
        }

        @Override
        public void handleMessage(SoapMessage message) {
            HttpServletRequest request = (HttpServletRequest) message.get(AbstractHTTPDestination.HTTP_REQUEST);
            SoapCall call = (SoapCall) request.getAttribute(SoapCall.class.getName());
            if (call == null) {
                return; // A request for the contract.
            }
            message.put(SoapCall.class, call);
            message.setVersion(Soap11.getInstance());
            W3CDOMStreamReader body = new W3CDOMStreamReader(call.message().orElseThrow().payload());
            try {
                body.nextTag();
            } catch (XMLStreamException e) {
                throw new Fault(e);
            }
            message.setContent(XMLStreamReader.class, body);
            // JAXB puts what is referred to in place of the reference before the schema is asked. It would fetch other addresses: where nothing came along, it shall not look.
            List<Attachment> attachments = call.attachments().bound();
            if (!attachments.isEmpty()) {
                message.setAttachments(attachments);
            }
        }
    }

    private static final class AsTree extends AbstractPhaseInterceptor<SoapMessage> {

        private final Answers answers;

        AsTree(Answers answers) {
            super(Phase.PRE_STREAM);
            addBefore(StaxOutInterceptor.class.getName());
            this.answers = answers;
        }

        @Override
        public void handleMessage(SoapMessage message) {
            if (message.getExchange().getInMessage().get(SoapCall.class) == null) {
                return;
            }
            W3CDOMStreamWriter tree = new W3CDOMStreamWriter();
            message.setContent(XMLStreamWriter.class, tree);
            // Else JAXB writes past the tree, straight into the response: the Body would be sent empty, and signed as such.
            message.put(AbstractOutDatabindingInterceptor.DISABLE_OUTPUTSTREAM_OPTIMIZATION, Boolean.TRUE);
            message.put(Message.CONTENT_TYPE, Answers.CONTENT_TYPE);
            message.put(Message.MTOM_ENABLED, SoapCall.of(message).cameInMtom());
            // Where the binding puts the files that it has written references to.
            message.setAttachments(new ArrayList<>());
            message.getInterceptorChain().add(new Complete(answers, tree));
        }
    }

    private static final class Complete extends AbstractPhaseInterceptor<SoapMessage> {

        private final Answers answers;
        private final W3CDOMStreamWriter tree;

        Complete(Answers answers, W3CDOMStreamWriter tree) {
            super(Phase.PRE_STREAM_ENDING);
            this.answers = answers;
            this.tree = tree;
        }

        @Override
        public void handleMessage(SoapMessage message) {
            try {
                HttpServletResponse response = (HttpServletResponse) message.getExchange().getInMessage().get(AbstractHTTPDestination.HTTP_RESPONSE);
                List<Answers.Beside> files = message.getAttachments().stream()
                        .map(file -> new Answers.Beside(URLDecoder.decode(file.getId(), StandardCharsets.UTF_8), (AnswerFile) file.getDataHandler().getDataSource())).toList();
                answers.answer(tree.getDocument(), SoapCall.of(message), files, response, type -> message.put(Message.CONTENT_TYPE, type), () -> message.getContent(OutputStream.class));
            } catch (IOException e) {
                throw new Fault(e);
            }
        }
    }

    private static final class ToFaultDesk extends AbstractPhaseInterceptor<SoapMessage> {

        private final FaultDesk faults;

        ToFaultDesk(FaultDesk faults) {
            super(Phase.SETUP);
            this.faults = faults;
        }

        @Override
        public void handleMessage(SoapMessage message) {
            Message request = message.getExchange().getInMessage();
            try {
                faults.tell((HttpServletRequest) request.get(AbstractHTTPDestination.HTTP_REQUEST),
                        (HttpServletResponse) request.get(AbstractHTTPDestination.HTTP_RESPONSE), SoapCall.of(request), message.getContent(Exception.class));
            } catch (IOException e) {
                throw new Fault(e);
            } finally {
                message.getInterceptorChain().abort();
            }
        }
    }
}
