package org.kopuro.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import org.kopuro.ledger.proof.Edge;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.Unproven;

/**
 * The tree's right edge as this node last left it, so that the next batch need not read it. Used only while it is the edge of the
 * newest checkpoint: after a batch that was rolled back, or that another node made, it is read anew.
 */
@ApplicationScoped
class RememberedEdge {

    private Edge edge = new Edge();

    Edge at(long size, Hash root, TreeStore store) {
        if (edge.size() != size || !edge.root().equals(root)) {
            try {
                edge = Edge.of(size, store::hashes);
            } catch (Unproven e) {
                throw new IllegalStateException(e);
            }
            if (!edge.root().equals(root)) {
                throw new IllegalStateException("The ledger's tiles do not lead to its checkpoint of size " + size + ": the database was altered. Nothing is integrated.");
            }
        }
        return edge;
    }
}
