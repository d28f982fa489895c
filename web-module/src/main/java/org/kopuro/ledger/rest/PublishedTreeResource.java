package org.kopuro.ledger.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.LedgerRefusal;
import org.kopuro.ledger.PublishedTree;
import org.kopuro.ledger.proof.CanonicalJson;
import org.kopuro.ledger.proof.ConsistencyFile;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.InclusionProof;
import org.kopuro.ledger.proof.Tile;

/** What c2sp.org/tlog-tiles asks for, proofs for those who do not want to compute them, and the witnesses' way in. */
@Path("/")
public class PublishedTreeResource {

    private static final String TEXT = "text/plain; charset=utf-8";
    /** Full tiles never change; nor do partial ones, which are asked for by their width. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String NOT_LONG = "public, max-age=1";

    @Inject
    private PublishedTree tree;

    @GET
    @Permitted(everybody = true)
    @Path("checkpoint")
    @Produces(TEXT)
    public Response checkpoint() {
        return Response.ok(tree.checkpoint()).header("Cache-Control", NOT_LONG).build();
    }

    @GET
    @Permitted(everybody = true)
    @Path("checkpoints/{size: \\d{1,18}}")
    @Produces(TEXT)
    public Response checkpoint(@PathParam("size") long size) {
        return Response.ok(tree.checkpoint(size)).header("Cache-Control", NOT_LONG).build();
    }

    @GET
    @Permitted(everybody = true)
    @Path("keys")
    @Produces(TEXT)
    public String keys() {
        return String.join("\n", tree.verifierKeys()) + "\n";
    }

    @GET
    @Permitted(everybody = true)
    @Path("tile/{path: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response tile(@PathParam("path") String path) {
        Tile tile = Tile.parse(path).orElseThrow(() -> Refusal.of(LedgerRefusal.NOT_IN_TREE, "tile"));
        if (tile.level() != Tile.ENTRIES) {
            return Response.ok(tree.hashes(tile)).header("Cache-Control", FOR_EVER).build();
        }
        List<String> entries = tree.entries(tile);
        StreamingOutput bundle = out -> {
            for (String entry : entries) {
                byte[] octets = entry.getBytes(StandardCharsets.UTF_8);
                out.write(ByteBuffer.allocate(Short.BYTES).putShort((short) octets.length).array());
                out.write(octets);
            }
        };
        return Response.ok(bundle).header("Cache-Control", FOR_EVER).build();
    }

    @GET
    @Permitted(everybody = true)
    @Path("proof/inclusion/{index: \\d{1,18}}/{size: \\d{1,18}}")
    @Produces(MediaType.APPLICATION_JSON)
    public String inclusion(@PathParam("index") long index, @PathParam("size") long size) {
        InclusionProof proof = tree.inclusion(index, size);
        JsonArrayBuilder path = Json.createArrayBuilder();
        proof.path().stream().map(Hash::base64).forEach(path::add);
        return CanonicalJson.of(Json.createObjectBuilder().add("format", "kopuro-inclusion/1").add("index", index).add("path", path).add("size", size).build()) + "\n";
    }

    @GET
    @Permitted(everybody = true)
    @Path("proof/consistency/{from: \\d{1,18}}/{to: \\d{1,18}}")
    @Produces(MediaType.APPLICATION_JSON)
    public String consistency(@PathParam("from") long from, @PathParam("to") long to) {
        return ConsistencyFile.format(tree.consistency(from, to));
    }

    @POST
    @Permitted(everybody = true)
    @Path("cosignatures")
    @Consumes(MediaType.TEXT_PLAIN)
    public Response cosign(String note) {
        tree.cosign(note);
        return Response.noContent().build();
    }
}
