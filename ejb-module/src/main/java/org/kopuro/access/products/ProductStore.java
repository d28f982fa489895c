package org.kopuro.access.products;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.ProductDocumentKind;
import org.kopuro.access.procedures.ProductRole;
import org.kopuro.documents.DocumentView;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Products, their documents, events and uses. The database counts a product on and withdraws a document when an event is added, and in no other way. */
@Dependent
class ProductStore {

    private static final String DOCUMENTS = """
            select d.product_id, d.document_id, d.kind, d.number, d.issued_on, d.issuer, d.valid_from, d.valid_to, d.sha256, d.withdrawn_at, f.file_name
              from access.product_document d join documents.document f on f.id = d.document_id where d.product_id = any (?::uuid[]) order by d.issued_on, d.document_id""";
    /** On the day when it expired or was withdrawn in the zone, whichever came first. */
    private static final String ENDED_ON = "least(d.valid_to, (d.withdrawn_at at time zone ?)::date)";

    @Inject
    private Sql sql;

    /** A version of a procedure by which documents in use are judged. */
    record Under(String procedure, int version) {
    }

    void add(ProductId id, NewProduct product, Instant at, Actor by) {
        try {
            sql.update("insert into access.product (id, participant_id, name, kind, developer, rights_holder, role, events) values (?, ?, ?, ?, ?, ?, ?, 1)",
                    id, product.participant(), product.name(), product.kind(), product.developer(), product.rightsHolder(), product.role());
        } catch (SqlFailure e) {
            throw e.constraint().equals("product_name_unique") ? Refusal.of(ProductRefusal.PRODUCT_NAME_TAKEN, "name") : e;
        }
        addEvent(id, 1, ProductEvent.ADD, Optional.empty(), at, by, "");
    }

