package dev.lintel.graphql.request;

import dev.lintel.graphql.model.Answer;
import dev.lintel.graphql.model.MediaType;
import dev.lintel.graphql.upstream.Header;

/** What a service is asked for: the type that the graph reads, and problems. */
final class Accepts {
    private static final String PROBLEMS = "application/problem+json;q=0.8";

    private Accepts() {}

    static Header of(Answer answer) {
        String said = MediaType.plain(answer.mediaType());
        if (answer.use() == null) {
            return new Header("Accept", "*/*");
        }
        String best = MediaType.json(said)
                ? said.contains("*") || said.equals("application/json")
                        ? "application/json"
                        : said + ", application/json;q=0.9"
                : said;
        return new Header("Accept", best + ", " + PROBLEMS);
    }
}
