package dev.lintel.graphql.http;

import java.util.Optional;

/** Finds the text that a request means, and keeps those that clients want to be kept. */
final class Documents {
    private final TrustedDocuments trusted;
    private final boolean onlyTrusted;
    private final PersistedStore store;
    private final boolean automatic;

    Documents(HttpSettings settings) {
        this.trusted = settings.trusted();
        this.onlyTrusted = settings.onlyTrusted();
        this.store = new PersistedStore(settings.persisted(), settings.limits().bytes() * 4L);
        this.automatic = settings.persisted() > 0 && !settings.onlyTrusted();
    }

    /**
     * A text, and whether it is to be kept once it has shown to be valid.
     *
     * @param text the document
     * @param hash to keep it by, empty if it is not to be kept
     */
    record Found(String text, Optional<String> hash) {}

    Found find(Asked asked) throws Refused {
        Optional<PersistedQuery> persisted = PersistedQuery.of(asked.extensions());
        String query = asked.query();
        String id = asked.documentId();
        if (id != null) {
            return known(trusted.byId(id), "DOCUMENT_NOT_FOUND", "there is no document with this id");
        }
        if (query == null) {
            // Read as such: a request without a text has the hash of one.
            String hash = persisted.orElseThrow().hash();
            if (!automatic && trusted.size() == 0) {
                throw notSupported();
            }
            return known(
                    trusted.byHash(hash).or(() -> automatic ? store.get(hash) : Optional.empty()),
                    "PERSISTED_QUERY_NOT_FOUND",
                    "PersistedQueryNotFound");
        }
        Optional<String> hash = persisted.map(PersistedQuery::hash);
        if (onlyTrusted || hash.isPresent()) {
            String actual = Sha256.hex(query);
            if (hash.isPresent() && !hash.get().equals(actual)) {
                throw Refused.malformed("'sha256Hash' is not the hash of 'query'");
            }
            if (onlyTrusted && trusted.byHash(actual).isEmpty()) {
                throw Refused.of(
                        Answers.AS_NOT_EXECUTED,
                        "DOCUMENT_NOT_TRUSTED",
                        "only documents that are known here are executed, and this is none of them");
            }
        }
        return new Found(query, automatic ? hash : Optional.empty());
    }

    /** What Apollo's clients look for are these words; then they send the text. */
    private static Refused notSupported() {
        return Refused.of(Answers.AS_NOT_EXECUTED, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported");
    }

    private static Found known(Optional<String> text, String code, String message) throws Refused {
        return new Found(text.orElseThrow(() -> Refused.of(Answers.AS_NOT_EXECUTED, code, message)), Optional.empty());
    }

    void keep(Found found) {
        found.hash().ifPresent(hash -> store.put(hash, found.text()));
    }
}