    void addDocument(ProductView product, NewProductDocument told, DocumentView file, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into access.product_document (document_id, product_id, kind, number, issued_on, issuer, valid_from, valid_to, sha256) values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    file.id(), product.id(), told.kind(), told.number(), told.issuedOn(), told.issuer(), told.validFrom(), told.validTo(), file.sha256());
        } catch (SqlFailure e) {
            throw e.constraint().equals("product_document_number_unique") ? Refusal.of(ProductRefusal.PRODUCT_DOCUMENT_NUMBER_TAKEN, "number") : e;
        }
        addEvent(product.id(), product.events() + 1, ProductEvent.ATTACH, Optional.of(file.id()), at, by, "");
    }

    void withdraw(ProductView product, UUID document, Instant at, Actor by, String reason) {
        addEvent(product.id(), product.events() + 1, ProductEvent.WITHDRAW, Optional.of(document), at, by, reason);
    }

    private void addEvent(ProductId product, int number, ProductEvent event, Optional<UUID> document, Instant at, Actor by, String text) {
        sql.update("insert into access.product_event (product_id, number, event, document_id, at, actor, actor_role, text) values (?, ?, ?, ?, ?, ?, ?, ?)",
                product, number, event, document, at, by.account(), by.role(), text);
    }

    Optional<ProductView> find(ProductId id) {
        return products("where id = ?", id).stream().findFirst();
    }

    /** Nothing happens to them until the end of the transaction. A weaker lock than a deletion's, as rows refer to products while they are held. */
    void hold(Collection<ProductId> products) {
        sql.each("select from access.product where id = any (?::uuid[]) order by id for no key update", row -> { }, products);
    }

    List<ProductView> of(ParticipantId participant) {
        return products("where participant_id = ? order by name", participant);
    }

    private List<ProductView> products(String where, Object... parameters) {
        List<ProductView> bare = sql.list("select id, participant_id, name, kind, developer, rights_holder, role, events from access.product " + where, ProductStore::product, parameters);
        Map<UUID, List<ProductDocument>> documents = new HashMap<>();
        sql.each(DOCUMENTS, row -> documents.computeIfAbsent(row.uuid("product_id"), id -> new ArrayList<>()).add(document(row)), bare.stream().map(ProductView::id).toList());
        return bare.stream().map(one -> new ProductView(one.id(), one.told(), one.events(), documents.getOrDefault(one.id().value(), List.of()))).toList();
    }

    List<ProductHistory> history(ProductId product) {
        return sql.list("select number, event, document_id, at, actor, actor_role, text from access.product_event where product_id = ? order by number",
                row -> new ProductHistory(row.number("number"), row.as(ProductEvent.class, "event"), row.maybe("document_id", row::uuid), row.instant("at"), row.uuid("actor"),
                        row.text("actor_role"), row.text("text")), product);
    }

    List<Lacking> lacking(Procedure procedure, Collection<ProductId> products, LocalDate day) {
        return sql.list("""
                select p.name, l.document_kind, l.source from access.lacking_documents(?, ?, ?::uuid[], ?) l join access.product p on p.id = l.product_id""",
                row -> new Lacking(Optional.of(row.text("name")), Optional.of(row.as(ProductDocumentKind.class, "document_kind")), row.text("source"), day),
                procedure.code(), procedure.version(), products, day);
    }

    /** Those that the connection is for already stay as they are. */
    int use(ConnectionView connection, ProductId product, UUID request, Instant at) {
        return sql.update("""
                insert into access.product_use (connection_id, participant_id, contour, procedure_code, product_id, request_id, began_at) values (?, ?, ?, ?, ?, ?, ?)
                on conflict (connection_id, product_id) where ended_at is null do nothing""", connection.id(), connection.participant(), connection.contour(), connection.procedure(),
                product, request, at);
    }

    int endUse(ConnectionView connection, ProductId product, Instant at) {
        return sql.update("update access.product_use set ended_at = ? where connection_id = ? and product_id = ? and ended_at is null", at, connection.id(), product);
    }

    /** The products that live connections of the participant are for. */
    List<ProductId> used(ConnectionView connection) {
        return sql.list("select product_id from access.product_use where connection_id = ? and ended_at is null", row -> new ProductId(row.uuid("product_id")), connection.id());
    }

    List<Contour> usedIn(ProductId product, String procedure) {
        return sql.list("select distinct contour from access.product_use where product_id = ? and procedure_code = ? and ended_at is null order by contour",
                row -> row.as(Contour.class, "contour"), product, procedure);
    }

    /** Whether a connection to the contour that lives is for it, or an open request there names it. */
    boolean countsIn(Contour contour, ProductId product) {
        return sql.first("""
                select true counts
                 where exists (select from access.product_use u join access.connection c on c.id = u.connection_id
                                where u.product_id = ? and u.contour = ? and u.ended_at is null and c.state <> 'DISCONNECTED')
                    or exists (select from access.request_product n join access.request r on r.id = n.request_id
                                where n.product_id = ? and not n.drops and r.contour = ? and r.state in ('SUBMITTED', 'ACCEPTED', 'INFO_NEEDED'))""",
                row -> row.flag("counts"), product, contour, product, contour).isPresent();
    }

    List<Under> procedures() {
        return sql.list("select distinct procedure_code, version from access.product_requirement order by 1, 2", row -> new Under(row.text("procedure_code"), row.number("version")));
    }

    /** That end by the day without another one to follow, and of which nobody was told so shortly before. */
    List<ProductDue> unwarned(Under under, LocalDate today, LocalDate until, int workingDays, Instant now, int limit) {
        return sql.list("""
                select distinct d.valid_to ended_on, d.document_id, d.product_id, n.source
                  from access.product_document d
                  join access.product_requirement n on n.product_id = d.product_id and n.document_kind = d.kind and n.procedure_code = ? and n.version = ?
                 where d.withdrawn_at is null and d.valid_to between ? and ?
                   and not exists (select from access.product_document l where l.product_id = d.product_id and l.kind = d.kind and l.withdrawn_at is null
                                       and coalesce(l.valid_to, 'infinity') > d.valid_to and l.valid_from <= d.valid_to + 1)
                   and not exists (select from access.product_document_warning w where w.document_id = d.document_id and w.procedure_code = n.procedure_code and w.working_days <= ?)
                   and not installation.waits(? || d.document_id, ?)
                 order by d.valid_to, d.document_id limit\s""" + limit, row -> due(ProductDue.Kind.WARN, row, under, workingDays, Optional.empty()),
                under.procedure(), under.version(), today, until, workingDays, ProductDue.matter(ProductDue.Kind.WARN, under.procedure(), ""), now);
    }

    /** That were the last of their kind, hold no more, and have no incident yet. */
    List<ProductDue> lapsed(Under under, LocalDate today, String zone, Instant now, int limit) {
        return sql.list("""
                select e.* from (
                    select distinct on (n.product_id, n.document_kind, n.contour) d.document_id, d.product_id, n.contour, n.source,\s""" + ENDED_ON + """
                 ended_on
                      from access.product_requirement n
                      join access.product_document d on d.product_id = n.product_id and d.kind = n.document_kind and d.valid_from <= ?
                     where n.procedure_code = ? and n.version = ?
                       and not exists (select from access.product_document v where v.product_id = n.product_id and v.kind = n.document_kind and v.withdrawn_at is null
                                           and ? between v.valid_from and coalesce(v.valid_to, 'infinity'))
                     order by n.product_id, n.document_kind, n.contour,\s""" + ENDED_ON + """
                 desc, d.document_id) e
                 where not exists (select from access.product_document_lapse l where (l.document_id, l.contour) = (e.document_id, e.contour))
                   and not installation.waits(? || e.document_id, ?)
                 order by e.ended_on, e.document_id limit\s""" + limit, row -> due(ProductDue.Kind.LAPSE, row, under, 0, Optional.of(row.as(Contour.class, "contour"))),
                zone, today, under.procedure(), under.version(), today, zone, ProductDue.matter(ProductDue.Kind.LAPSE, under.procedure(), ""), now);
    }

    private static ProductDue due(ProductDue.Kind kind, Row row, Under under, int workingDays, Optional<Contour> contour) {
        return new ProductDue(kind, new ProductId(row.uuid("product_id")), row.uuid("document_id"), under.procedure(), under.version(), row.day("ended_on"), workingDays, contour,
                row.text("source"));
    }

    /** Whether it is the first of its kind. */
    boolean warn(ProductDue due, Instant at) {
        return sql.update("insert into access.product_document_warning (document_id, procedure_code, working_days, at) values (?, ?, ?, ?) on conflict do nothing",
                due.document(), due.procedure(), due.workingDays(), at) == 1;
    }

    /** Whether it is the first of its kind. */
    boolean lapse(ProductDue due, Instant at) {
        return sql.update("insert into access.product_document_lapse (document_id, contour, at) values (?, ?, ?) on conflict do nothing", due.document(), due.contour().orElseThrow(), at) == 1;
    }

    private static ProductView product(Row row) {
        return new ProductView(new ProductId(row.uuid("id")), new NewProduct(new ParticipantId(row.uuid("participant_id")), row.text("name"), row.as(ProductKind.class, "kind"),
                row.text("developer"), row.text("rights_holder"), row.as(ProductRole.class, "role")), row.number("events"), List.of());
    }

    private static ProductDocument document(Row row) {
        return new ProductDocument(row.uuid("document_id"), new NewProductDocument(row.as(ProductDocumentKind.class, "kind"), row.text("number"), row.day("issued_on"), row.text("issuer"),
                row.day("valid_from"), row.maybe("valid_to", row::day)), row.text("file_name"), row.text("sha256"), row.maybe("withdrawn_at", row::instant));
    }
}
