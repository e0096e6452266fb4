package dev.lintel.graphql.execute;

import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents as plans. Those that were valid are kept, the least used leave first. */
final class Documents {
    private static final int MOST = 1_000;
    private static final long CHARACTERS = 4_000_000;

    private record Key(String text, @Nullable String operation) {}

    private final Wiring wiring;
    private final GraphLimits limits;
    private final ParserOptions options;
    private final Map<Key, Plan> plans = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    Documents(Wiring wiring, GraphLimits limits) {
        this.wiring = wiring;
        this.limits = limits;
        this.options = ParserOptions.newParserOptions()
                .maxCharacters(limits.characters())
                .maxTokens(limits.tokens())
                .maxWhitespaceTokens(limits.characters())
                .maxRuleDepth(500)
                .captureIgnoredChars(false)
                .captureLineComments(false)
                .readerTrackData(false)
                .redactTokenParserErrorMessages(true)
                .build();
    }

    Plan plan(GraphRequest request) throws Refusal {
        if (request.query().length() > limits.characters()) {
            throw new Refusal(Code.LIMIT_EXCEEDED, "the document has more than " + limits.characters() + " characters");
        }
        Key key = new Key(request.query(), request.operationName());
        synchronized (plans) {
            Plan known = plans.get(key);
            if (known != null) {
                return known;
            }
        }
        Plan made = make(request);
        keep(key, made);
        return made;
    }

    private void keep(Key key, Plan plan) {
        synchronized (plans) {
            if (plans.put(key, plan) == null) {
                held += key.text().length();
            }
            var oldest = plans.keySet().iterator();
            while (plans.size() > MOST || held > CHARACTERS) {
                held -= oldest.next().text().length();
                oldest.remove();
            }
        }
    }

    private Plan make(GraphRequest request) throws Refusal {
        Document document = parse(request.query());
        Sizes.check(document, limits);
        List<Fault> faults = new ArrayList<>();
        for (GraphQLError error : ParseAndValidate.validate(wiring.graphQl(), document, Locale.ENGLISH)) {
            faults.add(Fault.of(Code.GRAPHQL_VALIDATION_FAILED, error));
        }
        if (!faults.isEmpty()) {
            throw new Refusal(faults);
        }
        return new Planner(wiring, limits, document).plan(request.operationName());
    }

    private Document parse(String text) throws Refusal {
        try {
            return Parser.parse(ParserEnvironment.newParserEnvironment()
                    .document(text)
                    .parserOptions(options)
                    .locale(Locale.ENGLISH)
                    .build());
        } catch (ParseCancelledException | ParseCancelledTooDeepException e) {
            throw new Refusal(
                    Code.LIMIT_EXCEEDED,
                    "the document has more than " + limits.tokens() + " words and marks, or is too deep");
        } catch (InvalidSyntaxException e) {
            throw new Refusal(List.of(Fault.of(Code.GRAPHQL_PARSE_FAILED, e.toInvalidSyntaxError())));
        }
    }
}
