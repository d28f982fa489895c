package org.kopuro.deployment;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What lives in the deployed server's heap, garbage not counted: watched while something happens, so that neither the collector's mood nor time decides. */
final class ServerHeap implements AutoCloseable {

    private static final int PAUSE_MILLIS = 500;

    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final List<MemoryPoolMXBean> pools;

    private ServerHeap(JMXConnector connector) throws IOException {
        this.connector = connector;
        MBeanServerConnection server = connector.getMBeanServerConnection();
        memory = ManagementFactory.newPlatformMXBeanProxy(server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        pools = ManagementFactory.getPlatformMXBeans(server, MemoryPoolMXBean.class).stream().filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null).toList();
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

    /** As the collector found it when it ended: what is thrown away after that counts for nothing. */
    private long living() {
        memory.gc();
        return pools.stream().mapToLong(pool -> pool.getCollectionUsage().getUsed()).sum();
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
