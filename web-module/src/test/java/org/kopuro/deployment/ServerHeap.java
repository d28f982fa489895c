package org.kopuro.deployment;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What lives in the deployed server's heap, garbage not counted: watched while something happens, so that neither the collector's mood nor time decides. */
final class ServerHeap implements AutoCloseable {

    private static final int PAUSE_MILLIS = 500;

    private final JMXConnector connector;
    private final MemoryMXBean memory;

    private ServerHeap(JMXConnector connector) throws IOException {
        this.connector = connector;
        memory = ManagementFactory.newPlatformMXBeanProxy(connector.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    }

    static ServerHeap attached() {
        ProcessHandle server = ProcessHandle.current().descendants().filter(each -> each.info().arguments().stream().flatMap(java.util.Arrays::stream).anyMatch(word -> word.contains("payara-micro")))
                .findFirst().orElseThrow(() -> new IllegalStateException("The server is no child of this process."));
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(server.pid()));
            try {
                return new ServerHeap(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that sends and receives. */
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** How many octets more than before lived at any time during the work. */
    long growthDuring(Work work) throws IOException, InterruptedException {
        long before = living();
        Peak peak = new Peak();
        peak.start();
        try {
            work.run();
        } finally {
            peak.over = true;
            peak.join();
        }
        return peak.octets - before;
    }

    private long living() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private final class Peak extends Thread {

        private volatile boolean over;
        private volatile long octets;

        @Override
        public void run() {
            while (!over) {
                octets = Math.max(octets, living());
                try {
                    // Collecting takes the processor that the work needs.
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
