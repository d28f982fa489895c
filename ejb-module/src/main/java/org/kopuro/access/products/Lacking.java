package org.kopuro.access.products;

import java.text.MessageFormat;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kopuro.access.procedures.ProductDocumentKind;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * What stops a grant: a document that a product has not, or that no product is named at all.
 *
 * @param product its name; empty: none is named
 * @param kind    empty: none is named
 * @param source  the paragraph that demands it
 * @param day     on which it would have to be valid
 */
public record Lacking(Optional<String> product, Optional<ProductDocumentKind> kind, String source, LocalDate day) {

    static Lacking anyProduct(String source, LocalDate day) {
        return new Lacking(Optional.empty(), Optional.empty(), source, day);
    }

    /** As the cause of a refusal (ACC-48). */
    public String code() {
        return kind.map(one -> one + "_MISSING").orElse(ProductRefusal.PRODUCT_MISSING.name());
    }

    /** For people, with its source. */
    public String text(Language language) {
        Object[] facts = {product.orElse(""), kind.map(one -> ProductWords.of(language, one.name())).orElse(""), ProductWords.day(day), source};
        return new MessageFormat(ProductWords.of(language, kind.isPresent() ? "lacking" : "none"), language.locale()).format(facts);
    }

    /** Of a list that is not empty. */
    public static Refusal refusal(List<Lacking> lacking, String field) {
        Lacking first = lacking.get(0);
        if (first.kind().isEmpty()) {
            return Refusal.of(ProductRefusal.PRODUCT_MISSING, field, first.source());
        }
        return Refusal.of(ProductRefusal.PRODUCT_DOCUMENTS_MISSING, field, ProductWords.day(first.day()),
                lacking.stream().map(one -> "«" + one.product().orElseThrow() + "»: " + one.kind().orElseThrow() + " (" + one.source() + ")").collect(Collectors.joining("; ")));
    }
}
