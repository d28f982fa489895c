package org.kopuro.server;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.kopuro.access.conformance.MessageProtocol;

/**
 * The whole conformance runs by SOAP and by REST, made once, with the first that is asked for, and at the same time: they mostly start one program after another, and there are two processors. None is
 * told before both have ended, so that whatever comes next has the server for itself.
 */
final class ConformanceRuns {

    private Map<MessageProtocol, Future<Program>> ended;

    synchronized Program of(MessageProtocol protocol, Map<MessageProtocol, Callable<Program>> runs) throws Exception {
        if (ended == null) {
            ExecutorService threads = Executors.newFixedThreadPool(runs.size());
            Future<Program> soap = threads.submit(runs.get(MessageProtocol.SOAP));
            Future<Program> rest = threads.submit(runs.get(MessageProtocol.REST));
            ended = Map.of(MessageProtocol.SOAP, soap, MessageProtocol.REST, rest);
            threads.shutdown();
            threads.awaitTermination(ConformanceCommand.SECONDS_MAX, TimeUnit.SECONDS);
        }
        return ended.get(protocol).get();
    }
}
