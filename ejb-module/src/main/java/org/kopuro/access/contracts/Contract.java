package org.kopuro.access.contracts;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.namespace.QName;
import org.kopuro.kernel.Refusal;

/** What a service and its consumers agreed to write to one another: read once, complete, and never changed. */
public final class Contract {

    /**
     * One operation as it is on the wire.
     *
     * @param action  with the style of its binding
     * @param headers by their elements, in order
     * @param faults  by their names
     */
    record Operation(String action, List<QName> headers, Map<String, Part> input, Map<String, Part> output, Map<String, Part> faults) {
    }

    /** A part of a message: a global element, or content of a type. */
    record Part(boolean element, QName name) {
    }

    private final SortedMap<String, Operation> operations;
    private final Components components;

    Contract(Map<String, Operation> operations, Components components) {
        this.operations = new TreeMap<>(operations);
        this.components = components;
    }

    /**
     * Reads files that people handed in.
     *
     * @throws Refusal when they are not one whole contract
     */
    public static Contract read(List<ContractDocument> documents) {
        Contract contract = new ContractReading(documents).contract();
        // Walks everything that its operations reach: what is missing or boundless is found now and not when it matters.
        contract.differencesTo(contract);
        return contract;
    }

    public SortedSet<String> operations() {
        return new TreeSet<>(operations.keySet());
    }

    public Differences differencesTo(Contract newer) {
        return new Comparison(components, newer.components).of(operations, newer.operations);
    }

    /** In what one operation differs, for a service that is one operation of a contract of several. */
    public Differences differencesTo(Contract newer, String operation) {
        return new Comparison(components, newer.components).of(only(operations, operation), only(newer.operations, operation));
    }

    private static SortedMap<String, Operation> only(SortedMap<String, Operation> operations, String name) {
        SortedMap<String, Operation> one = new TreeMap<>(operations);
        one.keySet().retainAll(List.of(name));
        return one;
    }
}
